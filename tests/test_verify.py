"""`verify`: whatever is changed in a database is found, and the first wrong event is named."""

from __future__ import annotations

import os
import random
import shutil
from contextlib import suppress

import pytest
from attrs import evolve
from typer.testing import CliRunner

from habeas import cli
from habeas.case import Case, believing, copying, rereading, verifying
from habeas.errors import BadLog, HabeasError, Refused
from habeas.log.verifying import verify
from habeas.projections.question import rules_from
from habeas.store import open_store
from habeas.store.auditing import Indexed, audited
from invented import invented_log, leaf_only
from stored import bare, filled

COUNT = 12
FLIPS = 40 * int(os.environ.get("HABEAS_KILLS", "2"))


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    path = tmp_path_factory.mktemp("sound") / "log.db"
    filled(path, 60)[0].close()
    return path


@pytest.mark.parametrize("gone", [(), (9,), (5, 60)])
def test_a_sound_log_is_seen_to_be_so_in_one_pass(tmp_path, gone):
    records = [leaf_only(one) if one.seq in gone else one for one in invented_log(60)]
    store = open_store(tmp_path / "log.db", create=True)
    with store.appending() as log:
        log.add(records)
    store.close()
    with audited(tmp_path / "log.db") as audit:
        found = rereading.sound(audit.stored(), audit.withheld())
        assert found is not None
        assert found.verdict == verify(audit.stored(), audit.withheld())
        indexed = Indexed.of(one.record for one in audit.stored())
        assert found.indexed.marks == indexed.marks
        assert found.indexed.statements == indexed.statements
        assert found.verdict.withheld == len(gone)


@pytest.fixture
def path(sound, tmp_path):
    """A copy of a sound log of 60 events, to be spoilt."""
    return shutil.copy(sound, tmp_path / "log.db")


def unguarded(path, *statements):
    """Change a database as who drops its triggers and puts them back would."""
    with bare(path) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(*statement if isinstance(statement, tuple) else (statement,))
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()


def first_fault(path):
    report = verifying.verified(path)
    assert not report.sound
    return report.faults[0]


def test_a_sound_log_verifies(sound):
    report = verifying.verified(sound)
    assert report.sound
    assert report.data["log_position"] == 60


def changes_of(value):
    """Every value that differs from one in one byte, or in one bit of a number."""
    if isinstance(value, int):
        yield from (value ^ 1 << bit for bit in range(53))
    elif isinstance(value, str):
        yield from (changed.decode("latin-1") for changed in changes_of(value.encode("latin-1")))
    else:
        for at in range(len(value)):
            yield value[:at] + bytes([value[at] ^ 1 << at % 8]) + value[at + 1 :]


def changed(stored, field):
    """Every way in which one byte of a field can differ."""
    if field in ("id", "node"):
        yield from (stored._replace(**{field: one}) for one in changes_of(getattr(stored, field)))
    else:
        for one in changes_of(getattr(stored.record, field)):
            yield stored._replace(record=evolve(stored.record, **{field: one}))


FIELDS = (
    "id",
    "node",
    "seq",
    "type",
    "version",
    "recorded",
    "commitment",
    "salt",
    "payload",
)


def test_every_changed_byte_of_a_small_log_is_found_at_its_event(sound, tried):
    with audited(sound) as audit:
        log = list(audit.stored())[:COUNT]
    tries = 0
    for place, stored in enumerate(log):
        for field in FIELDS:
            for other in changed(stored, field):
                # What comes before is sound, and was verified with the log as it is.
                found = verify([*log[:place], other, *log[place + 1 :]], ())
                assert (found.fault or "").startswith(f"event {other.record.seq}: "), field
                tries += 1
    assert tries > 4_500
    tried("a byte or bit of a stored value changed, in a small log: all of them", tries)


def test_a_random_thousand_of_changed_bytes_of_a_larger_log_is_found(tmp_path, tried):
    filled(tmp_path / "log.db", 300)[0].close()
    with audited(tmp_path / "log.db") as audit:
        log = list(audit.stored())
    chance = random.Random(3)  # noqa: S311 - the same changes each time
    for _ in range(1_000):
        place = chance.randrange(len(log))
        other = chance.choice(list(changed(log[place], chance.choice(FIELDS))))
        found = verify([*log[:place], other, *log[place + 1 :]], ())
        assert (found.fault or "").startswith(f"event {other.record.seq}: ")
    tried("the same at random, in a log of 300 events", 1_000)


COLUMNS = [
    ("event", "type", "'person.registered'", 30),
    ("event", "version", "2", 30),
    ("event", "recorded", "recorded + 1", 30),
    ("event", "commitment", "zeroblob(32)", 30),
    ("event", "node", "zeroblob(32)", 30),
    ("event", "id", "'aaaaaaaaaaaaaaaaaaaa'", 30),
    ("payload", "salt", "zeroblob(16)", 30),
    ("payload", "body", "CAST('{}' AS BLOB)", 30),
    ("payload", "body", "CAST(replace(CAST(body AS TEXT), '2001', '2002') AS BLOB)", 30),
]


