-- `sum` is computed over the other columns of a row when it is written, and compared when it is read:
-- a row that the disk has changed is told apart from one that somebody wrote. NULL is not summed.
ALTER TABLE environment ADD COLUMN sum INTEGER;
ALTER TABLE team        ADD COLUMN sum INTEGER;
ALTER TABLE calendar    ADD COLUMN sum INTEGER;
ALTER TABLE booking     ADD COLUMN sum INTEGER;
ALTER TABLE window      ADD COLUMN sum INTEGER;
ALTER TABLE exemption   ADD COLUMN sum INTEGER;
ALTER TABLE acceptance  ADD COLUMN sum INTEGER;
-- Over `at`, `who` and `title`; `state` changes with undo and redo.
ALTER TABLE operation   ADD COLUMN sum INTEGER;
ALTER TABLE setting     ADD COLUMN sum INTEGER;

-- Bookings that were removed: their rows as JSON, and the operation that removed them.
CREATE TABLE trash (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  operation INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  who       TEXT    NOT NULL,
  uid       TEXT    NOT NULL,
  booking   TEXT    NOT NULL
) STRICT;
CREATE INDEX trash_at ON trash (at);
