-- What bots on one database tell each other; on SQLite there is one, and nothing to tell.

ALTER TABLE worker ADD COLUMN share REAL NOT NULL DEFAULT 0; -- calls a second that it may be sending
ALTER TABLE worker ADD COLUMN pressed INTEGER NOT NULL DEFAULT 0; -- something had to wait for its turn
ALTER TABLE worker ADD COLUMN polling INTEGER NOT NULL DEFAULT 0; -- it asks Telegram for updates
ALTER TABLE worker ADD COLUMN closed_until INTEGER; -- Telegram closed all chats to it until then
