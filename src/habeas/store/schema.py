"""The tables, their triggers, and how an older database becomes a newer one.

The SQL stands here whole, as the database keeps it. `event` and `payload` are the log; triggers
hold them append-only for every program that opens the file. The other tables are an index, derived
from the log, which may be emptied and made anew. Never `transform()` a table of the log: it drops
triggers.

A file carries its application id, and as user version the number of the steps it has taken.
"""

from __future__ import annotations

from typing import Final

from habeas.store.library import sqlite3

APPLICATION_ID: Final = int.from_bytes(b"habe")

_LOG: Final = (
    """\
CREATE TABLE event(
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  version INTEGER NOT NULL CHECK(version >= 1),
  recorded INTEGER NOT NULL, -- UTC microseconds
  commitment BLOB NOT NULL CHECK(length(commitment) = 32),
  root BLOB NOT NULL CHECK(length(root) = 32), -- of the tree that ends with this event
  node BLOB NOT NULL CHECK(length(node) = 32) -- the largest perfect subtree that ends with it
) STRICT""",
    # Status claims are most of the log; who wants them all reads it.
    "CREATE INDEX event_type ON event(type) WHERE type <> 'status.claimed'",
    # A payload is written just before its event, so that none can be added to one that is there.
    """\
CREATE TABLE payload(
  seq INTEGER PRIMARY KEY,
  salt BLOB NOT NULL CHECK(length(salt) = 16),
  body BLOB NOT NULL
) STRICT""",
)

# REPLACE walks past the triggers on UPDATE and DELETE unless recursive_triggers is on, so an
# INSERT that would replace anything is stopped before it starts.
_GUARDS: Final = (
    """\
CREATE TRIGGER event_follows BEFORE INSERT ON event
WHEN new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)
  OR EXISTS (SELECT 1 FROM event WHERE id = new.id)
  OR EXISTS (SELECT 1 FROM event WHERE seq = new.seq - 1 AND recorded >= new.recorded)
BEGIN
  SELECT raise(ABORT, 'the log only grows at its end');
END""",
    """\
CREATE TRIGGER event_stays BEFORE DELETE ON event
BEGIN
  SELECT raise(ABORT, 'the log is append-only: no event is deleted');
END""",
    """\
CREATE TRIGGER event_is_fixed BEFORE UPDATE ON event
BEGIN
  SELECT raise(ABORT, 'the log is append-only: no event is changed');
END""",
    """\
CREATE TRIGGER payload_precedes BEFORE INSERT ON payload
WHEN new.seq <= (SELECT coalesce(max(seq), 0) FROM event)
  OR EXISTS (SELECT 1 FROM payload WHERE seq = new.seq)
BEGIN
  SELECT raise(ABORT, 'the log only grows at its end');
END""",
    """\
CREATE TRIGGER payload_is_fixed BEFORE UPDATE ON payload
BEGIN
  SELECT raise(ABORT, 'the log is append-only: no payload is changed');
END""",
    # Only what the log itself says is redacted may go.
    """\
CREATE TRIGGER payload_stays BEFORE DELETE ON payload
WHEN NOT EXISTS (
  SELECT 1 FROM event AS act JOIN payload AS said ON said.seq = act.seq
  WHERE act.type = 'event.redacted'
    AND json_extract(CAST(said.body AS TEXT), '$.data.event')
      = (SELECT id FROM event WHERE seq = old.seq)
)
BEGIN
  SELECT raise(ABORT, 'the log is append-only: only a redacted payload is deleted');
END""",
)

_INDEX: Final = (
    "CREATE TABLE mark(no INTEGER PRIMARY KEY, mark TEXT NOT NULL UNIQUE) STRICT",
    """\
CREATE TABLE marked(
  mark INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY(mark, seq)
) STRICT, WITHOUT ROWID""",
    """\
CREATE TABLE statement(
  digest BLOB NOT NULL PRIMARY KEY,
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID""",
)

