"""Every statement that PostgreSQL runs while the bot works.

Several bots write at once. They never wait for each other crosswise, because all keep one order:
the chat, its subscriber, the rows of that subscriber, and last the counts, by name. Who looks for
work skips what is locked. After a lock was waited for, a new statement reads what is so now.
"""

from bot.store.alike import *  # noqa: F403  # whoever runs them finds all in one place

_COUNT_PARTS = 32
_PLAN = """
    p.kind, p.at, p.weekdays, p.enabled, p.next_due, p.rang_on, p.windows,
    p.paused_from, p.paused_until, p.quiet_until, p.silent, p.turn, p.line, p.unanswered,
    p.asks_from,
    (SELECT string_agg(o.local_date || ' ' || o.slot, ',') FROM occurrence o
      WHERE p.kind = 'break' AND o.plan = p.id
        AND o.local_date >= to_char(CAST(p.rang_on AS date) - 2, 'YYYY-MM-DD'))
"""
_SUBSCRIBER = """
    s.language, s.zone, s.consent, s.awaiting, s.awaiting_until, s.hold, s.stopped, s.preferences,
    s.set_by
"""

# of many chats at once: their values under which they are found stand one behind the other
LOOK = f"""
    SELECT s.chat_lookup, {_SUBSCRIBER}, {_PLAN}
      FROM json_array_elements_text(CAST(:places AS json)) n
      JOIN subscriber s
        ON s.chat_lookup = substr(CAST(:lookups AS bytea), 32 * CAST(n.value AS integer) + 1, 32)
      LEFT JOIN plan p ON p.subscriber = s.id
"""

# held to the end of the transaction, also for a chat of which nothing is kept yet
LOCK_CHAT = "SELECT pg_advisory_xact_lock(:lock)"
LOCK_SUBSCRIBER = "SELECT id FROM subscriber WHERE chat_lookup = :lookup FOR UPDATE"
LOCK_PLANS = """
    SELECT p.id FROM plan p JOIN subscriber s ON s.id = p.subscriber
     WHERE s.chat_lookup = :lookup ORDER BY p.id FOR UPDATE OF p
"""

# always at least one row: the update may be known although its chat is not
OPEN_CHANGE = f"""
    SELECT seen.known, s.id, {_SUBSCRIBER}, {_PLAN}
      FROM (SELECT EXISTS (SELECT 1 FROM seen_update
                            WHERE update_id = CAST(:update_id AS bigint)
                              AND at >= CAST(:now AS bigint) - 172800) AS known) seen
      LEFT JOIN subscriber s ON s.chat_lookup = :lookup
      LEFT JOIN plan p ON p.subscriber = s.id
"""

# Telegram repeats an update for 24 hours at most; ids are forgotten after 48. After a silent week
# it begins with a chance id, which an older update may have had; the chat is ours meanwhile
SEE_UPDATE = """
    WITH aged AS (
        DELETE FROM seen_update
         WHERE update_id IN (SELECT update_id FROM seen_update
                              WHERE at < CAST(:now AS bigint) - 172800
                                AND update_id <> CAST(:update_id AS bigint)
                              LIMIT 1000 FOR UPDATE SKIP LOCKED))
    INSERT INTO seen_update (update_id, at) VALUES (:update_id, :now)
    ON CONFLICT (update_id) DO UPDATE SET at = excluded.at
"""

# what materialising keeps (rang_on, turn, line, asks_from) stays; a run of unanswered breaks can only end
SAVE_PLAN = """
    INSERT INTO plan (subscriber, kind, at, weekdays, enabled, asleep, next_due, windows,
                      paused_from, paused_until, quiet_until, silent)
    VALUES (:subscriber, :kind, :at, :weekdays, :enabled, :asleep, :next_due, :windows,
            :paused_from, :paused_until, :quiet_until, :silent)
    ON CONFLICT (subscriber, kind) DO UPDATE
       SET at = excluded.at, weekdays = excluded.weekdays, enabled = excluded.enabled,
           asleep = excluded.asleep, next_due = excluded.next_due, windows = excluded.windows,
           paused_from = excluded.paused_from, paused_until = excluded.paused_until,
           quiet_until = excluded.quiet_until, silent = excluded.silent,
           unanswered = least(plan.unanswered, :unanswered)
"""

