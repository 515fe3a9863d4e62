from __future__ import annotations

import pytest
from memory_blobs import MemoryBlobs

from seenred.domain.layout import Layout
from seenred.domain.proof import Claim, Proof, Verdict
from seenred.referee.audit.dependency_change import excused_by, other_dependencies


def refused(decisive: str) -> Proof:
    return Proof(Claim.GREEN, Verdict.REFUTED, "t", "suite-unusable", decisive)


@pytest.mark.parametrize(
    ("decisive", "verdict"),
    [
        ("ModuleNotFoundError: No module named 'attrs'", Verdict.NOT_PROVEN),
        ("ImportError: cannot import name 'x' from 'attrs.y' (…)", Verdict.NOT_PROVEN),
        ("ModuleNotFoundError: No module named 'shop.cart'", Verdict.REFUTED),
        ("assert 1 == 2", Verdict.REFUTED),
    ],
)
def test_a_missing_package_is_no_refusal_where_dependencies_differ(
    decisive: str, verdict: Verdict
) -> None:
    tree = MemoryBlobs().tree({"shop/__init__.py": "", "shop/till.py": ""})
    [proof] = excused_by(["uv.lock"], [refused(decisive)], tree, Layout())
    assert verdict == proof.verdict
    assert (refused(decisive),) == excused_by([], [refused(decisive)], tree, Layout())


def test_files_that_name_other_dependencies_than_the_head_are_told() -> None:
    blobs = MemoryBlobs()
    old = blobs.tree({"uv.lock": "1", "pyproject.toml": "[project]\nname = 'a'\n", "a.py": "1"})
    new = blobs.tree({"uv.lock": "2", "pyproject.toml": "[project]\nname = 'b'\n", "a.py": "2"})
    assert ("uv.lock",) == other_dependencies(old, new, blobs)
