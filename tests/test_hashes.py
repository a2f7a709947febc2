"""The Merkle tree against RFC 6962: its published vectors, and a reference written from its text.

The leaves and roots are those of the test of Certificate Transparency's own Merkle tree
(`merkle_tree_test.cc`), which RFC 6962 implementations share.
"""

from __future__ import annotations

from base64 import b32encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.log.hashes import (
    EMPTY_ROOT,
    Tree,
    commitment_of,
    id_of,
    leaf_hash,
    leaf_of,
    node_hash,
)

LEAVES = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
EVENT = {"recorded": 981_173_106_000_007, "seq": 12, "type_": "person.registered", "version": 1}


def reference(leaves):
    """MTH of RFC 6962, section 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + reference(leaves[:k]) + reference(leaves[k:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots(size):
    tree = Tree()
    for leaf in LEAVES[:size]:
        tree.add(bytes.fromhex(leaf))
    assert tree.root().hex() == ROOTS[size]
    assert reference([bytes.fromhex(leaf) for leaf in LEAVES[:size]]).hex() == ROOTS[size]


def test_the_empty_tree():
    assert EMPTY_ROOT == Tree().root() == reference([])


@given(st.lists(st.binary(max_size=4), max_size=140))
def test_the_tree_equals_the_recursive_definition_at_every_size(leaves):
    tree = Tree()
    for size, leaf in enumerate(leaves, start=1):
        tree.add(leaf)
        assert tree.size == size
    assert tree.root() == reference(leaves)


@given(st.lists(st.binary(max_size=2), max_size=40), st.integers(0, 40))
def test_a_tree_goes_on_from_its_peaks(leaves, cut):
    begun = Tree()
    for leaf in leaves[:cut]:
        begun.add(leaf)
    resumed = Tree(begun.size, tuple(begun.peaks))
    apart = begun.copy()
    for leaf in leaves[cut:]:
        resumed.add(leaf)
    assert resumed.root() == reference(leaves)
    assert apart.root() == begun.root() == reference(leaves[:cut])


@pytest.mark.parametrize(("size", "peaks"), [(0, 1), (1, 0), (3, 1), (4, 2), (7, 2)])
def test_peaks_that_do_not_fit_the_size(size, peaks):
    with pytest.raises(ValueError, match=f"{size} leaves"):
        Tree(size, (b"x" * 32,) * peaks)


def test_leaves_and_nodes_are_told_apart():
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert node_hash(left, right) != leaf_hash(left + right)
    assert leaf_hash(b"a") == sha256(b"\x00a").digest()


def test_commitment_and_id_by_hand():
    salt, payload = bytes(range(16)), b'{"data":{},"recorder":"x"}'
    commitment = commitment_of(salt, payload)
    assert commitment == sha256(salt + payload).digest()
    assert id_of(commitment) == b32encode(commitment).decode().lower()[:20]


@given(st.binary(min_size=32, max_size=32))
def test_an_id_is_the_commitments_first_twenty_characters(commitment):
    assert id_of(commitment) == b32encode(commitment).decode().lower().rstrip("=")[:20]


def test_a_leaf_is_canonical_json():
    commitment = sha256(b"x").digest()
    assert leaf_of(commitment=commitment, **EVENT).decode() == (
        '{"commitment":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",'
        '"id":"fvyrmqvxe2yeialcpsu7","recorded":"2001-02-03T04:05:06.000007Z","seq":12,'
        '"type":"person.registered","version":1}'
    )
