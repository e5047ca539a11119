"""From an SQLite file to PostgreSQL: all of it, seen to be the same on both sides, or nothing."""