CANCEL_PENDING = """
    UPDATE occurrence SET state = 'cancelled', ended_at = :now
     WHERE state = 'due' AND (CAST(:before AS bigint) IS NULL OR due_at < :before)
       AND plan = (SELECT id FROM plan WHERE subscriber = :subscriber AND kind = :kind)
"""

# a try in doubt may have arrived: its second one does not come hours later
MOVE_PENDING = """
    UPDATE occurrence SET due_at = CAST(:at AS bigint), not_before = CAST(:at AS bigint)
     WHERE state = 'due' AND doubts = 0 AND parent IS NULL AND local_date = :day
       AND plan = (SELECT id FROM plan WHERE subscriber = :subscriber AND kind = :kind)
"""

HEED = "UPDATE occurrence SET heeded = 1 WHERE id = :id AND heeded = 0"

# who turns to a break after the question may be asked again, on another date; an answer to the
# question itself stands
END_UNANSWERED = """
    UPDATE plan
       SET unanswered = 0,
           asks_from = CASE WHEN o.asks = 1 OR asks_from IS NULL THEN asks_from
                            ELSE least(asks_from, to_char(CAST(rang_on AS date) + 1, 'YYYY-MM-DD'))
                       END
      FROM occurrence o
     WHERE o.id = :root AND plan.id = :plan AND (unanswered > 0 OR asks_from > rang_on)
"""

# "later" only postpones: the first word after it is the answer
ANSWER = """
    UPDATE occurrence SET answer = CAST(:answer AS text)
     WHERE id = :root AND (answer IS NULL OR answer = 'later' AND CAST(:answer AS text) <> 'later')
"""

# what was answered has arrived, so it is not sent again; after an answer no copy needs to ring
SETTLE_ANSWERED = """
    UPDATE occurrence SET state = CASE WHEN id = :id THEN 'sent' ELSE 'cancelled' END,
                          ended_at = :now
     WHERE state = 'due'
       AND id IN (SELECT CAST(:id AS bigint)
                   UNION ALL
                  SELECT id FROM occurrence WHERE :final AND parent = :root)
    RETURNING state
"""

RING_AGAIN = """
    INSERT INTO occurrence (plan, slot, local_date, due_at, not_before, parent, turn, line)
    SELECT p.id, :slot, r.local_date, CAST(:at AS bigint), CAST(:at AS bigint), r.id, r.turn, p.line
      FROM occurrence r JOIN plan p ON p.id = r.plan
     WHERE r.id = :root
    ON CONFLICT (plan, local_date, slot) DO UPDATE
       SET state = 'due', due_at = excluded.due_at, not_before = excluded.not_before,
           line = excluded.line, ended_at = NULL
     WHERE occurrence.state IN ('stale', 'cancelled', 'undeliverable')
"""

# what a copy was sent for counts with its first; a question about the rhythm is no break
DAYS = """
    SELECT local_date, done, later, skipped, ignored FROM (
        SELECT r.local_date,
               count(*) FILTER (WHERE r.answer = 'done') AS done,
               count(*) FILTER (WHERE r.answer = 'later') AS later,
               count(*) FILTER (WHERE r.answer = 'skipped') AS skipped,
               count(*) FILTER (WHERE r.answer IS NULL
                   AND (r.state = 'sent' OR EXISTS (SELECT 1 FROM occurrence c
                                                     WHERE c.parent = r.id AND c.state = 'sent')))
                   AS ignored
          FROM subscriber s JOIN plan p ON p.subscriber = s.id
                            JOIN occurrence r ON r.plan = p.id
         WHERE s.chat_lookup = :lookup AND r.local_date >= :since
           AND r.parent IS NULL AND r.asks = 0 AND p.kind <> 'check-in'
         GROUP BY r.local_date) counted
     WHERE done + later + skipped + ignored > 0
     ORDER BY local_date
"""

# a new id that is somebody else's is not taken over, nor one that is being written
MOVE_CHAT = """
    UPDATE subscriber SET chat_lookup = CAST(:lookup AS bytea), chat_sealed = :sealed
     WHERE id = (SELECT p.subscriber FROM occurrence o JOIN plan p ON p.id = o.plan
                  WHERE o.id = :id)
       AND pg_try_advisory_xact_lock(:lock)
       AND NOT EXISTS (SELECT 1 FROM subscriber WHERE chat_lookup = :lookup)
"""

