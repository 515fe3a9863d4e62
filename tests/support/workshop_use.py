"""Short words for tests that drive a workshop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from seenred.domain.tree import Entry
from seenred.engine.cycle.ports import CommitDraft
from seenred.errors import SeenredError
from seenred.infrastructure.workshop.git_workshop import GitWorkshop, open_workshop

DRAFT = CommitDraft("feat: add", "Why.", {"Change-Kind": "behavioral"})


def propose(
    workshop: GitWorkshop, files: Mapping[str, str | None], draft: CommitDraft = DRAFT
) -> str:
    """Commit the tip's tree with these files changed; None removes one."""
    changes = {
        path: None if text is None else Entry(workshop.blobs.add(text.encode()))
        for path, text in files.items()
    }
    return workshop.commit(workshop.tree.with_changes(changes), draft)


def refused(action: Callable[..., object], *arguments: object) -> SeenredError:
    """The error that an action must end with."""
    with pytest.raises(SeenredError) as raised:
        action(*arguments)
    return raised.value


def refused_to_open(path: Path, run: str = "r1") -> SeenredError:
    """The error that opening a workshop must end with."""
    with pytest.raises(SeenredError) as raised, open_workshop(path, run=run):
        pass
    return raised.value
