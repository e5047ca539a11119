-- What an operator sees in /metrics is counted without reading whole tables.

CREATE INDEX plan_on ON plan (kind, enabled, asleep) WHERE enabled = 1 AND asleep = 0;

-- under five referrals on a day could point at a person: they are forgotten when the day is over
CREATE TRIGGER few_referrals_are_forgotten AFTER INSERT ON daily_count
BEGIN
    DELETE FROM daily_count WHERE name = 'referral' AND day < new.day AND n < 5;
END;
