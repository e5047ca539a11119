-- Bots on PostgreSQL add to parts of a count; on SQLite there is one, and each count has one part.

ALTER TABLE daily_count ADD COLUMN part INTEGER NOT NULL DEFAULT 0;
