"""Proofs: RFC 6962's own vectors, an independent implementation, and everything false refused."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.log import Tree, proofs
from habeas.log.hashes import leaf_hash

# The leaves and roots of the Certificate Transparency project's tests of RFC 6962.
LEAVES = tuple(
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
)
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
PATH_5_OF_8 = (
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
)
MOST = 40


def hashes(leaves):
    return [leaf_hash(leaf) for leaf in leaves]


def invented(count):
    return [f"leaf {n}".encode() for n in range(count)]


def test_the_roots_of_rfc_6962():
    for size, root in enumerate(ROOTS, start=1):
        tree = Tree()
        for leaf in LEAVES[:size]:
            tree.add(leaf)
        assert proofs.root_of(hashes(LEAVES[:size])).hex() == tree.root().hex() == root


def test_a_path_of_rfc_6962():
    path = proofs.inclusion(hashes(LEAVES), 5)
    assert [one.hex() for one in path] == list(PATH_5_OF_8)


def test_every_inclusion_leads_to_the_root_and_no_other_place_does():
    for size in range(1, MOST):
        leaves = hashes(invented(size))
        root = proofs.root_of(leaves)
        for index in range(size):
            path = proofs.inclusion(leaves, index)
            assert proofs.root_included(leaves[index], index, size, path) == root
            assert proofs.root_included(leaves[index - 1], index, size, path) != root or size == 1
            assert proofs.root_included(leaves[index], size, size, path) is None
            assert proofs.root_included(leaves[index], index, size, [*path, root]) != root
            if path:
                assert proofs.root_included(leaves[index], index, size, path[:-1]) != root


def test_every_growth_is_consistent_and_every_other_is_not():
    for size in range(1, MOST):
        leaves = hashes(invented(size))
        root = proofs.root_of(leaves)
        for earlier in range(size + 1):
            was, path = proofs.root_of(leaves[:earlier]), proofs.consistency(leaves, earlier)
            assert proofs.is_consistent(earlier, was, size, root, path)
            if 0 < earlier < size:
                other = proofs.root_of(hashes([b"another", *invented(earlier - 1)]))
                assert not proofs.is_consistent(earlier, other, size, root, path)
                assert not proofs.is_consistent(earlier, was, size, other, path)
                assert not proofs.is_consistent(earlier, was, size, root, path[:-1])
                assert not proofs.is_consistent(earlier, was, size, root, [*path, was])
            assert not proofs.is_consistent(size + 1, was, size, root, path)


@given(st.integers(1, 200), st.randoms(use_true_random=False))
def test_a_changed_byte_of_a_path_leads_elsewhere(size, chance):
    leaves = hashes(invented(size))
    index = chance.randrange(size)
    path = proofs.inclusion(leaves, index)
    if path:
        at, bit = chance.randrange(len(path)), chance.randrange(256)
        number = int.from_bytes(path[at], "big") ^ 1 << bit
        path[at] = number.to_bytes(32, "big")
        assert proofs.root_included(leaves[index], index, size, path) != proofs.root_of(leaves)


def test_an_independent_implementation_agrees(tried):
    pymerkle = pytest.importorskip("pymerkle")
    chance = random.Random(6962)  # noqa: S311 - the same sizes each time
    for size in (*range(1, 18), *(chance.randrange(18, 300) for _ in range(10))):
        leaves = invented(size)
        theirs = pymerkle.InmemoryTree(algorithm="sha256")
        for leaf in leaves:
            theirs.append_entry(leaf)
        assert proofs.root_of(hashes(leaves)) == theirs.get_root()
        index = chance.randrange(size)
        proof = theirs.prove_inclusion(index + 1)
        assert set(proofs.inclusion(hashes(leaves), index)) == _others(proof, leaves[index])
        earlier = chance.randrange(1, size + 1)
        assert proofs.root_of(hashes(leaves[:earlier])) == theirs.get_root(earlier)
    tried("trees of which `pymerkle` was asked root, paths and earlier roots", 27, "it agrees")


def _others(proof, leaf):
    """The hashes of a path of pymerkle, without the leaf's own."""
    return set(proof.path) - {leaf_hash(leaf)}
