"""What a commit says that it is."""

from __future__ import annotations

import re

from seenred.domain.audit import ChangeKind
from seenred.referee.proof.ports import Commit

_TYPE = re.compile(r"^([a-z]+)(?:\([^)]*\))?!?:", re.IGNORECASE)
# conventional commits and Kent Beck's own; `perf`, `style` and `revert` may be either
_KINDS = {
    "feat": ChangeKind.BEHAVIOURAL,
    "feature": ChangeKind.BEHAVIOURAL,
    "fix": ChangeKind.BEHAVIOURAL,
    "bugfix": ChangeKind.BEHAVIOURAL,
    "behavioral": ChangeKind.BEHAVIOURAL,
    "behavioural": ChangeKind.BEHAVIOURAL,
    "refactor": ChangeKind.STRUCTURAL,
    "structural": ChangeKind.STRUCTURAL,
    "tidy": ChangeKind.STRUCTURAL,
    "test": ChangeKind.TEST_ONLY,
    "tests": ChangeKind.TEST_ONLY,
    "docs": ChangeKind.NEUTRAL,
    "doc": ChangeKind.NEUTRAL,
    "chore": ChangeKind.NEUTRAL,
    "build": ChangeKind.NEUTRAL,
    "ci": ChangeKind.NEUTRAL,
}


def label_of(commit: Commit) -> ChangeKind | None:
    """The kind that the trailer `Change-Kind`, else the subject's type, names."""
    claimed = commit.trailers.get("Change-Kind", "").strip().lower()
    if claimed in set(ChangeKind):
        return ChangeKind(claimed)
    found = _TYPE.match(commit.subject)
    return _KINDS.get(found[1].lower()) if found else None
