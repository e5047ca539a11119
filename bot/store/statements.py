"""Every statement that SQLite runs while the bot works."""

from bot.store.alike import *  # noqa: F403  # whoever runs them finds all in one place

# of many chats at once: their values under which they are found stand one behind the other
LOOK = """
    SELECT s.chat_lookup, s.language, s.zone, s.consent, s.awaiting, s.awaiting_until, s.hold, s.stopped,
           s.preferences, s.set_by, p.kind, p.at, p.weekdays, p.enabled, p.next_due, p.rang_on, p.windows,
           p.paused_from, p.paused_until, p.quiet_until, p.silent, p.turn, p.line, p.unanswered,
           p.asks_from,
           (SELECT group_concat(o.local_date || ' ' || o.slot) FROM occurrence o
             WHERE p.kind = 'break' AND o.plan = p.id
               AND o.local_date >= date(p.rang_on, '-2 days'))
      FROM json_each(:places) n
      CROSS JOIN subscriber s ON s.chat_lookup = substr(:lookups, 32 * n.value + 1, 32)
      LEFT JOIN plan p ON p.subscriber = s.id
"""

# always at least one row: the update may be known although its chat is not
OPEN_CHANGE = """
    SELECT seen.known, s.id,
           s.language, s.zone, s.consent, s.awaiting, s.awaiting_until, s.hold, s.stopped,
           s.preferences, s.set_by, p.kind, p.at, p.weekdays, p.enabled, p.next_due, p.rang_on, p.windows,
           p.paused_from, p.paused_until, p.quiet_until, p.silent, p.turn, p.line, p.unanswered,
           p.asks_from,
           (SELECT group_concat(o.local_date || ' ' || o.slot) FROM occurrence o
             WHERE p.kind = 'break' AND o.plan = p.id
               AND o.local_date >= date(p.rang_on, '-2 days'))
      FROM (SELECT EXISTS (SELECT 1 FROM seen_update
                            WHERE update_id = :update_id AND at >= :now - 172800) AS known) seen
      LEFT JOIN subscriber s ON s.chat_lookup = :lookup
      LEFT JOIN plan p ON p.subscriber = s.id
"""

# after a silent week Telegram begins with a chance id, which an older update may have had
SEE_UPDATE = """
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
           unanswered = min(unanswered, :unanswered)
"""

CANCEL_PENDING = """
    UPDATE occurrence SET state = 'cancelled', ended_at = :now
     WHERE state = 'due' AND (:before IS NULL OR due_at < :before)
       AND plan = (SELECT id FROM plan WHERE subscriber = :subscriber AND kind = :kind)
"""

# a try in doubt may have arrived: its second one does not come hours later
MOVE_PENDING = """
    UPDATE occurrence SET due_at = :at, not_before = :at
     WHERE state = 'due' AND doubts = 0 AND parent IS NULL AND local_date = :day
       AND plan = (SELECT id FROM plan WHERE subscriber = :subscriber AND kind = :kind)
"""

HEED = "UPDATE occurrence SET heeded = 1 WHERE id = :id AND NOT heeded"

# who turns to a break after the question may be asked again, on another date; an answer to the
# question itself stands
END_UNANSWERED = """
    UPDATE plan
       SET unanswered = 0,
           asks_from = iif(o.asks, asks_from, min(asks_from, date(rang_on, '+1 day')))
      FROM occurrence o
     WHERE o.id = :root AND plan.id = :plan AND (unanswered > 0 OR asks_from > rang_on)
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

# a copy that ended unsent (a meeting began before its moment) may ring after all; it is counted anew
RING_AGAIN = """
    INSERT INTO occurrence (plan, slot, local_date, due_at, not_before, parent, turn, line)
    SELECT p.id, :slot, r.local_date, :at, :at, r.id, r.turn, p.line
      FROM occurrence r JOIN plan p ON p.id = r.plan
     WHERE r.id = :root
    ON CONFLICT (plan, local_date, slot) DO UPDATE
       SET state = 'due', due_at = excluded.due_at, not_before = excluded.not_before,
           line = excluded.line, ended_at = NULL
     WHERE occurrence.state IN ('stale', 'cancelled', 'undeliverable')
