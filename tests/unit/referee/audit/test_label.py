from __future__ import annotations

import pytest

from seenred.domain.audit import ChangeKind
from seenred.referee.audit.label import label_of
from seenred.referee.proof.ports import Commit


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("feat: adds", ChangeKind.BEHAVIOURAL),
        ("fix(cart)!: adds", ChangeKind.BEHAVIOURAL),
        ("Refactor: moves", ChangeKind.STRUCTURAL),
        ("structural: moves", ChangeKind.STRUCTURAL),
        ("test: covers", ChangeKind.TEST_ONLY),
        ("chore: bump", ChangeKind.NEUTRAL),
        ("perf: faster", None),
        ("Adds a feat", None),
        ("", None),
    ],
)
def test_a_subject_names_a_kind_or_none(subject: str, kind: ChangeKind | None) -> None:
    assert kind == label_of(Commit("a" * 40, subject, ()))


def test_a_trailer_is_more_exact_than_the_subject() -> None:
    trailers = {"Change-Kind": "structural"}
    commit = Commit("a" * 40, "feat: x", (), trailers=trailers)
    assert ChangeKind.STRUCTURAL == label_of(commit)
