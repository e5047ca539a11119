-- Breaks: rhythms, pauses, the rotation of what a reminder proposes, and who turned to it.
-- plan.windows holds a rhythm from now on: {"every": minutes, "lunch": null or ["12:00", "13:00"],
-- "days": {"1": ["09:00", "18:00"], ...}}, where "1" is Monday; see rhythm_of in rows.py.

ALTER TABLE plan ADD COLUMN quiet_until INTEGER;
ALTER TABLE plan ADD COLUMN silent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plan ADD COLUMN turn INTEGER NOT NULL DEFAULT -1;
ALTER TABLE plan ADD COLUMN line INTEGER NOT NULL DEFAULT 0; -- messages made so far
ALTER TABLE plan ADD COLUMN unanswered INTEGER NOT NULL DEFAULT 0; -- of rang_on, in a row

ALTER TABLE subscriber ADD COLUMN open_message INTEGER; -- latest reminder with its buttons

-- built anew, for the order of its unique columns: one person's days are then read in a row
CREATE TABLE occurrence_anew (
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
    turn        INTEGER NOT NULL DEFAULT 0,
    line        INTEGER NOT NULL DEFAULT 0,
    asks        INTEGER NOT NULL DEFAULT 0, -- whether fewer would be better
    heeded      INTEGER NOT NULL DEFAULT 0, -- its person turned to it
    UNIQUE (plan, local_date, slot)
);

INSERT INTO occurrence_anew (id, plan, slot, local_date, due_at, not_before, needs_proof, state,
                             owner, lease_until, attempt, doubts, message_id, answer, parent,
                             ended_at, heeded)
SELECT id, plan, slot, local_date, due_at, not_before, needs_proof, state,
       owner, lease_until, attempt, doubts, message_id, answer, parent,
       ended_at, answer IS NOT NULL
  FROM occurrence;

DROP TABLE occurrence;
ALTER TABLE occurrence_anew RENAME TO occurrence;

CREATE INDEX occurrence_due ON occurrence (due_at, id, not_before, needs_proof, state)
    WHERE state = 'due';
CREATE INDEX occurrence_sending ON occurrence (owner) WHERE state = 'sending';
CREATE INDEX occurrence_parent ON occurrence (parent) WHERE parent IS NOT NULL;