# What `belief_port` keeps. A model without a basis is being made, and nobody's answer yet.
_BELIEFS: Final = (
    """\
CREATE TABLE model(
  no INTEGER PRIMARY KEY,
  basis TEXT UNIQUE,
  position INTEGER NOT NULL
) STRICT""",
    """\
CREATE TABLE subject(
  no INTEGER PRIMARY KEY,
  person TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
) STRICT""",
    """\
CREATE TABLE belief(
  model INTEGER NOT NULL,
  person INTEGER NOT NULL,
  known_from INTEGER NOT NULL, -- UTC microseconds, an exclusive end
  code INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY(model, person, known_from)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX belief_time ON belief(model, known_from, person, code)",
    """\
CREATE TABLE sheet(
  model INTEGER NOT NULL,
  at INTEGER NOT NULL,
  codes BLOB NOT NULL,
  PRIMARY KEY(model, at)
) STRICT""",
    "CREATE TABLE cited(seq INTEGER PRIMARY KEY, data TEXT NOT NULL) STRICT",
)

# Which events came without their payload: for any other, a redaction has to say why it is gone.
_WITHHELD: Final = (
    "CREATE TABLE withheld(seq INTEGER PRIMARY KEY) STRICT",
    """\
CREATE TRIGGER withheld_precedes BEFORE INSERT ON withheld
WHEN new.seq <= (SELECT coalesce(max(seq), 0) FROM event)
  OR EXISTS (SELECT 1 FROM payload WHERE seq = new.seq)
BEGIN
  SELECT raise(ABORT, 'the log only grows at its end');
END""",
    """\
CREATE TRIGGER withheld_is_fixed BEFORE UPDATE ON withheld
BEGIN
  SELECT raise(ABORT, 'the log is append-only');
END""",
    """\
CREATE TRIGGER withheld_stays BEFORE DELETE ON withheld
BEGIN
  SELECT raise(ABORT, 'the log is append-only');
END""",
)

# Rows apart from their keys: one index seeks a person, the other a time, and neither holds bodies.
# `was` is the code of the row before, and `why` what made this row another.
_TURNS: Final = (
    "DROP TABLE belief",
    "DROP TABLE cited",
    "DELETE FROM sheet",
    "DELETE FROM model",
    """\
CREATE TABLE belief(
  no INTEGER PRIMARY KEY,
  model INTEGER NOT NULL,
  person INTEGER NOT NULL,
  known_from INTEGER NOT NULL, -- UTC microseconds, an exclusive end
  code INTEGER NOT NULL,
  was INTEGER NOT NULL,
  why TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT""",
    "CREATE UNIQUE INDEX belief_person ON belief(model, person, known_from, code)",
    "CREATE INDEX belief_time ON belief(model, known_from, person, was, code, why)",
    "CREATE TABLE cited(person INTEGER PRIMARY KEY, data TEXT NOT NULL) STRICT",
)

# What his next answer depends on beside what is shown; NULL where the log has to be read.
_REST: Final = ("ALTER TABLE cited ADD COLUMN rest TEXT",)

# The root after any event is made of nodes: those of as many events as its position has bits set.
# The guards ask for less and say the same: what is last tells of both place and time, and a payload
# that belongs to no event is no part of the log.
_NODES: Final = (
    "DROP TRIGGER event_follows",
    "DROP TRIGGER payload_precedes",
    "ALTER TABLE event DROP COLUMN root",
    """\
CREATE TRIGGER event_follows BEFORE INSERT ON event
WHEN NOT coalesce(
    (
      SELECT new.seq IS seq + 1 AND ifnull(new.recorded > recorded, 0)
      FROM event ORDER BY seq DESC LIMIT 1
    ),
    new.seq IS 1
  )
  OR EXISTS (SELECT 1 FROM event WHERE id = new.id)
BEGIN
  SELECT raise(ABORT, 'the log only grows at its end');
END""",
    """\
CREATE TRIGGER payload_precedes BEFORE INSERT ON payload
WHEN new.seq <= (SELECT coalesce(max(seq), 0) FROM event)
BEGIN
  SELECT raise(ABORT, 'the log only grows at its end');
END""",
)

STEPS: Final = {
    "1 log": (*_LOG, *_GUARDS, *_INDEX),
    "2 beliefs": _BELIEFS,
    "3 withheld": _WITHHELD,
    "4 turns": _TURNS,
    "5 rest": _REST,
    "6 nodes": _NODES,
}
"""What is done to an empty database, in this order; a step that was released never changes."""

VERSION: Final = len(STEPS)


def migrate(connection: sqlite3.Connection) -> None:
    """Take the steps that this database has not taken, in the transaction that is open."""
    from sqlite_utils import Database, Migrations  # noqa: PLC0415 - costs 90 ms, once in a file

    database = Database(connection, recursive_triggers=False, execute_plugins=False)
    steps = Migrations("habeas")
    for name, statements in STEPS.items():

        def step(database: Database, statements: tuple[str, ...] = statements) -> None:
            for statement in statements:
                database.execute(statement)

        steps(name=name)(step)
    steps.apply(database)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
