"""Checkpoints and proofs: made of a log, and checked with or without one.

A proof is a file: one line of canonical JSON with a checksum of its own, so that a slip of the pen
is told from a false proof. Who checks it needs neither log nor database, but should hold a signed
checkpoint: a proof alone says that an event belongs to some log with that root.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from habeas import codec, textlog
from habeas.case import signing
from habeas.errors import BadLog, Refused, UnknownName
from habeas.log import Record, Tree, proofs
from habeas.log.checkpoints import Checkpoint, Key, origin_of, read_note
from habeas.log.hashes import leaf_hash

if TYPE_CHECKING:
    from habeas.case.main import Case

PROOF_MAX: Final = textlog.LINE_MAX * 2
"""The longest proof, in bytes, that is read."""

SPARE: Final = "restore a backup, or import a published export into a new database"

_KEYS: Final = {
    "inclusion": {"checksum", "line", "path", "proof", "root", "size"},
    "consistency": {"checksum", "from_root", "from_size", "path", "proof", "root", "size"},
}
_HEX: Final = re.compile("[0-9a-f]{64}")


def checkpoint(case: Case) -> Checkpoint:
    """Return where the log stands, computed from its events. Raises BadLog if they changed."""
    tree, root = Tree(), case.store.head().root
    for record in case.store.records():
        tree.add(record.leaf)
    if tree.root() != root:
        raise BadLog("the log's root is not the one stored with it", hint="habeas verify")
    return Checkpoint(origin(case), tree.size, tree.root())


def origin(case: Case) -> str:
    """Return the origin of a case's log."""
    return origin_of(case.name)


def signed_by(path: Path, key: Key) -> Checkpoint:
    """Return the checkpoint in a file, signed with a key. Raises BadLog."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadLog(f"{path} is no signed checkpoint", hint="it is a text in UTF-8") from None
    found, signatures = read_note(text)
    signing.check_signed(found, signatures, key)
    return found


def check_extends(case: Case, earlier: Checkpoint) -> Checkpoint:
    """Check that a log begins with the one that was signed; return where it stands.

    Everything is computed from the events' leaves. Raises BadLog where the log is another, or
    shorter.
    """
    if earlier.origin != origin(case):
        message = f"the checkpoint is of '{earlier.origin}', and this log is '{origin(case)}'"
        raise Refused(message, hint="open that case's database: --db")
    tree, was = Tree(), None
    for size, record in enumerate((None, *case.store.records())):
        if record is not None:
            tree.add(record.leaf)
        was = tree.root() if size == earlier.size else was
    if was is None:
        message = f"the log has {tree.size} events, the signed one had {earlier.size}"
        raise BadLog(message, hint=f"events were dropped: {SPARE}")
    if was != earlier.root:
        message = f"the log's first {earlier.size} events are not those that were signed"
        raise BadLog(message, hint=f"the log was changed: {SPARE}")
    return Checkpoint(earlier.origin, tree.size, tree.root())


def prove_event(case: Case, record: Record) -> bytes:
    """Return the proof that an event is in the log, with its line as this audience may read it."""
    leaves = [leaf_hash(one.leaf) for one in case.store.records()]
    return _file(
        {
            "proof": "inclusion",
            "line": textlog.line_of(record).decode().rstrip("\n"),
            "path": [one.hex() for one in proofs.inclusion(leaves, record.seq - 1)],
            "root": proofs.root_of(leaves).hex(),
            "size": len(leaves),
        }
    )


def prove_growth(case: Case, size: int) -> bytes:
    """Return the proof that the log begins with its first `size` events."""
    leaves = [leaf_hash(one.leaf) for one in case.store.records()]
    if not 0 <= size <= len(leaves):
        message = f"the log has {len(leaves)} events, so it never had {size}"
        raise UnknownName(message, hint=f"--from @0 to @{len(leaves)}")
    return _file(
        {
            "proof": "consistency",
            "from_root": proofs.root_of(leaves[:size]).hex(),
            "from_size": size,
            "path": [one.hex() for one in proofs.consistency(leaves, size)],
            "root": proofs.root_of(leaves).hex(),
            "size": len(leaves),
        }
    )


def _file(values: dict[str, Any]) -> bytes:
    return codec.canonical({**values, "checksum": _checksum(values)}) + b"\n"


def _checksum(values: dict[str, Any]) -> str:
    return sha256(codec.canonical(values)).hexdigest()


def check(content: bytes, signed: Checkpoint | None) -> dict[str, Any]:
    """Check a proof, and that it leads to the root that was signed; return what it proves.

    `signed` is compared with the proof's later end or, for one of growth, also with its earlier.
    Raises BadLog for what is no proof, or a false one.
    """
    values = _read(content)
    ends = [(values["size"], values["root"])]
    if values["proof"] == "inclusion":
        found = _included(values)
    else:
        found = _grown(values)
        ends.append((values["from_size"], values["from_root"]))
    if signed is not None and (signed.size, signed.root.hex()) not in ends:
        message = f"the proof leads to another log than the one signed at {signed.size} events"
        raise BadLog(message, hint="ask for a proof against that checkpoint")
    return found


def _read(content: bytes) -> dict[str, Any]:
    if len(content) > PROOF_MAX:
        raise BadLog(f"a proof has at most {PROOF_MAX:,} bytes")
    if not content.endswith(b"\n"):
        raise BadLog("the proof is cut off", hint="fetch it again")
    values = codec.read_json(content[:-1], "the proof")
    kind = values.get("proof")
    if not isinstance(kind, str) or values.keys() != _KEYS.get(kind):
        raise BadLog("this is no proof", hint="`habeas prove EVENT` writes one")
    rest = {key: value for key, value in values.items() if key != "checksum"}
    if values["checksum"] != _checksum(rest) or not _formed(values):
        raise BadLog("the proof was changed: its checksum differs", hint="fetch it again")
    return values


def _formed(values: dict[str, Any]) -> bool:
    path = values["path"]
    roots = [values["root"], values.get("from_root", values["root"])]
    return (
        isinstance(path, list)
        and all(isinstance(one, str) and _HEX.fullmatch(one) for one in (*path, *roots))
        and all(type(values.get(key, 0)) is int for key in ("size", "from_size"))
        and isinstance(values.get("line", ""), str)
    )


def _path(values: dict[str, Any]) -> list[bytes]:
    return [bytes.fromhex(one) for one in values["path"]]


def _included(values: dict[str, Any]) -> dict[str, Any]:
    record = textlog.read_line(f"{values['line']}\n".encode(), 1)
    leaf = leaf_hash(record.leaf)
    root = proofs.root_included(leaf, record.seq - 1, values["size"], _path(values))
    if root is None or root.hex() != values["root"]:
        raise BadLog("the proof is false: it does not lead from the event to the root")
    return {
        "proof": "inclusion",
        "seq": record.seq,
        "event": record.id,
        "type": record.type,
        "whole": record.payload is not None,
        "size": values["size"],
        "root": values["root"],
    }


def _grown(values: dict[str, Any]) -> dict[str, Any]:
    was, now = bytes.fromhex(values["from_root"]), bytes.fromhex(values["root"])
    if not proofs.is_consistent(values["from_size"], was, values["size"], now, _path(values)):
        raise BadLog("the proof is false: the later log does not begin with the earlier one")
    return {
        "proof": "consistency",
        **{key: values[key] for key in ("from_size", "from_root", "size", "root")},
    }