"""

# what a copy was sent for counts with its first; a question about the rhythm is no break
DAYS = """
    SELECT r.local_date, sum(r.answer IS 'done'), sum(r.answer IS 'later'),
           sum(r.answer IS 'skipped'),
           sum(r.answer IS NULL
               AND (r.state = 'sent' OR EXISTS (SELECT 1 FROM occurrence c
                                                 WHERE c.parent = r.id AND c.state = 'sent')))
               AS ignored
      FROM subscriber s CROSS JOIN plan p ON p.subscriber = s.id
                        CROSS JOIN occurrence r ON r.plan = p.id
     WHERE s.chat_lookup = :lookup AND r.local_date >= :since
       AND r.parent IS NULL AND NOT r.asks AND p.kind <> 'check-in'
     GROUP BY r.local_date HAVING count(r.answer) + ignored > 0
     ORDER BY r.local_date
"""

MOVE_CHAT = """
    UPDATE OR IGNORE subscriber SET chat_lookup = :lookup, chat_sealed = :sealed
     WHERE id = (SELECT p.subscriber FROM occurrence o JOIN plan p ON p.id = o.plan
                  WHERE o.id = :id)
"""

DUE_PLANS = """
    SELECT p.id, s.zone, s.hold, p.kind, p.at, p.weekdays, p.enabled, p.next_due, p.rang_on, p.windows,
           p.paused_from, p.paused_until, p.quiet_until, p.silent, p.turn, p.line, p.unanswered,
           p.asks_from,
           (SELECT group_concat(o.local_date || ' ' || o.slot) FROM occurrence o
             WHERE p.kind = 'break' AND o.plan = p.id
               AND o.local_date >= date(p.rang_on, '-2 days'))
      FROM plan p CROSS JOIN subscriber s ON s.id = p.subscriber
     WHERE p.next_due <= :now AND p.enabled = 1 AND p.asleep = 0
     ORDER BY p.next_due, p.id LIMIT :limit
"""

# a clock that steps back makes no second occurrence of one local date
MAKE_OCCURRENCE = """
    INSERT INTO occurrence (plan, slot, local_date, due_at, not_before, turn, line, asks)
    VALUES (:plan, :slot, :local_date, :due, :due, :turn, :line, :asks)
    ON CONFLICT (plan, local_date, slot) DO NOTHING
"""

# the line moves only with an occurrence that was made; one that was there has an earlier line.
# Which were made is looked up only if not all were.
MOVE_PLAN_ON = """
    UPDATE plan
       SET next_due = :next_due, turn = :turn, rang_on = :local_date,
           quiet_until = coalesce(max(quiet_until, :quiet_until), :quiet_until, quiet_until),
           asks_from = coalesce(:asks_from, asks_from),
           unanswered = iif(:asks, 0, unanswered),
           line = line + iif(:all_made, 1,
                             EXISTS (SELECT 1 FROM occurrence o
                                      WHERE o.plan = :plan AND o.local_date = :local_date
                                        AND o.slot = :slot AND o.line = :line))
     WHERE id = :plan
"""

# a plan that sleeps is worked out anew when it wakes
PLANS_AHEAD = """
    SELECT next_due, id FROM plan
     WHERE next_due >= :due AND (next_due > :due OR id > :id) AND enabled = 1 AND asleep = 0
     ORDER BY next_due, id LIMIT :limit
"""

PLANS = """
    SELECT p.id, s.zone, s.hold, p.kind, p.at, p.weekdays, p.enabled, p.next_due, p.rang_on, p.windows,
           p.paused_from, p.paused_until, p.quiet_until, p.silent, p.turn, p.line, p.unanswered,
           p.asks_from,
           (SELECT group_concat(o.local_date || ' ' || o.slot) FROM occurrence o
             WHERE p.kind = 'break' AND o.plan = p.id
               AND o.local_date >= date(p.rang_on, '-2 days'))
      FROM json_each(:plans) j CROSS JOIN plan p ON p.id = j.value
                               CROSS JOIN subscriber s ON s.id = p.subscriber
