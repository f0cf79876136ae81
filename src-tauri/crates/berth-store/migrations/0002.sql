-- A reminder can tell of the start, of the end, of a move and of a new conflict.
CREATE TABLE told (
  uid          TEXT    NOT NULL,
  recurrence   INTEGER NOT NULL,
  about        TEXT    NOT NULL CHECK (about IN ('start', 'end', 'moved', 'conflict')),
  lead         INTEGER NOT NULL,
  appointment  TEXT    NOT NULL,
  start        INTEGER NOT NULL,
  state        TEXT    NOT NULL
               CHECK (state IN ('claimed', 'delivered', 'dismissed', 'snoozed', 'expired', 'failed')),
  -- Of the last change.
  at           INTEGER NOT NULL,
  -- The process that claimed it, and the how manieth time.
  owner        TEXT    NOT NULL,
  attempt      INTEGER NOT NULL DEFAULT 1,
  -- The notification it became.
  notification INTEGER NOT NULL DEFAULT 0,
  -- When it is due again, snoozed or failed.
  next         INTEGER NOT NULL DEFAULT 0,
  reason       TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (uid, recurrence, about, lead)
) STRICT, WITHOUT ROWID;
INSERT INTO told
  SELECT uid, recurrence, 'start', lead, appointment, start, state, at, owner, attempt, notification, next, reason
  FROM reminder;
DROP TABLE reminder;
ALTER TABLE told RENAME TO reminder;
CREATE INDEX reminder_start ON reminder (start);

-- Bookings of other teams that the person at this machine follows.
CREATE TABLE follow (
  uid TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- What the person at this machine knows of the slots ahead, so that a move or a conflict that
-- somebody else made is news. `conflicts` is one id a line.
CREATE TABLE known (
  uid         TEXT    NOT NULL,
  recurrence  INTEGER NOT NULL,
  appointment TEXT    NOT NULL,
  conflicts   TEXT    NOT NULL,
  start       INTEGER NOT NULL,
  PRIMARY KEY (uid, recurrence)
) STRICT, WITHOUT ROWID;
