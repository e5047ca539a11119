-- What bots on one database tell each other. Moments are the server's.

ALTER TABLE worker
    ADD COLUMN share        double precision NOT NULL DEFAULT 0, -- calls a second that it may be sending
    ADD COLUMN pressed      smallint NOT NULL DEFAULT 0, -- something had to wait for its turn
    ADD COLUMN polling      smallint NOT NULL DEFAULT 0, -- it asks Telegram for updates
    ADD COLUMN closed_until bigint; -- Telegram closed all chats to it until then