"""

PEOPLE_AFTER = "SELECT id FROM subscriber WHERE id > :after ORDER BY id LIMIT :limit"

PLANS_OF = "SELECT id FROM plan WHERE subscriber > :after AND subscriber <= :last ORDER BY id"

# occurrences are made when they are due, so these are of a clock that was ahead (or were put off by
# an edit, and are made again). A try in doubt may have arrived. A check-in has no other day.
END_AHEAD = """
    UPDATE occurrence
       SET state = iif(doubts > 0, 'unknown', 'cancelled'), ended_at = :now
     WHERE state = 'due' AND local_date >= :day AND due_at > iif(parent IS NULL, :now, :tomorrow)
       AND plan IN (SELECT id FROM plan WHERE subscriber > :after AND subscriber <= :last
                                          AND kind <> 'check-in')
    RETURNING state
"""

DROP_AHEAD = """
    DELETE FROM occurrence
     WHERE state IN ('stale', 'cancelled', 'undeliverable') AND local_date >= :day
       AND due_at > :now AND parent IS NULL AND doubts = 0 AND NOT heeded
       AND plan IN (SELECT id FROM plan WHERE subscriber > :after AND subscriber <= :last
                                          AND kind <> 'check-in')
"""

# what is due waits no longer than a false moment; a check-in comes tomorrow
RETRY_SOONER = """
    UPDATE occurrence
       SET not_before = max(:now, min(due_at, :tomorrow)), due_at = min(due_at, :tomorrow)
     WHERE state = 'due' AND not_before > :soon AND (due_at <= :now OR not_before > :tomorrow)
       AND plan IN (SELECT id FROM plan WHERE subscriber > :after AND subscriber <= :last)
"""

# else breaks would give way to what was sent too early, until its false moment
ENDED_BY_NOW = """
    UPDATE occurrence SET ended_at = :now
     WHERE ended_at > :now AND local_date >= :day
       AND plan IN (SELECT id FROM plan WHERE subscriber > :after AND subscriber <= :last)
"""

# only what this process took, for that try: what was deleted or taken over meanwhile stays as it is
# (the plus keeps SQLite at looking each up by its id: by owner it would read all with all).
# Columns come by their place in settled_values, which is found faster than a name
SETTLE = """
    UPDATE occurrence
       SET state = s.value ->> 2, doubts = s.value ->> 4,
           not_before = coalesce(s.value ->> 3, not_before), needs_proof = s.value ->> 5,
           message_id = coalesce(s.value ->> 6, message_id),
           ended_at = s.value ->> 7, owner = NULL, lease_until = NULL
      FROM json_each(:settled) s
     WHERE occurrence.id = s.value ->> 0 AND state = 'sending' AND +owner = :owner
       AND attempt = s.value ->> 1
    RETURNING id, state, plan, message_id, NOT heeded AS waits, parent IS NULL AND NOT asks AS rings
"""

# a break that arrived and waits for its person; the question after a run is no break
COUNT_UNANSWERED = "UPDATE plan SET unanswered = unanswered + 1 WHERE id = :plan AND kind = 'break'"

NOTE_OPEN_MESSAGE = """
    UPDATE subscriber SET open_message = :message_id
     WHERE id = (SELECT subscriber FROM plan WHERE id = :plan AND kind <> 'check-in')