@pytest.mark.parametrize(("table", "column", "value", "seq"), COLUMNS)
def test_a_changed_value_is_found_in_the_database(path, table, column, value, seq, tried):
    unguarded(path, f"UPDATE {table} SET {column} = {value} WHERE seq = {seq}")  # noqa: S608
    tried("a value, a table or a trigger changed in the database itself", 1)
    assert first_fault(path).startswith(f"event {seq}: ")


@pytest.mark.parametrize(
    ("statements", "fault"),
    [
        (["DELETE FROM event WHERE seq = 30", "DELETE FROM payload WHERE seq = 30"], "event 31: "),
        (["DELETE FROM payload WHERE seq = 30"], "event 30: its payload is gone, and no event"),
        (["DELETE FROM event WHERE seq = 60"], "there is a payload for event 60"),
        (["DELETE FROM marked WHERE seq = 30"], "the index of marks"),
        (["DELETE FROM statement WHERE seq = 30"], "the index of statements"),
        (["UPDATE statement SET seq = 29 WHERE seq = 30"], "the index of statements"),
        (["UPDATE mark SET mark = 'person:no' WHERE no = 5"], "the index of marks"),
        (["UPDATE event SET seq = 1000 WHERE seq = 60"], "event 1000: it stands where event 60"),
        (["CREATE TABLE more(x)"], "the table `more` is none of ours"),
        (["CREATE TRIGGER t AFTER INSERT ON event BEGIN SELECT 1; END"], "the trigger `t` is none"),
        (["DROP INDEX event_type"], "the index `event_type` is gone"),
    ],
)
def test_what_else_is_changed_is_found(path, statements, fault, tried):
    unguarded(path, *statements)
    tried("a value, a table or a trigger changed in the database itself", 1)
    assert first_fault(path).startswith(fault)


def test_a_trigger_that_is_gone_or_tamed_is_found(path):
    with bare(path) as connection:
        connection.execute("DROP TRIGGER payload_stays")
    assert first_fault(path) == "the trigger `payload_stays` is gone"
    with bare(path) as connection:
        connection.execute(
            "CREATE TRIGGER payload_stays BEFORE DELETE ON payload BEGIN SELECT 1; END"
        )
    assert first_fault(path) == "the trigger `payload_stays` is not as habeas makes it"


@pytest.mark.parametrize("swap", [(20, 21), (8, 50), (1, 2)])
def test_events_swapped_are_found(path, swap):
    one, other = swap
    columns = "id, type, version, recorded, commitment"
    with bare(path) as connection:
        rows = {
            seq: connection.execute(
                f"SELECT {columns}, salt, body FROM event JOIN payload USING (seq) WHERE seq = ?",  # noqa: S608
                (seq,),
            ).fetchone()
            for seq in swap
        }
    put = "UPDATE event SET id=?, type=?, version=?, recorded=?, commitment=? WHERE seq=?"
    say = "UPDATE payload SET salt=?, body=? WHERE seq=?"
    unguarded(
        path,
        (put, ("x", *rows[one][1:5], other)),
        (put, (*rows[other][:5], one)),
        (put, (*rows[one][:5], other)),
        (say, (*rows[one][5:], other)),
        (say, (*rows[other][5:], one)),
    )
    assert first_fault(path).startswith(f"event {one}: ")


@pytest.fixture(scope="module")
def modelled(tmp_path_factory):
    """A log of 240 events with two read models, the second of them condensed."""
    path = tmp_path_factory.mktemp("modelled") / "log.db"
    filled(path, 240)[0].close()
    with Case.open(path) as case:
        case.rebuild()
        case.rebuild(rules_from({"accept": "confirmed"}))
    with bare(path) as connection:
        rows = connection.execute(
            "SELECT known_from, person, code FROM belief WHERE model = 2 ORDER BY known_from"
        ).fetchall()
        codes = bytearray(8)
        for _, person, code in rows:
            codes[person] = code
        connection.execute("INSERT INTO sheet VALUES (2, ?, ?)", (rows[-1][0], bytes(codes)))
        connection.commit()
    assert verifying.verified(path).faults == ()
    return path


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE belief SET body = replace(body, '2001', '2002')", "the person of event 5"),
        ("UPDATE belief SET body = '[]' WHERE model = 2 AND person = 2", "the person of event 6"),
        ("UPDATE belief SET known_from = known_from - 1 WHERE person = 2", "the person of event 6"),
        ("DELETE FROM belief WHERE model = 1 AND person = 2", "the person of event 6"),
        ("UPDATE subject SET name = 'Another' WHERE no = 2", "the person of event 6"),
        ("UPDATE subject SET person = 'another' WHERE no = 2", "whom the log does not hold"),
        ("UPDATE cited SET data = replace(data, 'd-1', 'd-2')", "the person of event 5"),
        ("DELETE FROM cited WHERE person = 3", "the person of event 7"),
        ("UPDATE belief SET code = code + 1 WHERE person = 2", "codes of read model 1"),
        ("UPDATE belief SET code = 1000", "codes of read model 1"),
        ("UPDATE belief SET was = was + 1 WHERE model = 2", "codes of read model 2"),
        ("UPDATE sheet SET codes = zeroblob(8)", "codes of read model 2"),
        ("UPDATE sheet SET codes = CAST(codes || x'01' AS BLOB)", "codes of read model 2"),
        ("UPDATE model SET basis = '{}' WHERE no = 1", "read model 1 does not say by which rules"),
        ("UPDATE model SET position = 300 WHERE no = 1", "read model 1 is of a longer log"),
    ],
)
def test_what_a_read_model_should_not_say_is_found(modelled, tmp_path, statement, fault, tried):
    path = shutil.copy(modelled, tmp_path / "log.db")
    unguarded(path, statement)
    report = verifying.verified(path)
    assert fault in report.faults[0]
    assert report.faults[0].endswith(": habeas rebuild --new")
    assert "person-" not in "".join(report.faults)
    tried("a read model changed", 1)
    with Case.open(path) as case:
        case.rebuild()
        case.rebuild(rules_from({"accept": "confirmed"}))
    assert verifying.verified(path).sound


