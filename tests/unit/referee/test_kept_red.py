import hashlib
from dataclasses import replace

import pytest
from judged import GREEN, RED
from memory_blobs import MemoryBlobs

from seenred.domain.proof import Verdict
from seenred.domain.tree import Tree
from seenred.errors import UsageError
from seenred.referee.kept_red import require_reds, tampered_since

TEST = RED.subject
SOURCE = "def test_total(): assert total([1, 2]) == 3\n"
KEPT = replace(
    RED,
    inputs={
        "base": "00" * 32,
        "tests/test_cart.py": hashlib.sha256(SOURCE.encode()).hexdigest(),
    },
)
BLOBS = MemoryBlobs()


def test_the_red_of_a_function_stands_for_its_cases():
    assert (KEPT,) == require_reds([GREEN, KEPT], [f"{TEST}[3]"])


@pytest.mark.parametrize(
    "proofs",
    [[], [GREEN], [replace(KEPT, verdict=Verdict.REFUTED)], [replace(KEPT, subject="a.py::b")]],
)
def test_without_a_proven_red_of_the_test_green_is_not_asked(proofs):
    with pytest.raises(UsageError) as caught:
        require_reds(proofs, [TEST])
    assert "red-missing" == caught.value.code


def test_a_test_that_is_as_it_was_is_not_tampered():
    tree = BLOBS.tree({"tests/test_cart.py": SOURCE})
    assert tampered_since([KEPT], tree, BLOBS) is None


def test_a_test_that_was_changed_or_removed_since_is_tampered():
    for tree in (BLOBS.tree({"tests/test_cart.py": SOURCE + "#"}), Tree({})):
        refused = tampered_since([KEPT], tree, BLOBS)
        assert refused is not None
        assert (Verdict.REFUTED, "tampered") == (refused.verdict, refused.reason)
