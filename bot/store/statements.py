"""Every statement that SQLite runs while the bot works."""

LOOK = """
    SELECT s.language, s.zone, s.consent, s.awaiting, s.awaiting_until, s.hold, s.stopped,
           p.kind, p.at, p.weekdays, p.enabled, p.next_due, p.rang_on
      FROM subscriber s LEFT JOIN plan p ON p.subscriber = s.id
     WHERE s.chat_lookup = :lookup
"""

# always at least one row: the update may be known although its chat is not
OPEN_CHANGE = """
    SELECT seen.known, s.id,
           s.language, s.zone, s.consent, s.awaiting, s.awaiting_until, s.hold, s.stopped,
           p.kind, p.at, p.weekdays, p.enabled, p.next_due, p.rang_on
      FROM (SELECT EXISTS (SELECT 1 FROM seen_update WHERE update_id = :update_id) AS known) seen
      LEFT JOIN subscriber s ON s.chat_lookup = :lookup
      LEFT JOIN plan p ON p.subscriber = s.id
"""

SEE_UPDATE = "INSERT INTO seen_update (update_id, at) VALUES (:update_id, :now)"

SAVE_SUBSCRIBER = """
    INSERT INTO subscriber (chat_lookup, chat_sealed, language, zone, consent,
                            awaiting, awaiting_until, hold, stopped)
    VALUES (:lookup, :sealed, :language, :zone, :consent,
            :awaiting, :awaiting_until, :hold, :stopped)
    ON CONFLICT (chat_lookup) DO UPDATE
       SET language = excluded.language, zone = excluded.zone, consent = excluded.consent,
           awaiting = excluded.awaiting, awaiting_until = excluded.awaiting_until,
           hold = excluded.hold, stopped = excluded.stopped
    RETURNING id
"""

SAVE_PLAN = """
    INSERT INTO plan (subscriber, kind, at, weekdays, enabled, asleep, next_due)
    VALUES (:subscriber, :kind, :at, :weekdays, :enabled, :asleep, :next_due)
    ON CONFLICT (subscriber, kind) DO UPDATE
       SET at = excluded.at, weekdays = excluded.weekdays, enabled = excluded.enabled,
           asleep = excluded.asleep, next_due = excluded.next_due
"""

COUNT_PENDING = """
    SELECT count(*) FROM occurrence o JOIN plan p ON p.id = o.plan
     WHERE p.subscriber = :subscriber AND o.state IN ('due', 'sending')
"""

FORGET = "DELETE FROM subscriber WHERE id = :subscriber"

CANCEL_PENDING = """
    UPDATE occurrence SET state = 'cancelled', ended_at = :now
     WHERE state = 'due'
       AND plan = (SELECT id FROM plan WHERE subscriber = :subscriber AND kind = :kind)
"""

FIND_OCCURRENCE = """
    SELECT coalesce(o.parent, o.id), o.plan, o.slot, o.local_date
      FROM occurrence o JOIN plan p ON p.id = o.plan
     WHERE o.id = :id AND p.subscriber = :subscriber
"""

# "later" only postpones: the first word after it is the answer
ANSWER = """
    UPDATE occurrence SET answer = :answer
     WHERE id = :root AND (answer IS NULL OR answer = 'later' AND :answer <> 'later')
"""

# what was answered has arrived, so it is not sent again; after an answer no copy needs to ring
SETTLE_ANSWERED = """
    UPDATE occurrence SET state = iif(id = :id, 'sent', 'cancelled'), ended_at = :now
     WHERE state = 'due' AND (id = :id OR :final AND parent = :root)
    RETURNING state
"""

RING_AGAIN = """
    INSERT INTO occurrence (plan, slot, local_date, due_at, not_before, parent)
    VALUES (:plan, :slot, :local_date, :at, :at, :root)
    ON CONFLICT (plan, slot, local_date) DO NOTHING
"""

STOP_CHAT = "UPDATE subscriber SET stopped = 1 WHERE chat_lookup = :lookup"
LET_PLANS_SLEEP = """
    UPDATE plan SET asleep = 1
     WHERE subscriber = (SELECT id FROM subscriber WHERE chat_lookup = :lookup)
"""
MOVE_CHAT = """
    UPDATE OR IGNORE subscriber SET chat_lookup = :lookup, chat_sealed = :sealed
     WHERE id = (SELECT p.subscriber FROM occurrence o JOIN plan p ON p.id = o.plan
                  WHERE o.id = :id)
"""
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