# two statements: the second reads what is so once the plans are ours, their subscriber's zone too
LOCK_DUE_PLANS = """
    SELECT id FROM plan
     WHERE next_due <= :now AND next_due IS NOT NULL AND enabled = 1 AND asleep = 0
     ORDER BY next_due, id LIMIT :limit
       FOR NO KEY UPDATE SKIP LOCKED
"""
PLANS = DUE_PLANS = f"""
    SELECT p.id, s.zone, s.hold, {_PLAN}
      FROM plan p JOIN subscriber s ON s.id = p.subscriber
     WHERE p.id = ANY(CAST(:plans AS bigint[]))
     ORDER BY p.next_due, p.id
"""

# A clock that steps back makes no second occurrence of one local date. The line moves only with an
# occurrence that was made; one that was there has an earlier line.
MAKE_OCCURRENCES = """
    WITH advanced AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(CAST(:advanced AS jsonb))
            AS a (plan bigint, slot text, local_date text, due bigint, turn integer, line bigint,
                  asks boolean, next_due bigint, quiet_until bigint, asks_from text)),
    made AS (
        INSERT INTO occurrence (plan, slot, local_date, due_at, not_before, turn, line, asks)
        SELECT plan, slot, local_date, due, due, turn, line, CASE WHEN asks THEN 1 ELSE 0 END
          FROM advanced
        ON CONFLICT (plan, local_date, slot) DO NOTHING
        RETURNING plan),
    moved AS (
        UPDATE plan
           SET next_due = a.next_due, turn = a.turn, rang_on = a.local_date,
               quiet_until = greatest(plan.quiet_until, a.quiet_until),
               asks_from = coalesce(a.asks_from, plan.asks_from),
               unanswered = CASE WHEN a.asks THEN 0 ELSE plan.unanswered END,
               line = plan.line + CASE WHEN a.plan IN (SELECT plan FROM made) THEN 1 ELSE 0 END
          FROM advanced a
         WHERE plan.id = a.plan)
    SELECT count(*) FROM made
"""

LOCK_ZONE_DATA = "SELECT pg_advisory_xact_lock(:locks, :lock)"

# a plan that sleeps is worked out anew when it wakes
PLANS_AHEAD = """
    SELECT next_due, id FROM plan
     WHERE next_due IS NOT NULL AND next_due >= :due AND (next_due > :due OR id > :id)
       AND enabled = 1 AND asleep = 0
     ORDER BY next_due, id LIMIT :limit
"""
LOCK_PLANS_AHEAD = """
    SELECT id FROM plan WHERE id = ANY(CAST(:plans AS bigint[])) ORDER BY id FOR NO KEY UPDATE
"""

PEOPLE_AFTER = """
    SELECT id FROM subscriber WHERE id > :after ORDER BY id LIMIT :limit FOR NO KEY UPDATE
"""

PLANS_OF = """
    SELECT id FROM plan WHERE subscriber > :after AND subscriber <= :last
     ORDER BY id FOR NO KEY UPDATE
"""

# occurrences are made when they are due, so these are of a clock that was ahead (or were put off by
# an edit, and are made again). A try in doubt may have arrived. A check-in has no other day.
END_AHEAD = """
    UPDATE occurrence
       SET state = CASE WHEN doubts > 0 THEN 'unknown' ELSE 'cancelled' END, ended_at = CAST(:now AS bigint)
     WHERE state = 'due' AND local_date >= :day AND due_at > CASE WHEN parent IS NULL THEN CAST(:now AS bigint)
                         ELSE CAST(:tomorrow AS bigint) END
       AND plan IN (SELECT id FROM plan WHERE subscriber > :after AND subscriber <= :last
                                          AND kind <> 'check-in')
    RETURNING state
"""

DROP_AHEAD = """
    DELETE FROM occurrence
     WHERE state IN ('stale', 'cancelled', 'undeliverable') AND local_date >= :day
       AND due_at > :now AND parent IS NULL AND doubts = 0 AND heeded = 0
       AND plan IN (SELECT id FROM plan WHERE subscriber > :after AND subscriber <= :last
                                          AND kind <> 'check-in')
"""

