"""Checkpoints: where a log stood, as a text that somebody signs (C2SP tlog-checkpoint).

A checkpoint is three lines: the origin (`habeas/CASE`), the number of events, and the root in
base64; signatures follow after an empty line (C2SP signed-note). It reads and writes the text and
the texts of keys; what signs is `case.signing`'s, and passed in.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as BadBase64
from hashlib import sha256
from typing import Final, NamedTuple

from habeas.errors import BadLog, HabeasError

ED25519: Final = b"\x01"
KEY_BYTES: Final = 32
NOTE_MAX: Final = 65_536
"""The longest note, in characters, that is read."""

_SIGNATURE: Final = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+=*)")
_VERIFIER: Final = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)")
_SIGNER: Final = re.compile(r"PRIVATE\+KEY\+([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)")
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,15}")


class Checkpoint(NamedTuple):
    """A log's name, the number of its events, and its root after them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"


class Signature(NamedTuple):
    """A line under a note: the key's name, the first 4 bytes of its hash, and the signature."""

    name: str
    key_hash: bytes
    value: bytes


class Key(NamedTuple):
    """A key with its name: the 32 bytes of a public key, or the seed of a private one."""

    name: str
    key_hash: bytes
    value: bytes


def origin_of(case: str) -> str:
    """Return the origin of a case's log, which is also the name of the key that signs for it."""
    return f"habeas/{case}"


def key_hash(name: str, public: bytes) -> bytes:
    """Return by which 4 bytes a note names an Ed25519 key."""
    return sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def signed(checkpoint: Checkpoint, signature: Signature) -> str:
    """Return a checkpoint with its signature, as a note."""
    value = _base64(signature.key_hash + signature.value)
    return f"{checkpoint.text}\n— {signature.name} {value}\n"


def read_note(text: str) -> tuple[Checkpoint, tuple[Signature, ...]]:
    """Return the checkpoint in a note, and its signatures, none of them checked. Raises BadLog."""
    body, blank, rest = text.partition("\n\n")
    lines = body.split("\n")
    fits = (
        len(text) <= NOTE_MAX
        and blank
        and rest.endswith("\n")
        and len(lines) == 3  # noqa: PLR2004 - origin, size, root
        and _SIZE.fullmatch(lines[1])
    )
    if not fits:
        message = "this is no signed checkpoint: three lines, an empty one, and the signatures"
        raise BadLog(message, hint="`habeas checkpoint --key FILE` writes one")
    checkpoint = Checkpoint(lines[0], int(lines[1]), _bytes(lines[2], "the root", KEY_BYTES))
    return checkpoint, tuple(map(_signature, rest[:-1].split("\n")))


def _signature(line: str) -> Signature:
    found = _SIGNATURE.fullmatch(line)
    if found is None:
        raise BadLog("a line under the checkpoint is no signature", hint="— NAME BASE64")
    value = _bytes(found[2], "a signature", None)
    return Signature(found[1], value[:4], value[4:])


def verifier_text(name: str, public: bytes) -> str:
    """Return a public key as a line of text, to be given to whoever checks notes."""
    return f"{name}+{key_hash(name, public).hex()}+{_base64(ED25519 + public)}"


def signer_text(name: str, public: bytes, seed: bytes) -> str:
    """Return a private key as a line of text, to be kept."""
    return f"PRIVATE+KEY+{name}+{key_hash(name, public).hex()}+{_base64(ED25519 + seed)}"


def read_verifier(text: str) -> Key:
    """Return the public key in a line of text. Raises HabeasError."""
    key = _key(text, _VERIFIER, "public", "NAME+HASH+BASE64, as --new-key prints it")
    if key_hash(key.name, key.value) != key.key_hash:
        raise HabeasError("the public key does not fit its hash", hint="copy the whole line")
    return key


def read_signer(text: str) -> Key:
    """Return the private key in a line of text. Raises HabeasError."""
    return _key(text, _SIGNER, "private", "a file that `habeas checkpoint --new-key FILE` wrote")


def _key(text: str, form: re.Pattern[str], which: str, hint: str) -> Key:
    if not text.strip():
        where = "file" if which == "private" else "key, or its file,"
        raise HabeasError(f"the {where} is empty", hint=hint)
    found = form.fullmatch(text.strip())
    value = b"" if found is None else _bytes(found[3], "the key", None)
    if found is None or value[:1] != ED25519 or len(value) != 1 + KEY_BYTES:
        raise HabeasError(f"this is no {which} Ed25519 key of a note", hint=hint)
    return Key(found[1], bytes.fromhex(found[2]), value[1:])


def _base64(value: bytes) -> str:
    return b64encode(value).decode()


def _bytes(text: str, what: str, size: int | None) -> bytes:
    """Return the bytes of a base64 text, which has one form only."""
    try:
        value = b64decode(text, validate=True)
    except (BadBase64, ValueError):
        value = b""
    if not value or _base64(value) != text or (size is not None and len(value) != size):
        raise BadLog(f"{what} is not base64, as a note has it", hint="copy the note whole")
    return value
