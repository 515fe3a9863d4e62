"""What the shell is told."""

from __future__ import annotations

import pytest

from seenred.errors import (
    BudgetSpent,
    EnvironmentLacks,
    ExitCode,
    ModelFailed,
    SandboxFailed,
    SeenredError,
    UsageError,
)


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [
        (UsageError, 2),
        (EnvironmentLacks, 3),
        (ModelFailed, 3),
        (SandboxFailed, 3),
        (BudgetSpent, 4),
    ],
)
def test_each_error_has_its_exit_code(error: type[SeenredError], exit_code: int) -> None:
    raised = error("statement-empty", "the statement is empty")
    assert exit_code == raised.exit_code
    assert ("statement-empty", "the statement is empty") == (raised.code, str(raised))


def test_git_bisect_skips_what_is_not_proven() -> None:
    assert 125 == ExitCode.NOT_PROVEN


def test_an_interrupt_is_answered_as_shells_do() -> None:
    assert 128 + 2 == ExitCode.INTERRUPTED
