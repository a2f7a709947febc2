"""Commitments, ids, leaves and the Merkle tree (RFC 6962, section 2.1).

It hashes bytes it is given and encodes none but the leaf. The tree keeps only its peaks, the roots
of its perfect subtrees from left to right, which is all an append needs.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import Final

from habeas.log.peaks import NODE, root_of_peaks
from habeas.times import instant_text

SALT_BYTES: Final = 16
ID_CHARS: Final = 20
"""How long the id of an event is."""

_BASE32: Final = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS: Final = tuple(first + second for first in _BASE32 for second in _BASE32)
_SHIFTS: Final = tuple(range(90, -1, -10))
_DIGITS: Final = bytes.maketrans(_BASE32.encode(), b"0123456789abcdefghijklmnopqrstuv")
"""From the digits of an id to those that Python's `int` reads in base 32."""

EMPTY_ROOT: Final = sha256(b"").digest()


def commitment_of(salt: bytes, payload: bytes) -> bytes:
    """Return the commitment to a payload: SHA-256 of the salt followed by the canonical bytes."""
    return sha256(salt + payload).digest()


@lru_cache(maxsize=16_384)
def id_of(commitment: bytes) -> str:
    """Return an event's id: its commitment's first 20 characters in base32, lower case."""
    return new_id_of(commitment)


def new_id_of(commitment: bytes) -> str:
    """Return an event's id, which nobody is expected to ask for again."""
    bits = int.from_bytes(commitment[:13], "big") >> 4
    return "".join([_PAIRS[bits >> shift & 1023] for shift in _SHIFTS])


def is_id_of(id_: bytes, commitment: bytes) -> bool:
    """Whether 20 characters of base32 are the id of a commitment; that is told without making it.

    Raises ValueError of what is no base32.
    """
    return int(id_.translate(_DIGITS), 32) == int.from_bytes(commitment[:13], "big") >> 4


def leaf_of(*, commitment: bytes, recorded: int, seq: int, type_: str, version: int) -> bytes:
    """Return the canonical JSON that stands for an event in the tree; `recorded` in UTC µs."""
    return (
        f'{{"commitment":"{commitment.hex()}","id":"{id_of(commitment)}",'
        f'"recorded":"{instant_text(recorded)}","seq":{seq},"type":"{type_}","version":{version}}}'
    ).encode()


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf (RFC 6962: prefixed by 0x00)."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node (RFC 6962: prefixed by 0x01)."""
    return sha256(NODE + left + right).digest()


class Tree:
    """A growing Merkle tree, of which only the size and the peaks are kept."""

    __slots__ = ("peaks", "size")

    def __init__(self, size: int = 0, peaks: tuple[bytes, ...] = ()) -> None:
        if size.bit_count() != len(peaks):
            message = f"a tree of {size} leaves has {size.bit_count()} peaks, not {len(peaks)}"
            raise ValueError(message)
        self.size = size
        self.peaks = list(peaks)

    def __eq__(self, other: object) -> bool:
        """Say whether both have the same leaves, as far as hashes tell."""
        return isinstance(other, Tree) and (self.size, self.peaks) == (other.size, other.peaks)

    __hash__ = None  # type: ignore[assignment] # it grows

    def add(self, leaf: bytes) -> None:
        """Add a leaf at the right."""
        peaks, size = self.peaks, self.size
        # `leaf_hash` and `node_hash` without the calls, for whole logs.
        node = sha256(b"\x00" + leaf).digest()
        while size & 1:
            node = sha256(b"\x01" + peaks.pop() + node).digest()
            size >>= 1
        peaks.append(node)
        self.size += 1

    def grow(self, node: bytes) -> None:
        """Add a leaf at the right, of which the node that ends with it is known."""
        size = self.size
        while size & 1:
            self.peaks.pop()
            size >>= 1
        self.peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of all leaves added so far."""
        return root_of_peaks(self.peaks, sha256) if self.peaks else EMPTY_ROOT

    def copy(self) -> Tree:
        """Return a tree that grows apart from this one."""
        return Tree(self.size, tuple(self.peaks))
