"""Proofs about the log's Merkle tree: that an event is in it, that it grew from an earlier one.

The algorithms of RFC 6962, section 2.1 (checking: RFC 9162, sections 2.1.3.2 and 2.1.4.2), over the
hashes of leaves. It hashes nodes and compares; whose root it was, `checkpoints` tells. Sizes count
leaves, indexes count from 0, `(start, end)` includes its start and not its end.
"""

from __future__ import annotations

from collections.abc import Sequence

from habeas.log.hashes import EMPTY_ROOT, node_hash

Hashes = Sequence[bytes]


def root_of(leaves: Hashes) -> bytes:
    """Return the root of the tree over these hashes of leaves."""
    return _root(leaves, 0, len(leaves)) if leaves else EMPTY_ROOT


def _root(leaves: Hashes, start: int, end: int) -> bytes:
    """Return the root over leaves `[start, end)`, of which there is one at least."""
    if end - start == 1:
        return leaves[start]
    middle = start + _split(end - start)
    return node_hash(_root(leaves, start, middle), _root(leaves, middle, end))


def _split(size: int) -> int:
    """Return the largest power of two below `size`, which is 2 or more."""
    return 1 << (size - 1).bit_length() - 1


def inclusion(leaves: Hashes, index: int) -> list[bytes]:
    """Return the proof that the leaf at `index` is in the tree over `leaves`, the nearest first."""
    start, end, path = 0, len(leaves), []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_root(leaves, middle, end))
            end = middle
        else:
            path.append(_root(leaves, start, middle))
            start = middle
    return path[::-1]


def consistency(leaves: Hashes, size: int) -> list[bytes]:
    """Return the proof that the tree over `leaves` begins with that over the first `size`."""
    if not 0 < size < len(leaves):
        return []
    return _consistency(leaves, size, 0, len(leaves), whole=True)


def _consistency(leaves: Hashes, size: int, start: int, end: int, *, whole: bool) -> list[bytes]:
    """Return SUBPROOF of RFC 6962; `size` counts from the tree's first leaf."""
    if size == end:
        return [] if whole else [_root(leaves, start, end)]
    middle = start + _split(end - start)
    if size <= middle:
        return [
            *_consistency(leaves, size, start, middle, whole=whole),
            _root(leaves, middle, end),
        ]
    return [
        *_consistency(leaves, size, middle, end, whole=False),
        _root(leaves, start, middle),
    ]


def root_included(leaf: bytes, index: int, size: int, path: Hashes) -> bytes | None:
    """Return the root that a proof of inclusion leads to; None if it is no proof at that place."""
    if not 0 <= index < size:
        return None
    here, last, node = index, size - 1, leaf
    for other in path:
        if last == 0:
            return None
        if here & 1 or here == last:
            node = node_hash(other, node)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            node = node_hash(node, other)
        here, last = here >> 1, last >> 1
    return node if last == 0 else None


def is_consistent(size: int, root: bytes, later: int, later_root: bytes, path: Hashes) -> bool:
    """Say whether a proof shows that the tree of `later` leaves begins with that of `size`."""
    if not 0 <= size <= later:
        return False
    if size == later:
        return root == later_root and not path
    if size == 0:
        return root == EMPTY_ROOT and not path
    found = _roots_consistent(size, root, later, path)
    return found == (root, later_root)


def _roots_consistent(size: int, root: bytes, later: int, path: Hashes) -> object:
    """Return the earlier and the later root that a proof leads to; None if it is no proof."""
    hashes = [root, *path] if size & size - 1 == 0 else list(path)
    if not hashes:
        return None
    here, last = size - 1, later - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = hashes[0]
    for other in hashes[1:]:
        if last == 0:
            return None
        if here & 1 or here == last:
            old, new = node_hash(other, old), node_hash(other, new)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            new = node_hash(new, other)
        here, last = here >> 1, last >> 1
    return (old, new) if last == 0 else None
