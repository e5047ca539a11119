"""The statements that both databases read alike; the others stand in their own `statements`."""

SAVE_SUBSCRIBER = """
    INSERT INTO subscriber (chat_lookup, chat_sealed, language, zone, consent,
                            awaiting, awaiting_until, hold, stopped, preferences, set_by)
    VALUES (:lookup, :sealed, :language, :zone, :consent,
            :awaiting, :awaiting_until, :hold, :stopped, :preferences, :set_by)
    ON CONFLICT (chat_lookup) DO UPDATE
       SET language = excluded.language, zone = excluded.zone, consent = excluded.consent,
           awaiting = excluded.awaiting, awaiting_until = excluded.awaiting_until,
           hold = excluded.hold, stopped = excluded.stopped, preferences = excluded.preferences,
           set_by = excluded.set_by
    RETURNING id
"""

COUNT_PENDING = """
    SELECT count(*) FROM occurrence o JOIN plan p ON p.id = o.plan
     WHERE p.subscriber = :subscriber AND o.state IN ('due', 'sending')
"""

FORGET = "DELETE FROM subscriber WHERE id = :subscriber"

# a check-in is no reminder: it cannot be done, put off or skipped
FIND_OCCURRENCE = """
    SELECT r.id, r.plan, o.slot, p.kind, r.turn, r.local_date, r.answer, o.line, o.asks
      FROM occurrence o JOIN plan p ON p.id = o.plan
                        JOIN occurrence r ON r.id = coalesce(o.parent, o.id)
     WHERE o.id = :id AND p.subscriber = :subscriber AND p.kind <> 'check-in'
"""

COUNT_COPIES = "SELECT count(*) FROM occurrence WHERE parent = :root"

# its message is the person's now, with whatever buttons it has by then
CLOSE_MESSAGE = """
    UPDATE subscriber SET open_message = NULL
     WHERE id = :subscriber
       AND open_message IN (SELECT message_id FROM occurrence WHERE id = :root
                            UNION ALL
                            SELECT message_id FROM occurrence WHERE parent = :root)
"""

# "later" tapped twice: the newest word counts
MOVE_COPY = """
    UPDATE occurrence SET due_at = :at, not_before = :at
     WHERE parent = :root AND slot = :slot AND state = 'due'
"""

NEXT_LINE = "UPDATE plan SET line = line + 1 WHERE id = :plan"

STOP_CHAT = "UPDATE subscriber SET stopped = 1 WHERE chat_lookup = :lookup"

LET_PLANS_SLEEP = """
    UPDATE plan SET asleep = 1
     WHERE subscriber = (SELECT id FROM subscriber WHERE chat_lookup = :lookup)
"""

IS_KNOWN = "SELECT 1 FROM subscriber WHERE chat_lookup = :lookup"

STOP_SUBSCRIBER = """
    UPDATE subscriber SET stopped = 1
     WHERE id = (SELECT p.subscriber FROM occurrence o JOIN plan p ON p.id = o.plan
                  WHERE o.id = :id)
"""

LET_ALL_PLANS_SLEEP = """
    UPDATE plan SET asleep = 1
     WHERE subscriber = (SELECT p.subscriber FROM occurrence o JOIN plan p ON p.id = o.plan
                          WHERE o.id = :id)
"""

RETIMED = "SELECT done_due, done_id FROM zone_data WHERE one = 1 AND version = :version"

NOTE_RETIMED = """
    INSERT INTO zone_data (one, version, done_due, done_id) VALUES (1, :version, :due, :id)
    ON CONFLICT (one) DO UPDATE
       SET version = excluded.version, done_due = excluded.done_due, done_id = excluded.done_id
"""

RETIME = "UPDATE plan SET next_due = :next_due WHERE id = :id"

# the three witnesses of a clock that was ahead: what it counted, whom it heard, what it made
WAS_AHEAD = """
    SELECT EXISTS (SELECT 1 FROM daily_count WHERE day > :today)
        OR EXISTS (SELECT 1 FROM seen_update WHERE at > :soon)
        OR EXISTS (SELECT 1 FROM occurrence
                    WHERE id > (SELECT max(id) FROM occurrence) - 100
                      AND parent IS NULL AND due_at > :soon)
"""

RANG_BY_NOW = """
    UPDATE plan
       SET rang_on = (SELECT max(o.local_date) FROM occurrence o
                       WHERE o.plan = plan.id AND o.parent IS NULL AND o.local_date <= :latest)
     WHERE subscriber > :after AND subscriber <= :last AND rang_on >= :day
"""

HOLD_SOONER = """
    UPDATE subscriber SET hold = :hold WHERE id > :after AND id <= :last AND hold > :hold
"""

REPLAN = """
    UPDATE plan SET next_due = :next_due, quiet_until = :quiet_until, asks_from = :asks_from
     WHERE id = :id
"""

SEEN_BY_NOW = "UPDATE seen_update SET at = :now WHERE at > :now"

DAYS_AHEAD = "DELETE FROM daily_count WHERE day > :today RETURNING name, n"

END = "UPDATE occurrence SET state = :state, ended_at = :now WHERE id = :id"

FILE_ID = "SELECT file_id FROM media_file WHERE digest = :digest"
