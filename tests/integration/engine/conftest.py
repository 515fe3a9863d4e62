from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from seenred.domain.budget import Budget
from seenred.domain.execution import Limits
from seenred.engine.asking import Asker
from seenred.engine.workflow.desk import Desk
from seenred.engine.workflow.subject import generated_trials, problem_subject, source_subject
from seenred.infrastructure.durable.memory import MemorySteps
from seenred.infrastructure.models.scripted import ScriptedModel
from seenred.infrastructure.runners.python import PythonRunner
from seenred.infrastructure.sandbox.choose import open_sandbox
from seenred.infrastructure.workspace.artifacts import FolderArtifacts


@pytest.fixture
def desk(tmp_path: Path) -> Callable[..., Desk]:
    """Makes the desk of a run on a statement or, for a `.py` name, on a module."""

    def make(name: str, text: str, model: ScriptedModel, report: str = "") -> Desk:
        sandbox = asyncio.run(open_sandbox(cache=Path.home() / ".cache" / "seenred"))
        runner, limits, path = PythonRunner(sandbox), Limits(seconds=5), Path(name)
        if path.suffix == ".py":
            subject, suite = source_subject(path.stem, name, text, report, runner, limits, None)
        else:
            subject, suite = problem_subject(path.stem, name, text, runner, limits, None)
        steps = MemorySteps()
        return Desk(
            subject=subject,
            suite=suite,
            asker=Asker(model, steps, Budget(), lambda: 0.0, lambda _: None),
            steps=steps,
            artifacts=FolderArtifacts(tmp_path / "output"),
            listener=lambda _: None,
            candidates=4,
            generated=generated_trials(subject.problem),
        )

    return make
