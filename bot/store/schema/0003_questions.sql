-- The question whether fewer breaks would be better comes once a date, and not again at once.

ALTER TABLE plan ADD COLUMN asks_from TEXT; -- local date before which it is not asked again
