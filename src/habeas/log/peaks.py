"""The peaks of a growing Merkle tree (RFC 6962): where they end, and the root that they make.

Peaks are the roots of its perfect subtrees, from left to right. What hashes is given: this module
loads nothing, for who only wants to name a root.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hashlib import _Hash

NODE: Final = b"\x01"
"""What is hashed before the two halves of an inner node (RFC 6962, section 2.1)."""


def ends_of_peaks(position: int) -> list[int]:
    """Return the last leaf under each peak of a tree of `position` leaves, from left to right."""
    ends = []
    while position:
        ends.append(position)
        position &= position - 1
    return ends[::-1]


def ends_beside(end: int) -> list[int]:
    """Return where the subtrees end that are joined to a leaf, to make the largest it ends.

    The nearest first.
    """
    return [end - (1 << size) for size in range((end & -end).bit_length() - 1)]


def root_of_peaks(peaks: Sequence[bytes], sha256: Callable[[bytes], _Hash]) -> bytes:
    """Return the root that peaks make, of which there is one at least."""
    root = peaks[-1]
    for peak in peaks[-2::-1]:
        root = sha256(NODE + peak + root).digest()
    return root
