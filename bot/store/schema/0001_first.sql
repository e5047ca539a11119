-- Moments are whole seconds since 1970, UTC; local dates are ISO texts; 0 and 1 are no and yes.

CREATE TABLE seal_key (
    fingerprint TEXT NOT NULL -- tells a wrong key file from the right one; the key is elsewhere
);

CREATE TABLE subscriber (
    id             INTEGER PRIMARY KEY,
    chat_lookup    BLOB    NOT NULL UNIQUE,
    chat_sealed    BLOB    NOT NULL,
    language       TEXT    NOT NULL,
    zone           TEXT,
    consent        INTEGER NOT NULL,
    awaiting       TEXT,
    awaiting_until INTEGER,
    hold           TEXT, -- local date of the check-in
    stopped        INTEGER NOT NULL DEFAULT 0,
    preferences    TEXT    NOT NULL DEFAULT '{}'
);

CREATE TABLE plan (
    id           INTEGER PRIMARY KEY,
    subscriber   INTEGER NOT NULL REFERENCES subscriber ON DELETE CASCADE,
    kind         TEXT    NOT NULL,
    at           INTEGER NOT NULL, -- seconds since local midnight
    weekdays     INTEGER NOT NULL, -- bit 0 = Monday
    enabled      INTEGER NOT NULL,
    asleep       INTEGER NOT NULL DEFAULT 0, -- its subscriber is stopped
    windows      TEXT    NOT NULL DEFAULT '[]',
    paused_from  TEXT,
    paused_until TEXT,
    next_due     INTEGER,
    rang_on      TEXT, -- local date of the latest occurrence
    UNIQUE (subscriber, kind)
);

CREATE INDEX plan_due ON plan (next_due)
    WHERE next_due IS NOT NULL AND enabled = 1 AND asleep = 0;

CREATE TABLE occurrence (
    id          INTEGER PRIMARY KEY,
    plan        INTEGER NOT NULL REFERENCES plan ON DELETE CASCADE,
    slot        TEXT    NOT NULL,
    local_date  TEXT    NOT NULL,
    due_at      INTEGER NOT NULL,
    not_before  INTEGER NOT NULL,
    needs_proof INTEGER NOT NULL DEFAULT 0,
    state       TEXT    NOT NULL DEFAULT 'due',
    owner       TEXT,
    lease_until INTEGER,
    attempt     INTEGER NOT NULL DEFAULT 0,
    doubts      INTEGER NOT NULL DEFAULT 0,
    message_id  INTEGER,
    answer      TEXT,
    parent      INTEGER REFERENCES occurrence ON DELETE CASCADE, -- first of those "later" made
    ended_at    INTEGER,
    UNIQUE (plan, slot, local_date)
);

-- holds all that the search for the oldest ready row reads, so that rows which must wait cost little
CREATE INDEX occurrence_due ON occurrence (due_at, id, not_before, needs_proof, state)
    WHERE state = 'due';
CREATE INDEX occurrence_sending ON occurrence (owner) WHERE state = 'sending';
CREATE INDEX occurrence_parent ON occurrence (parent) WHERE parent IS NOT NULL;

CREATE TABLE seen_update (
    update_id INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL
);

CREATE INDEX seen_update_at ON seen_update (at);

-- Telegram repeats an update for 24 hours at most; ids are forgotten after 48
CREATE TRIGGER seen_update_ages AFTER INSERT ON seen_update
BEGIN
    DELETE FROM seen_update WHERE at < new.at - 172800;
END;

CREATE TABLE daily_count (
    day  TEXT    NOT NULL,
    name TEXT    NOT NULL,
    n    INTEGER NOT NULL,
    PRIMARY KEY (day, name)
) WITHOUT ROWID;

CREATE TABLE media_file (
    digest  TEXT    PRIMARY KEY, -- of the file's bytes: a redrawn film is sent anew
    file_id TEXT    NOT NULL,
    at      INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE worker (
    id         TEXT    PRIMARY KEY,
    started_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) WITHOUT ROWID;
