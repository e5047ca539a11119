-- The version of the zone data that next moments were worked out with, and how far under that
-- version; see Store.retime in bot/ports.py. No row: nobody knows with which.

CREATE TABLE zone_data (
    one      smallint PRIMARY KEY CHECK (one = 1),
    version  text     NOT NULL,
    done_due bigint, -- moment and plan up to which all is done, in their order; NULL: all is
    done_id  bigint
);
