-- Never edited after a release: a change of the schema is a new file.
-- Instants are whole seconds since 1970 UTC, durations are seconds, wall times are
-- 2026-09-17T09:00:00, lists are one entry a line. Ids are never reused.

CREATE TABLE environment (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  name       TEXT    NOT NULL COLLATE NOCASE UNIQUE,
  aliases    TEXT    NOT NULL DEFAULT '',
  capacity   INTEGER NOT NULL DEFAULT 1 CHECK (capacity > 0),
  zone       TEXT    NOT NULL,
  set_up     INTEGER NOT NULL DEFAULT 0 CHECK (set_up >= 0),
  clean_up   INTEGER NOT NULL DEFAULT 0 CHECK (clean_up >= 0),
  owner      TEXT    NOT NULL DEFAULT '',
  lead_times TEXT    NOT NULL DEFAULT '600',
  hidden     INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE team (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  name   TEXT    NOT NULL COLLATE NOCASE UNIQUE,
  code   TEXT    NOT NULL,
  colour INTEGER NOT NULL DEFAULT 0,
  mine   INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Where bookings were imported from, and what the person chose for its undecided events.
CREATE TABLE calendar (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  name           TEXT    NOT NULL COLLATE NOCASE UNIQUE,
  environment_id INTEGER REFERENCES environment (id) ON DELETE SET NULL,
  team_id        INTEGER REFERENCES team (id) ON DELETE SET NULL
) STRICT;

CREATE TABLE booking (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  uid            TEXT    NOT NULL,
  -- Wall time in the zone of the series; empty but for a changed occurrence.
  recurrence_id  TEXT    NOT NULL DEFAULT '',
  environment_id INTEGER NOT NULL REFERENCES environment (id),
  team_id        INTEGER NOT NULL REFERENCES team (id),
  start          TEXT    NOT NULL,
  end            TEXT    NOT NULL,
  -- Empty for whole days, which follow the environment.
  zone           TEXT    NOT NULL DEFAULT '',
  rule           TEXT    NOT NULL DEFAULT '',
  added          TEXT    NOT NULL DEFAULT '',
  excluded       TEXT    NOT NULL DEFAULT '',
  title          TEXT    NOT NULL DEFAULT '',
  notes          TEXT    NOT NULL DEFAULT '',
  -- 0 cancelled, 1 tentative, 2 confirmed
  status         INTEGER NOT NULL DEFAULT 2,
  -- 0 transparent, 1 opaque
  opaque         INTEGER NOT NULL DEFAULT 1,
  -- 0 exclusive
  units          INTEGER NOT NULL DEFAULT 0,
  set_up         INTEGER NOT NULL DEFAULT 0,
  clean_up       INTEGER NOT NULL DEFAULT 0,
  -- 0 test, 1 deploy, 2 maintenance, 3 watch
  kind           INTEGER NOT NULL DEFAULT 0,
  plan           TEXT    NOT NULL DEFAULT '',
  -- Empty for never, NULL for the environment's.
  lead_times     TEXT,
  sequence       INTEGER NOT NULL DEFAULT 0,
  created        INTEGER NOT NULL,
  modified       INTEGER NOT NULL,
  calendar_id    INTEGER REFERENCES calendar (id) ON DELETE SET NULL,
  -- Derived: footprint in UTC, of a series from its first to its last.
  hold_start     INTEGER NOT NULL,
  hold_end       INTEGER NOT NULL,
  -- Derived: 0 a short single one, 1 a long single one, 2 a series.
  shape          INTEGER NOT NULL,
  -- Derived: what the conflict rules look at, packed, since they read it a million times:
  -- team_id << 20 | units << 4 | kind << 2 | 0 does not block, 1 tentative, 2 confirmed.
  facts          INTEGER NOT NULL,
  -- Derived: set_up << 20 | clean_up.
  buffers        INTEGER NOT NULL,
  -- The imported iCalendar component, unfolded.
  source         TEXT
) STRICT;

CREATE UNIQUE INDEX booking_uid ON booking (uid, recurrence_id);
CREATE INDEX booking_calendar ON booking (calendar_id) WHERE calendar_id IS NOT NULL;
-- Everything the conflict rules need, in the order in which they need it.
CREATE INDEX booking_short ON booking
  (environment_id, hold_start, hold_end, facts, buffers, plan)
  WHERE shape = 0;
CREATE INDEX booking_long ON booking (environment_id, hold_start, hold_end) WHERE shape = 1;
CREATE INDEX booking_series ON booking (environment_id, hold_start, hold_end) WHERE shape = 2;

-- Freeze and allow windows. `environments` and `blocks` are lists, one entry a line.
CREATE TABLE window (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  uid          TEXT    NOT NULL UNIQUE,
  -- 0 freeze, 1 allow
  effect       INTEGER NOT NULL,
  environments TEXT    NOT NULL,
  -- Codes of kinds, as in booking.kind.
  blocks       TEXT    NOT NULL DEFAULT '1',
  start        TEXT    NOT NULL,
  end          TEXT    NOT NULL,
  zone         TEXT    NOT NULL DEFAULT '',
  rule         TEXT    NOT NULL DEFAULT '',
  added        TEXT    NOT NULL DEFAULT '',
  excluded     TEXT    NOT NULL DEFAULT '',
  title        TEXT    NOT NULL DEFAULT '',
  sequence     INTEGER NOT NULL DEFAULT 0,
  created      INTEGER NOT NULL,
  modified     INTEGER NOT NULL,
  calendar_id  INTEGER REFERENCES calendar (id) ON DELETE SET NULL,
  source       TEXT
) STRICT;

-- Bookings that may break a window. `recurrence` is the occurrence in UTC; NULL is all of them.
CREATE TABLE exemption (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  window_id  INTEGER NOT NULL REFERENCES window (id),
  uid        TEXT    NOT NULL,
  recurrence INTEGER,
  who        TEXT    NOT NULL,
  at         INTEGER NOT NULL,
  reason     TEXT    NOT NULL
) STRICT;
CREATE INDEX exemption_window ON exemption (window_id);

-- Conflicts that somebody accepted. It lapses when `fingerprint` is no longer that of the members.
CREATE TABLE acceptance (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  conflict    TEXT    NOT NULL UNIQUE,
  fingerprint TEXT    NOT NULL,
  who         TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  reason      TEXT    NOT NULL
) STRICT;

-- The history. `state`: 0 done, 1 undone, 2 undone for good (something else was done since).
CREATE TABLE operation (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  at    INTEGER NOT NULL,
  who   TEXT    NOT NULL,
  title TEXT    NOT NULL,
  state INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The rows an operation touched. `other` is the row as JSON on the other side of the operation:
-- before it while it is done, after it while it is undone; NULL where there is no row.
CREATE TABLE change (
  operation_id INTEGER NOT NULL REFERENCES operation (id) ON DELETE CASCADE,
  step         INTEGER NOT NULL,
  entity       TEXT    NOT NULL,
  row_id       INTEGER NOT NULL,
  other        TEXT,
  PRIMARY KEY (operation_id, step)
) STRICT, WITHOUT ROWID;

-- What became of each reminder; no row is pending. `recurrence` is the smallest integer for a single
-- booking. `appointment` is the wall time that it told of: where the booking has another one by
-- now, it was moved, and the reminder is a new one.
CREATE TABLE reminder (
  uid          TEXT    NOT NULL,
  recurrence   INTEGER NOT NULL,
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
  PRIMARY KEY (uid, recurrence, lead)
) STRICT, WITHOUT ROWID;

CREATE INDEX reminder_start ON reminder (start);
-- Bookings that say themselves when to remind.
CREATE INDEX booking_leads ON booking (hold_end, hold_start, lead_times) WHERE lead_times IS NOT NULL;

CREATE TABLE setting (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
