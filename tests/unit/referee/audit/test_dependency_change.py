from __future__ import annotations

from dataclasses import replace

import pytest
from memory_blobs import MemoryBlobs

from seenred.domain.layout import Layout
from seenred.domain.proof import Claim, Proof, Verdict
from seenred.referee.audit.dependency_change import excused_by, other_dependencies

REFUSED = "suite-unusable"


def refused(decisive: str) -> Proof:
    return Proof(Claim.GREEN, Verdict.REFUTED, "t", REFUSED, decisive)


@pytest.mark.parametrize(
    ("decisive", "differing", "same"),
    [
        ("ModuleNotFoundError: No module named 'attrs'", "dependencies-changed", "package-missing"),
        ("ImportError: cannot import name 'x' from 'attrs.y' (…)", "dependencies-changed", REFUSED),
        ("ModuleNotFoundError: No module named 'shop.cart'", REFUSED, REFUSED),
        ("assert 1 == 2", REFUSED, REFUSED),
    ],
)
def test_a_missing_package_is_no_refusal(decisive: str, differing: str, same: str) -> None:
    tree = MemoryBlobs().tree({"shop/__init__.py": "", "shop/till.py": ""})
    for paths, reason in ((["uv.lock"], differing), ([], same)):
        [proof] = excused_by(paths, [refused(decisive)], tree, Layout())
        assert (reason, reason == REFUSED) == (proof.reason, proof.verdict is Verdict.REFUTED)


def test_a_package_that_the_test_itself_asks_for_must_be_there() -> None:
    proof = replace(refused("No module named 'attrs'"), reason="third-party-import")
    assert (proof,) == excused_by([], [proof], MemoryBlobs().tree({}), Layout())


def test_files_that_name_other_dependencies_than_the_head_are_told() -> None:
    blobs = MemoryBlobs()
    old = blobs.tree({"uv.lock": "1", "pyproject.toml": "[project]\nname = 'a'\n", "a.py": "1"})
    new = blobs.tree({"uv.lock": "2", "pyproject.toml": "[project]\nname = 'b'\n", "a.py": "2"})
    assert ("uv.lock",) == other_dependencies(old, new, blobs)