DUE_PLANS = """
    SELECT p.id, s.zone, p.kind, p.at, p.weekdays, p.enabled, p.next_due, p.rang_on
      FROM plan p CROSS JOIN subscriber s ON s.id = p.subscriber
     WHERE p.next_due <= :now AND p.enabled = 1 AND p.asleep = 0
     ORDER BY p.next_due, p.id LIMIT :limit
"""

# a clock that steps back makes no second occurrence of one local date
MAKE_OCCURRENCE = """
    INSERT INTO occurrence (plan, slot, local_date, due_at, not_before)
    VALUES (:plan, :slot, :local_date, :due, :due)
    ON CONFLICT (plan, slot, local_date) DO NOTHING
"""

MOVE_PLAN_ON = "UPDATE plan SET next_due = :next_due, rang_on = :local_date WHERE id = :plan"

# only what this process took: a row that was deleted or taken over meanwhile stays as it is
SETTLE = """
    UPDATE occurrence
       SET state = s.value ->> 'state', doubts = s.value ->> 'doubts',
           not_before = coalesce(s.value ->> 'not_before', not_before),
           needs_proof = s.value ->> 'needs_proof',
           message_id = coalesce(s.value ->> 'message_id', message_id),
           ended_at = s.value ->> 'ended_at', owner = NULL, lease_until = NULL
      FROM json_each(:settled) s
     WHERE occurrence.id = s.value ->> 'id' AND state = 'sending' AND owner = :owner
    RETURNING id, state
"""

# cross joins keep SQLite at reading the oldest rows first; the last column ends a row unsent
READY = """
    SELECT o.id, p.kind, s.chat_sealed, s.language, o.local_date, o.slot, o.due_at,
           o.attempt + :tries, o.doubts, s.hold, s.zone,
           CASE WHEN s.stopped THEN 'undeliverable'
                WHEN s.hold IS NOT NULL THEN 'cancelled'
                WHEN NOT p.enabled AND o.parent IS NULL THEN 'cancelled' END
      FROM occurrence o CROSS JOIN plan p ON p.id = o.plan
                        CROSS JOIN subscriber s ON s.id = p.subscriber
     WHERE o.state = 'due' AND o.due_at <= :now AND o.not_before <= :now
       AND (:healthy OR NOT o.needs_proof)
     ORDER BY o.due_at, o.id LIMIT :limit
"""

TAKE = """
    UPDATE occurrence
       SET state = 'sending', owner = :owner, lease_until = :lease_until, attempt = attempt + 1
     WHERE id = :id
"""

END = "UPDATE occurrence SET state = :state, ended_at = :now WHERE id = :id"

ORPHANS = """
    SELECT o.id, p.kind, s.chat_sealed, s.language, o.local_date, o.slot, o.due_at,
           o.attempt + :tries, o.doubts, s.hold, s.zone
      FROM occurrence o CROSS JOIN plan p ON p.id = o.plan
                        CROSS JOIN subscriber s ON s.id = p.subscriber
     WHERE o.state = 'sending' AND o.owner <> :owner
     ORDER BY o.due_at, o.id
"""

ADOPT = "UPDATE occurrence SET owner = :owner WHERE state = 'sending' AND owner <> :owner"

NEXT_MOMENT = """
    SELECT min(moment) FROM (
        SELECT min(next_due) AS moment FROM plan
         WHERE next_due IS NOT NULL AND enabled = 1 AND asleep = 0
        UNION ALL
        SELECT min(not_before) FROM occurrence WHERE state = 'due')
"""

COUNT = """
    INSERT INTO daily_count (day, name, n) VALUES (:day, :name, :n)
    ON CONFLICT (day, name) DO UPDATE SET n = n + excluded.n
"""

# what is pending is seen in the rows, all else in the counts, which outlive the rows
CONSERVATION = """
    SELECT state, count(*) FROM occurrence WHERE state IN ('due', 'sending') GROUP BY state
    UNION ALL
    SELECT name, sum(n) FROM daily_count GROUP BY name
"""