# what is due waits no longer than a false moment; a check-in comes tomorrow
RETRY_SOONER = """
    UPDATE occurrence
       SET not_before = greatest(CAST(:now AS bigint), least(due_at, CAST(:tomorrow AS bigint))),
           due_at = least(due_at, CAST(:tomorrow AS bigint))
     WHERE state = 'due' AND not_before > :soon AND (due_at <= :now OR not_before > :tomorrow)
       AND plan IN (SELECT id FROM plan WHERE subscriber > :after AND subscriber <= :last)
"""

# else breaks would give way to what was sent too early, until its false moment
ENDED_BY_NOW = """
    UPDATE occurrence SET ended_at = CAST(:now AS bigint)
     WHERE ended_at > CAST(:now AS bigint) AND local_date >= :day
       AND plan IN (SELECT id FROM plan WHERE subscriber > :after AND subscriber <= :last)
"""

# The people first, by number, so that two bots never wait for each other; nothing is written before
# they are ours. Only what this process took, for that try: what was deleted or taken over meanwhile
# stays as it is. A break that arrived waits for its person; the question after a run is no break.
SETTLE = """
    WITH said AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(CAST(:settled AS jsonb))
            AS s (id bigint, attempt integer, state text, doubts integer, not_before bigint, needs_proof boolean,
                  message_id bigint, ended_at bigint)),
    people AS MATERIALIZED (
        SELECT id FROM subscriber
         WHERE id IN (SELECT p.subscriber FROM said JOIN occurrence o ON o.id = said.id
                                                    JOIN plan p ON p.id = o.plan)
         ORDER BY id FOR NO KEY UPDATE),
    settled AS (
        UPDATE occurrence o
           SET state = s.state, doubts = s.doubts,
               not_before = coalesce(s.not_before, o.not_before),
               needs_proof = CASE WHEN s.needs_proof THEN 1 ELSE 0 END,
               message_id = coalesce(s.message_id, o.message_id),
               ended_at = s.ended_at, owner = NULL, lease_until = NULL
          FROM said s
         WHERE (SELECT count(*) FROM people) > 0
           AND o.id = s.id AND o.state = 'sending' AND o.owner = :owner AND o.attempt = s.attempt
        RETURNING o.id, o.state, o.plan, s.message_id,
                  o.parent IS NULL AND o.asks = 0 AS rings, o.heeded = 0 AS waits),
    unanswered AS (
        UPDATE plan SET unanswered = unanswered + 1
          FROM settled s
         WHERE plan.id = s.plan AND plan.kind = 'break'
           AND s.state = 'sent' AND s.rings AND s.waits),
    shown AS (
        UPDATE subscriber SET open_message = s.message_id
          FROM settled s JOIN plan p ON p.id = s.plan
         WHERE subscriber.id = p.subscriber AND p.kind <> 'check-in'
           AND s.state = 'sent' AND s.waits AND s.message_id IS NOT NULL)
    SELECT id, state FROM settled
"""

# Read in the order of due_at: "+ 0" keeps the planner from the index of not_before and a sort.
# The last column ends a row unsent. A question is not kept back by the quiet that comes with it. A
# break gives way to a morning reminder and to what its person had put off: where that is due within
# five minutes of it, and after a downtime, when several are due at once or one has just gone: one
# message is enough. Two that were planned for the same minute both go, if they go on time.
# One at a time goes to one person, so that each knows which message came before it.
# Under a hold the check-in goes and nothing else does; without one, all else.
_READY = """
      JOIN plan p ON p.id = o.plan
      JOIN subscriber s ON s.id = p.subscriber
     CROSS JOIN LATERAL (SELECT
          CASE WHEN s.stopped = 1 THEN 'undeliverable'
               WHEN (s.hold IS NULL) = (p.kind = 'check-in') THEN 'cancelled'
               WHEN p.kind = 'break' AND EXISTS (
                    SELECT 1 FROM plan q JOIN occurrence c ON c.plan = q.id
                     WHERE q.subscriber = s.id
                       AND c.local_date >= to_char(CAST(o.local_date AS date) - 1, 'YYYY-MM-DD')
                       AND (q.kind = 'morning' OR c.parent IS NOT NULL
                            AND (o.parent IS NULL OR c.due_at > o.due_at))
                       AND (o.parent IS NULL AND c.parent IS NOT NULL AND o.asks = 0
                            AND abs(c.due_at - o.due_at) <= 300
                            AND c.state IN ('due', 'sending', 'sent')
                         OR (c.due_at <> o.due_at OR o.due_at < :on_time_from)
                            AND (c.state IN ('due', 'sending')
                                 AND c.due_at BETWEEN :useful_from AND :now
                              OR c.state IN ('sent', 'unknown') AND c.ended_at >= o.due_at)))
               THEN 'cancelled'
               WHEN o.parent IS NOT NULL THEN NULL
               WHEN p.enabled = 0 OR (o.due_at < p.quiet_until AND o.asks = 0) THEN 'cancelled'
               WHEN p.paused_from IS NOT NULL
                AND (p.paused_until IS NULL OR o.local_date < p.paused_until) THEN 'cancelled'
          END AS ending) e
     WHERE o.state = 'due' AND o.due_at <= :now AND o.not_before + 0 <= :now
       AND (:healthy OR o.needs_proof = 0)
       AND (e.ending IS NOT NULL
            OR s.id <> ALL(ARRAY(SELECT q.subscriber FROM occurrence x JOIN plan q ON q.id = x.plan
                                  WHERE x.state = 'sending')))
"""
_TAKEN = """
    o.id, p.kind, s.chat_sealed, s.language, o.local_date, o.slot, o.due_at,
    o.attempt + :tries, o.doubts, s.hold, s.zone, o.turn, o.line, o.asks, p.silent,
    s.preferences, s.open_message
"""

