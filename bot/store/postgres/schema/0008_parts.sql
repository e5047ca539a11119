-- A count that all bots add to stands in parts, so that none waits for another's commit: the number is
-- their sum. Referrals and paid messages have one part only: whoever adds to them looks at the whole.

ALTER TABLE daily_count ADD COLUMN part smallint NOT NULL DEFAULT 0;
ALTER TABLE daily_count DROP CONSTRAINT daily_count_pkey, ADD PRIMARY KEY (day, name, part);
