-- The data of one site. This file is the current truth; `user_version` is its number.
-- Times are milliseconds since 1970 UTC. `events` is the truth, the other tables are kept beside it in the
-- same transaction. Names, phone numbers, reasons and notes stand in `people` and `notes` alone.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The catalogue in force from a position of the journal on, and the state it began with.
CREATE TABLE catalogues (
  id       INTEGER PRIMARY KEY,
  from_seq INTEGER NOT NULL CHECK (from_seq >= 0),
  at       INTEGER NOT NULL,
  digest   TEXT NOT NULL,                        -- of the file as it was given
  body     TEXT NOT NULL CHECK (json_valid(body)),  -- with what it lacks and tickets still need
  state    BLOB NOT NULL
) STRICT;

-- The journal: written once, never changed.
CREATE TABLE events (
  seq    INTEGER PRIMARY KEY CHECK (seq > 0),
  at     INTEGER NOT NULL,
  actor  TEXT NOT NULL,
  type   TEXT NOT NULL,
  ticket TEXT,
  data   TEXT NOT NULL CHECK (json_valid(data))
) STRICT;
CREATE INDEX events_of_ticket ON events (ticket) WHERE ticket IS NOT NULL;

-- States from which a start replays; two are kept, and the start takes the older.
CREATE TABLE snapshots (
  catalogue INTEGER NOT NULL REFERENCES catalogues (id),
  seq       INTEGER NOT NULL,
  state     BLOB NOT NULL,
  offsets   TEXT NOT NULL CHECK (json_valid(offsets)),
  PRIMARY KEY (catalogue, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE tickets (
  taken         INTEGER PRIMARY KEY REFERENCES events (seq),  -- the event that gave it
  id            TEXT NOT NULL UNIQUE,
  date          TEXT NOT NULL,
  number        TEXT NOT NULL,
  service       TEXT NOT NULL,
  first_service TEXT NOT NULL,
  channel       TEXT NOT NULL CHECK (channel IN ('kiosk', 'online', 'desk')),
  class         TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('booked', 'waiting', 'called', 'serving', 'held',
                                               'no_show', 'done', 'cancelled', 'expired')),
  arrived       INTEGER NOT NULL CHECK (arrived IN (0, 1)),
  visit         TEXT NOT NULL,
  journey       TEXT NOT NULL CHECK (json_valid(journey)),
  leg           INTEGER NOT NULL CHECK (leg >= 0),
  rank          TEXT NOT NULL,
  counter       TEXT,
  for_counter   TEXT,
  slot_start    INTEGER,
  slot_end      INTEGER,
  issued_at     INTEGER NOT NULL,
  joined_at     INTEGER,
  called_at     INTEGER,
  started_at    INTEGER,
  ended_at      INTEGER,
  recalls       INTEGER NOT NULL CHECK (recalls >= 0),
  touched       INTEGER NOT NULL REFERENCES events (seq),
  UNIQUE (date, number),                         -- no number twice for one date
  CHECK ((slot_start IS NULL) = (slot_end IS NULL))
) STRICT;
-- One counter has one ticket at most.
CREATE UNIQUE INDEX ticket_at_counter ON tickets (counter) WHERE state IN ('called', 'serving');
CREATE INDEX tickets_of_service ON tickets (date, service);

CREATE TABLE people (
  ticket TEXT PRIMARY KEY REFERENCES tickets (id),
  name   TEXT,
  phone  TEXT,
  reason TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
  seq    INTEGER PRIMARY KEY REFERENCES events (seq),
  ticket TEXT NOT NULL REFERENCES tickets (id),
  text   TEXT NOT NULL
) STRICT;
CREATE INDEX notes_of_ticket ON notes (ticket);

-- First answers by idempotency key, without the ticket's token and without personal data.
CREATE TABLE answers (
  id     BLOB PRIMARY KEY,                       -- hash of caller and key
  asked  TEXT NOT NULL,                          -- hash of path and body
  body   TEXT NOT NULL CHECK (json_valid(body)),
  ticket TEXT,
  date   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_by_date ON answers (date);

CREATE TABLE users (
  username      TEXT PRIMARY KEY,
  password_hash TEXT NOT NULL,
  role          TEXT NOT NULL CHECK (role IN ('admin', 'supervisor', 'clerk')),
  name          TEXT NOT NULL,
  counters      TEXT CHECK (counters IS NULL OR json_valid(counters)),
  active        INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  hash       BLOB PRIMARY KEY,
  username   TEXT NOT NULL REFERENCES users (username),
  csrf       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tokens (
  id         TEXT PRIMARY KEY,
  hash       BLOB NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  role       TEXT NOT NULL CHECK (role IN ('admin', 'supervisor', 'clerk', 'kiosk', 'display',
                                           'partner')),
  counter    TEXT,
  zone       TEXT,
  created_at INTEGER NOT NULL,
  ended_at   INTEGER
) STRICT, WITHOUT ROWID;

PRAGMA application_id = 1095652946;  -- "ANTR"
PRAGMA user_version = 1;