# Two statements: once row and person are ours, the second sees what another bot took until then, and
# takes what goes or ends what does not. It reads them by their numbers first ("OFFSET 0").
LOCK_READY = f"""
    SELECT o.id FROM occurrence o {_READY}
     ORDER BY o.due_at, o.id LIMIT :limit
       FOR NO KEY UPDATE OF o, s SKIP LOCKED
"""
_CLOCK = "CAST(extract(epoch FROM clock_timestamp()) AS bigint)"
READY = f"""
    WITH ready AS MATERIALIZED (
        SELECT {_TAKEN}, s.id AS person, e.ending
          FROM (SELECT * FROM occurrence WHERE id = ANY(CAST(:ids AS bigint[])) OFFSET 0) o {_READY}),
    goes AS MATERIALIZED (
        SELECT DISTINCT ON (person) id FROM ready WHERE ending IS NULL ORDER BY person, due_at, id),
    taken AS (
        UPDATE occurrence o
           SET state = 'sending', owner = :owner, lease_until = {_CLOCK} + :lease,
               attempt = o.attempt + 1
          FROM goes WHERE o.id = goes.id),
    ended AS (
        UPDATE occurrence o SET state = ready.ending, ended_at = :now
          FROM ready WHERE o.id = ready.id AND ready.ending IS NOT NULL)
    SELECT * FROM ready WHERE ending IS NOT NULL OR id IN (SELECT id FROM goes)
     ORDER BY due_at, id
"""

# the row of the day's count stays ours to the end of the transaction, so that two bots spend it once
CLAIM_BUDGET = """
    INSERT INTO daily_count (day, name, n) VALUES (:today, 'paid', 0)
    ON CONFLICT (day, name, part) DO UPDATE SET n = daily_count.n
"""

# what waits beside what was just taken, counted no further than needed; paid messages of the day
BACKLOG = """
    SELECT (SELECT count(*) FROM (
               SELECT 1 FROM occurrence
                WHERE state = 'due' AND due_at <= :now AND not_before <= :now
                LIMIT CAST(:most AS bigint)) waiting),
           coalesce((SELECT n FROM daily_count WHERE day = :today AND name = 'paid'), 0)
"""

# what was taken and may still go: as READY has it, of what others may have written since then
STANDING = """
    SELECT o.id
      FROM occurrence o JOIN plan p ON p.id = o.plan
                        JOIN subscriber s ON s.id = p.subscriber
     WHERE o.id = ANY(CAST(:ids AS bigint[])) AND o.state = 'sending' AND o.owner = :owner
       AND (p.enabled = 1 OR o.parent IS NOT NULL)
       AND s.stopped = 0 AND (s.hold IS NULL) = (p.kind <> 'check-in')
"""

OTHER_OWNERS = """
    SELECT DISTINCT owner FROM occurrence WHERE state = 'sending' AND owner <> :owner
"""

