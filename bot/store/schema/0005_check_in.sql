-- Whoever rests after a referral is asked once how they are: a plan of the kind "check-in", see
-- bot/core/check_in.py. Those who rest already get theirs. SQL knows no zones, so the plan is due at
-- the first moment of its date anywhere on earth, and becomes an occurrence at its own hour.

INSERT INTO plan (subscriber, kind, at, weekdays, enabled, asleep, next_due, rang_on)
SELECT s.id, 'check-in',
       coalesce((SELECT p.at FROM plan p
                  WHERE p.subscriber = s.id AND p.kind = 'morning' AND p.enabled = 1
                    AND p.at >= 7 * 3600 AND p.at < 22 * 3600), 10 * 3600),
       127, 1, s.stopped,
       unixepoch(s.hold) - 14 * 3600, date(s.hold, '-1 day')
  FROM subscriber s
 WHERE s.hold IS NOT NULL AND s.zone IS NOT NULL
   AND EXISTS (SELECT 1 FROM plan p WHERE p.subscriber = s.id AND p.enabled = 1);
