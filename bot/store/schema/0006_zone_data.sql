-- The version of the zone data that next moments were worked out with, and how far under that
-- version; see Store.retime in bot/ports.py. No row: nobody knows with which.

CREATE TABLE zone_data (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    version  TEXT    NOT NULL,
    done_due INTEGER, -- moment and plan up to which all is done, in their order; NULL: all is
    done_id  INTEGER
);