# A cut line frees the lock of a bot that still sends: it has to be silent, too. And every bot lost
# its lock when the server stopped, and needs a moment to come back.
IS_DEAD = f"""
    SELECT clock_timestamp() - pg_postmaster_start_time() > CAST(:grace AS double precision) * interval '1 second'
       AND NOT EXISTS (SELECT 1 FROM worker WHERE id = :owner AND seen_at > {_CLOCK} - :silent)
       AND pg_try_advisory_xact_lock(:locks, :lock)
"""

# ours, too, if we never learned that the take was committed: those are in nobody's hands
ADOPT = f"""
    UPDATE occurrence SET owner = :owner, lease_until = {_CLOCK} + :lease
     WHERE id IN (SELECT id FROM occurrence
                   WHERE state = 'sending' AND id <> ALL(CAST(:in_hand AS bigint[]))
                     AND (owner = ANY(CAST(:dead AS text[])) OR lease_until <= {_CLOCK})
                     FOR NO KEY UPDATE SKIP LOCKED)
    RETURNING id
"""

ORPHANS = f"""
    SELECT {_TAKEN}
      FROM occurrence o JOIN plan p ON p.id = o.plan
                        JOIN subscriber s ON s.id = p.subscriber
     WHERE o.id = ANY(CAST(:ids AS bigint[]))
     ORDER BY o.due_at, o.id
"""

NEXT_MOMENT = """
    SELECT least((SELECT min(next_due) FROM plan
                   WHERE next_due IS NOT NULL AND enabled = 1 AND asleep = 0),
                 (SELECT min(not_before) FROM occurrence WHERE state = 'due'))
"""

LOAD = """
    SELECT next_due, count(*) FROM plan
     WHERE next_due IS NOT NULL AND next_due >= :begin AND next_due < :end
       AND enabled = 1 AND asleep = 0
     GROUP BY next_due
"""

# A row stays locked until its transaction is on the disk, so each session adds to a part of its own:
# sessions that live beside each other mostly have numbers that follow each other. What is decided by
# the whole number has one part.
COUNT = f"""
    INSERT INTO daily_count (day, name, part, n)
    VALUES (:day, CAST(:name AS text),
            CASE WHEN CAST(:name AS text) IN ('paid', 'referral') THEN 0
                 ELSE pg_backend_pid() % {_COUNT_PARTS} END, :n)
    ON CONFLICT (day, name, part) DO UPDATE SET n = daily_count.n + excluded.n
"""

# One statement, so that all is of one moment. What is pending is seen in the rows, all else in the
# counts, which outlive the rows. A plan that should have rung counts as due before it is made an
# occurrence: a delivery that stands still shows. A check-in that waits for the day does not: it is
# no fault, and would tell of its person.
FIGURES = """
    SELECT 'pending', 'due', count(*) FROM occurrence WHERE state = 'due'
    UNION ALL
    SELECT 'pending', 'sending', count(*) FROM occurrence WHERE state = 'sending'
    UNION ALL
    SELECT 'counted', name, CAST(sum(n) AS bigint) FROM daily_count
     WHERE name <> 'referral' GROUP BY name
    UNION ALL
    SELECT 'referrals', day, n FROM daily_count
     WHERE name = 'referral' AND day >= :since AND day < :today
    UNION ALL
    SELECT 'oldest due', '',
           least((SELECT min(next_due) FROM plan
                   WHERE next_due <= :now AND next_due IS NOT NULL AND enabled = 1 AND asleep = 0),
                 (SELECT due_at FROM occurrence o
                   WHERE state = 'due' AND due_at <= :now
                     AND NOT (not_before > :now
                              AND (SELECT kind FROM plan p WHERE p.id = o.plan) = 'check-in')
                   ORDER BY due_at LIMIT 1))
    UNION ALL
    SELECT 'plans', kind, count(*) FROM plan WHERE enabled = 1 AND asleep = 0 GROUP BY kind
    UNION ALL
    SELECT 'subscribers', '', count(*) FROM subscriber
    UNION ALL
    SELECT 'paid today', '', CAST(coalesce(sum(n), 0) AS bigint) FROM daily_count
     WHERE day = :today AND name = 'paid'
    UNION ALL
    SELECT 'size', '', pg_database_size(current_database())
"""

KEEP_FILE_ID = f"""
    INSERT INTO media_file (digest, file_id, at) VALUES (:digest, :file_id, {_CLOCK})
    ON CONFLICT (digest) DO UPDATE SET file_id = excluded.file_id, at = excluded.at
"""
