from __future__ import annotations

from pathlib import Path

import pytest
from cycle_work import CycleWork
from go_project import GoProject


@pytest.fixture
def work(tmp_path: Path) -> CycleWork:
    """A project with a list and nothing else."""
    return CycleWork(GoProject(tmp_path / "project"))
