"""What the referee needs from outside; adapters live in `seenred.infrastructure`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from seenred.domain.execution import Answer, Command, Execution, Limits


class Sandbox(Protocol):
    """Runs hostile code: no network, no home, no secrets, an empty scratch directory.

    Raises:
        SandboxFailed: the sandbox could not start; never because of the code inside.
    """

    @property
    def name(self) -> str:
        """What confines the code, e.g. `bubblewrap + Landlock + seccomp`."""

    async def run(self, command: Command) -> Execution:
        """Run one command; when cancelled, its processes are gone before this returns."""


@dataclass(frozen=True, slots=True)
class TestReport:
    """What pytest said of one test.

    Attributes:
        passed: None when it was skipped.
        message: the decisive line when it did not pass.
    """

    __test__ = False  # not a test class, for pytest's collection

    test_id: str
    passed: bool | None
    message: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class TestSession:
    """One run of a test file against a candidate.

    Attributes:
        error: why nothing could be judged (a test file that does not import, no tests …), else "".
    """

    __test__ = False

    reports: tuple[TestReport, ...] = ()
    error: str = ""


class Runner(Protocol):
    """Runs candidates in one language. Expected values never enter the sandbox with them."""

    async def call(
        self, source: str, function: str, inputs: Sequence[tuple[str, ...]], limits: Limits
    ) -> list[Answer]:
        """Call `function` of `source` once for each input; a tuple of literals is one input.

        `limits.seconds` holds for each call. One answer an input, in order.
        """

    async def feed(self, source: str, stdins: Sequence[str], limits: Limits) -> list[Answer]:
        """Run `source` as a program once for each stdin; `Answer.value` is its stdout."""

    async def evaluate(
        self, source: str, module: str, expressions: Sequence[str], limits: Limits
    ) -> list[Answer]:
        """Evaluate each expression, in a fresh process, where `source` is loaded as `module`."""

    async def test(self, source: str, module: str, tests: str, limits: Limits) -> TestSession:
        """Run the pytest file `tests` beside `source`, which it imports as `module`."""

    async def trace(
        self, source: str, module: str, expression: str, limits: Limits
    ) -> tuple[int, ...]:
        """The lines of `source` that evaluating `expression` executes, ascending."""