@pytest.mark.parametrize("statement", ["DELETE FROM cited WHERE person = 3", "SELECT 1"])
def test_two_processes_find_what_one_does(modelled, tmp_path, statement, monkeypatch):
    path = shutil.copy(modelled, tmp_path / "log.db")
    unguarded(path, statement)
    faults = verifying.verified(path).faults
    monkeypatch.setattr(believing, "MUCH", 1)
    monkeypatch.setattr(believing, "CHUNK", 1)
    assert verifying.verified(path).faults == faults


def test_a_read_model_behind_the_log_is_looked_at_where_it_is_believed(modelled, tmp_path):
    path = shutil.copy(modelled, tmp_path / "log.db")
    store = open_store(path)
    with store.appending() as writer:
        writer.add(invented_log(9, after=list(store.records())))
    store.close()
    assert verifying.verified(path).sound


def test_an_index_that_is_wrong_is_mended_by_rebuild(path, capsys):
    unguarded(path, "DELETE FROM marked WHERE seq = 30", "DELETE FROM statement WHERE seq = 29")
    assert all(
        fault.endswith(": habeas rebuild --new") for fault in verifying.verified(path).faults
    )
    assert CliRunner().invoke(cli.app, ["rebuild", "--new", "--db", str(path)]).exit_code == 0
    assert verifying.verified(path).sound


def test_every_format_tells_whether_it_is_sound(path):
    for form in ("table", "json", "nl", "csv", "md"):
        told = CliRunner().invoke(cli.app, ["verify", "--db", str(path), "--format", form])
        assert told.exit_code == 0, told.output
        assert "60" in told.stdout
    unguarded(path, "DELETE FROM marked WHERE seq = 30")
    for form in ("table", "json", "nl", "csv", "md"):
        told = CliRunner().invoke(cli.app, ["verify", "--db", str(path), "--format", form])
        assert told.exit_code == 1
        assert "the index of marks" in told.stdout
        assert ("Error: " in told.stderr) == (form != "table")


def test_a_changed_byte_of_the_file_is_found_or_says_nothing(path, tried):
    """Any byte of the file: a fault, or the very log, where nothing is stored at that place."""
    with Case.open(path) as case:
        whole = b"".join(case.export())
    content, chance, found = path.read_bytes(), random.Random(11), 0  # noqa: S311 - the same bytes
    other = path.with_name("other.db")
    for _ in range(FLIPS):
        at = chance.randrange(100, len(content))  # the first 100 are SQLite's own
        spoilt = bytearray(content)
        spoilt[at] ^= 1 << chance.randrange(8)
        other.write_bytes(spoilt)
        try:
            sound = verifying.verified(other).sound
        except HabeasError:
            sound = False
        found += not sound
        if sound:
            with Case.open(other) as case:
                assert b"".join(case.export()) == whole, at
    assert found > FLIPS // 10
    tried("a bit of the database's file turned, at random", FLIPS)


def test_a_spoilt_page_is_found(path):
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4096] = bytes(4096)
    path.write_bytes(content)
    with suppress(BadLog):
        assert not verifying.verified(path).sound


def test_a_backup_verifies_and_is_for_its_owner_alone(sound, tmp_path):
    report = copying.backup(sound, tmp_path / "copy.db")
    assert report.verdict.position == 60
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0
    assert verifying.verified(tmp_path / "copy.db").verdict == report.verdict
    with pytest.raises(Refused):
        copying.backup(sound, tmp_path / "copy.db")
    with pytest.raises(Refused, match="no folder"):
        copying.backup(sound, tmp_path / "nowhere" / "copy.db")


def test_what_does_not_verify_is_not_backed_up(path, tmp_path):
    unguarded(path, "UPDATE payload SET salt = zeroblob(16) WHERE seq = 30")
    with pytest.raises(BadLog, match="event 30"):
        copying.backup(path, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
