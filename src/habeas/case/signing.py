"""Signing checkpoints with Ed25519, and checking signatures: what needs `cryptography`.

Keys live in files of their own, never in the database: who can write the log must not also be able
to sign for it unseen. The extra `sign` installs what this module imports.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from habeas.errors import BadLog, HabeasError, Refused
from habeas.log.checkpoints import (
    Checkpoint,
    Key,
    Signature,
    key_hash,
    read_signer,
    signed,
    signer_text,
    verifier_text,
)

if TYPE_CHECKING:
    from types import ModuleType


def _ed25519() -> ModuleType:
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - an extra
    except ImportError:
        message = "signatures need the package `cryptography`, which is not installed"
        hint = "pip install 'habeas[sign]', or in a clone: pip install '.[sign]'"
        raise HabeasError(message, hint=hint) from None
    return ed25519


def new_key(path: Path, name: str) -> str:
    """Write a new private key to a file that its owner alone can read; return the public key.

    Raises Refused if there is a file already.
    """
    private = _ed25519().Ed25519PrivateKey.generate()
    seed, public = private.private_bytes_raw(), private.public_key().public_bytes_raw()
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        message = f"there is a file at {path} already"
        raise Refused(message, hint="a key is never overwritten: choose another name") from None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"{signer_text(name, public, seed)}\n")
    return verifier_text(name, public)


def sign(checkpoint: Checkpoint, path: Path) -> str:
    """Return a checkpoint as a note, signed with the key in a file."""
    key = read_signer(path.read_text(encoding="utf-8"))
    if key.name != checkpoint.origin:
        message = f"the key in {path} signs for '{key.name}', and this is '{checkpoint.origin}'"
        raise Refused(message, hint="take that log's key, or make one: --new-key FILE")
    private = _ed25519().Ed25519PrivateKey.from_private_bytes(key.value)
    public = private.public_key().public_bytes_raw()
    value = private.sign(checkpoint.text.encode())
    return signed(checkpoint, Signature(key.name, key_hash(key.name, public), value))


def check_signed(checkpoint: Checkpoint, signatures: Iterable[Signature], key: Key) -> None:
    """Check that a public key has signed a checkpoint. Raises BadLog."""
    ours = [one for one in signatures if (one.name, one.key_hash) == (key.name, key.key_hash)]
    if not ours:
        message = f"the checkpoint is not signed by '{key.name}' with this key"
        raise BadLog(message, hint="give the public key of whoever signed it: --public-key")
    if not all(_fits(checkpoint, one, key) for one in ours):
        message = "the signature does not fit the checkpoint: one of them was changed"
        raise BadLog(message, hint="fetch it again, from where it was published")


def _fits(checkpoint: Checkpoint, signature: Signature, key: Key) -> bool:
    public = _ed25519().Ed25519PublicKey.from_public_bytes(key.value)
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - an extra

    try:
        public.verify(signature.value, checkpoint.text.encode())
    except InvalidSignature:
        return False
    return True
