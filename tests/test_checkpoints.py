"""Checkpoints and proofs as files: signed, read, checked; and every changed byte found."""

from __future__ import annotations

import json

import pytest
from attrs import evolve

from habeas.case import Case, proving, signing
from habeas.errors import BadLog, HabeasError, Refused
from habeas.log.checkpoints import (
    Checkpoint,
    origin_of,
    read_note,
    read_signer,
    read_verifier,
    verifier_text,
)
from invented import invented_log
from stored import filled

pytest.importorskip("cryptography")


@pytest.fixture
def case(tmp_path, clock, entropy):
    filled(tmp_path / "log.db", 23)[0].close()
    with Case.open(tmp_path / "log.db", clock=clock, entropy=entropy) as opened:
        yield opened


@pytest.fixture
def signed(case, tmp_path):
    """A signed checkpoint of the case, and the key to check it with."""
    public = signing.new_key(tmp_path / "key", proving.origin(case))
    note = tmp_path / "note"
    note.write_text(signing.sign(proving.checkpoint(case), tmp_path / "key"))
    return note, read_verifier(public)


def case_of(path, records, clock, entropy):
    """A case in a new database that holds these records."""
    made = Case.open(path, clock=clock, entropy=entropy, create=True)
    with made.store.appending() as log:
        log.add(records)
    return made


def test_a_note_has_the_form_of_c2sp(case, signed):
    lines = signed[0].read_text().split("\n")
    assert lines[0] == "habeas/invented"
    assert lines[1] == "23"
    assert lines[3] == ""
    assert lines[4].startswith("— habeas/invented ")
    assert lines[5:] == [""]
    assert proving.signed_by(*signed) == proving.checkpoint(case)


def test_the_key_of_the_go_checksum_database_is_read():
    text = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    key = read_verifier(text)
    assert verifier_text(key.name, key.value) == text


def test_a_private_key_is_for_its_owner_alone_and_never_overwritten(case, tmp_path):
    signing.new_key(tmp_path / "key", "habeas/invented")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert read_signer((tmp_path / "key").read_text()).name == "habeas/invented"
    with pytest.raises(Refused):
        signing.new_key(tmp_path / "key", "habeas/invented")


def test_a_key_signs_for_its_own_log_alone(case, tmp_path):
    signing.new_key(tmp_path / "other", origin_of("another"))
    with pytest.raises(Refused, match="signs for 'habeas/another'"):
        signing.sign(proving.checkpoint(case), tmp_path / "other")


def test_every_changed_byte_of_a_note_is_found(signed, tmp_path, tried):
    note, key = signed
    whole, tries = note.read_bytes(), 0
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 1
        (tmp_path / "changed").write_bytes(changed)
        with pytest.raises(HabeasError):
            proving.signed_by(tmp_path / "changed", key)
        tries += 1
    assert tries == len(whole)
    tried("a byte of a signed note or of a proof changed: all of them", tries)


def test_a_log_that_grew_extends_what_was_signed(case, signed, tmp_path, clock, entropy):
    earlier = proving.signed_by(*signed)
    assert proving.check_extends(case, earlier).size == 23
    records = list(case.store.records())
    with case.store.appending() as log:
        log.add(invented_log(7, after=records))
    assert proving.check_extends(case, earlier).size == 30


def reversed_pair(log):
    return [*log[:10], log[11], log[10], *log[12:]]


@pytest.mark.parametrize(
    "change",
    [
        reversed_pair,
        lambda log: [*log[:10], *log[11:]],
        lambda log: [*log[:10], log[9], *log[10:]],
        lambda log: log[:20],
        lambda log: [*log[:10], invented_log(1, salt="other", after=log)[0], *log[10:]],
        lambda log: log[:10] + invented_log(13, after=log[:10], step=1_000_001),
    ],
    ids=["swapped", "dropped", "twice", "cut", "inserted", "redated"],
)
def test_a_log_made_anew_with_right_hashes_is_not_what_was_signed(
    change, case, signed, tmp_path, clock, entropy, tried
):
    """Somebody recomputes every hash, so that the log verifies, and lacks the key."""
    first = invented_log(1)[0].recorded
    forged = [
        evolve(one, seq=seq, recorded=first + seq)
        for seq, one in enumerate(change(list(case.store.records())), start=1)
    ]
    unique = list({one.commitment: one for one in forged}.values())
    forged = [evolve(one, seq=seq) for seq, one in enumerate(unique, start=1)]
    with (
        case_of(tmp_path / "forged.db", forged, clock, entropy) as other,
        pytest.raises(BadLog, match=r"not those that were signed|the signed one had"),
    ):
        proving.check_extends(other, proving.signed_by(*signed))
    tried("events swapped, dropped, doubled, cut, inserted, re-dated, all hashes made anew", 1)


def test_a_checkpoint_of_another_case_is_refused(case):
    with pytest.raises(Refused, match="habeas/another"):
        proving.check_extends(case, Checkpoint("habeas/another", 1, bytes(32)))


def test_every_event_is_proven_without_the_log(case, signed):
    checkpoint = proving.signed_by(*signed)
    for record in case.store.records():
        found = proving.check(proving.prove_event(case, record), checkpoint)
        assert (found["seq"], found["event"], found["whole"]) == (record.seq, record.id, True)


def test_growth_is_proven_without_the_log(case, signed):
    checkpoint = proving.signed_by(*signed)
    for size in range(24):
        found = proving.check(proving.prove_growth(case, size), checkpoint)
        assert (found["from_size"], found["size"]) == (size, 23)


def test_every_changed_byte_of_a_proof_is_found(case, tried):
    tries = 0
    for whole in (
        proving.prove_event(case, next(case.store.read([12]))),
        proving.prove_growth(case, 11),
    ):
        for at in range(len(whole)):
            changed = bytearray(whole)
            changed[at] ^= 1
            with pytest.raises(BadLog):
                proving.check(bytes(changed), None)
            tries += 1
    assert tries > 1_000
    tried("a byte of a signed note or of a proof changed: all of them", tries)


def test_a_false_proof_with_a_right_checksum_is_found(case):
    values = json.loads(proving.prove_event(case, next(case.store.read([12]))))
    del values["checksum"]
    values["path"][1] = values["root"]
    with pytest.raises(BadLog, match="false"):
        proving.check(proving._file(values), None)


def test_a_proof_of_another_log_is_not_one_for_the_checkpoint(case, signed):
    checkpoint = proving.signed_by(*signed)
    with case.store.appending() as log:
        log.add(invented_log(1, after=list(case.store.records())))
    proof = proving.prove_event(case, next(case.store.read([12])))
    assert proving.check(proof, None)["size"] == 24
    with pytest.raises(BadLog, match="another log"):
        proving.check(proof, checkpoint)


@pytest.mark.parametrize("text", ["", "a\n1\nb\n", "a\n1\nb\n\n", "a\n01\nb\n\n— a b\n", "\n" * 9])
def test_what_is_no_note_is_refused(text):
    with pytest.raises(BadLog):
        read_note(text)


def test_an_empty_key_file_is_called_empty():
    with pytest.raises(HabeasError, match="the file is empty"):
        read_signer("\n")