"""

# cross joins keep SQLite at reading the oldest rows first; the last column ends a row unsent.
# A question is not kept back by the quiet that comes with it. A break gives way to a morning reminder
# and to what its person had put off: where that is due within five minutes of it, and after a
# downtime, when several are due at once or one has just gone, as far as anybody knows: one is enough. Two that were
# planned for the same minute both go, if they go on time.
# One at a time goes to one person, so that each knows which message came before it.
# Under a hold the check-in goes and nothing else does; without one, all else.
READY = """
    SELECT * FROM (
        SELECT o.id, p.kind, s.chat_sealed, s.language, o.local_date, o.slot, o.due_at,
               o.attempt + :tries, o.doubts, s.hold, s.zone, o.turn, o.line, o.asks, p.silent,
               s.preferences, s.open_message, s.id AS person,
               CASE WHEN s.stopped THEN 'undeliverable'
                    WHEN (s.hold IS NULL) = (p.kind = 'check-in') THEN 'cancelled'
                    WHEN p.kind = 'break' AND EXISTS (
                         SELECT 1 FROM plan q CROSS JOIN occurrence c ON c.plan = q.id
                          WHERE q.subscriber = s.id AND c.local_date >= date(o.local_date, '-1 day')
                            AND (q.kind = 'morning' OR c.parent IS NOT NULL
                                 AND (o.parent IS NULL OR c.due_at > o.due_at))
                            AND (o.parent IS NULL AND c.parent IS NOT NULL AND NOT o.asks
                                 AND abs(c.due_at - o.due_at) <= 300
                                 AND c.state IN ('due', 'sending', 'sent')
                              OR (c.due_at <> o.due_at OR o.due_at < :on_time_from)
                                 AND (c.state IN ('due', 'sending')
                                      AND c.due_at BETWEEN :useful_from AND :now
                                   OR c.state IN ('sent', 'unknown') AND c.ended_at >= o.due_at)))
                    THEN 'cancelled'
                    WHEN o.parent IS NOT NULL THEN NULL
                    WHEN NOT p.enabled OR (o.due_at < p.quiet_until AND NOT o.asks) THEN 'cancelled'
                    WHEN p.paused_from IS NOT NULL
                     AND (p.paused_until IS NULL OR o.local_date < p.paused_until) THEN 'cancelled'
                END AS ending
          FROM occurrence o CROSS JOIN plan p ON p.id = o.plan
                            CROSS JOIN subscriber s ON s.id = p.subscriber
         WHERE o.state = 'due' AND o.due_at <= :now AND o.not_before <= :now
           AND (:healthy OR NOT o.needs_proof))
     WHERE ending IS NOT NULL
        OR person NOT IN (SELECT q.subscriber FROM occurrence x CROSS JOIN plan q ON q.id = x.plan
                           WHERE x.state = 'sending')
     ORDER BY due_at, id LIMIT :limit
"""

TAKE = """
    UPDATE occurrence
       SET state = 'sending', owner = :owner, lease_until = :now + :lease, attempt = attempt + 1
     WHERE id IN (SELECT j.value FROM json_each(:ids) j)
"""

# what waits beside what was just taken, counted no further than needed; paid messages of the day
BACKLOG = """
    SELECT (SELECT count(*) FROM (
               SELECT 1 FROM occurrence
                WHERE state = 'due' AND due_at <= :now AND not_before <= :now LIMIT :most)),
           coalesce((SELECT n FROM daily_count WHERE day = :today AND name = 'paid'), 0)
"""

ORPHANS = """
    SELECT o.id, p.kind, s.chat_sealed, s.language, o.local_date, o.slot, o.due_at,
           o.attempt + :tries, o.doubts, s.hold, s.zone, o.turn, o.line, o.asks, p.silent,
           s.preferences, s.open_message
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

# grouped by the index's own column: sorting a million plans by minute would take four times as long
LOAD = """
    SELECT next_due, count(*) FROM plan
     WHERE next_due >= :begin AND next_due < :end AND enabled = 1 AND asleep = 0
     GROUP BY next_due
"""

COUNT = """
    INSERT INTO daily_count (day, name, n) VALUES (:day, :name, :n)
    ON CONFLICT (day, name) DO UPDATE SET n = n + excluded.n
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
    SELECT 'counted', name, sum(n) FROM daily_count WHERE name <> 'referral' GROUP BY name
    UNION ALL
    SELECT 'referrals', day, n FROM daily_count
     WHERE name = 'referral' AND day >= :since AND day < :today
    UNION ALL
    SELECT 'oldest due', '', min(moment) FROM (
        SELECT min(next_due) AS moment FROM plan
         WHERE next_due <= :now AND enabled = 1 AND asleep = 0
        UNION ALL
        SELECT min(due_at) FROM occurrence o
         WHERE state = 'due' AND due_at <= :now
           AND NOT (not_before > :now
                    AND (SELECT kind FROM plan p WHERE p.id = o.plan) = 'check-in'))
    UNION ALL
    SELECT 'plans', kind, count(*) FROM plan WHERE enabled = 1 AND asleep = 0 GROUP BY kind
    UNION ALL
    SELECT 'subscribers', '', count(*) FROM subscriber
    UNION ALL
    SELECT 'paid today', '', coalesce(sum(n), 0) FROM daily_count WHERE day = :today AND name = 'paid'
    UNION ALL
    SELECT 'size', '', page_count * page_size FROM pragma_page_count(), pragma_page_size()
"""

KEEP_FILE_ID = """
    INSERT INTO media_file (digest, file_id, at) VALUES (:digest, :file_id, unixepoch())
    ON CONFLICT (digest) DO UPDATE SET file_id = excluded.file_id, at = excluded.at
"""
