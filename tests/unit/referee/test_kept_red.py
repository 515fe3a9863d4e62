import hashlib
from dataclasses import replace

import pytest
from judged import GREEN, RED

from seenred.domain.proof import Verdict
from seenred.domain.tree import Entry, Tree
from seenred.errors import UsageError
from seenred.referee.kept_red import require_reds, tampered_since

TEST = RED.subject
SOURCE = b"def test_total(): assert total([1, 2]) == 3\n"
KEPT = replace(
    RED,
    inputs={
        "base": "00" * 32,
        "tests/test_cart.py": hashlib.sha256(SOURCE).hexdigest(),
    },
)
TREE = Tree({"tests/test_cart.py": Entry("source")})


class _Blobs:
    def __init__(self, content):
        self.content = content

    def read(self, _):
        return self.content

    def add(self, content):
        raise NotImplementedError


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
    assert tampered_since([KEPT], TREE, _Blobs(SOURCE)) is None


def test_a_test_that_was_changed_or_removed_since_is_tampered():
    for tree, source in ((TREE, SOURCE + b"#"), (Tree({}), b"")):
        refused = tampered_since([KEPT], tree, _Blobs(source))
        assert refused is not None
        assert (Verdict.REFUTED, "tampered") == (refused.verdict, refused.reason)
