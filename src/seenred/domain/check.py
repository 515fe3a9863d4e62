"""One test of a version, whatever it came from, and what running it showed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seenred.domain.problem import Authority

# What a test says when a solution changed an argument that the statement wants left alone.
ARGUMENT_CHANGED = "an argument was changed, which must stay as it is"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one test said.

    Attributes:
        passed: None when it could not be judged.
        detail: the decisive line when it did not pass, e.g. `expected 4, got 3`.
        shown_by: the input, as one readable line.
        judged_by: the checkers that judged an answer other than the expected one, else "".
        seconds: wall-clock time of the tested call.
    """

    name: str
    passed: bool | None
    detail: str = ""
    shown_by: str = ""
    authority: Authority = Authority.STATEMENT
    judged_by: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """What a whole suite said of one version.

    Attributes:
        error: why the version or the tests could not be loaded; empty when they could.
    """

    results: tuple[CheckResult, ...] = ()
    error: str = ""

    @property
    def passed(self) -> int:
        return sum(r.passed is True for r in self.results)

    @property
    def total(self) -> int:
        return sum(r.passed is not None for r in self.results)

    @property
    def failures(self) -> tuple[CheckResult, ...]:
        return tuple(r for r in self.results if r.passed is False)

    @property
    def all_pass(self) -> bool:
        """Something was judged and nothing failed."""
        return self.total > 0 and self.passed == self.total

    @property
    def only_arguments_changed(self) -> bool:
        """Nothing else is wrong than that arguments were changed."""
        return bool(self.failures) and all(ARGUMENT_CHANGED in r.detail for r in self.failures)

    @property
    def outcomes(self) -> tuple[tuple[str, bool | None], ...]:
        """What a second run must repeat to be called consistent."""
        return tuple((r.name, r.passed) for r in self.results)

    def summary(self) -> str:
        """`3 of 4 tests pass; example 2: expected 4, got 3`."""
        if self.error:
            return self.error
        text = self._counted()
        if self.failures:
            first = self.failures[0]
            text += f"; {first.name}: {first.detail}"
        return text

    def brief(self) -> str:
        """What an agent needs of `render`: how many pass, and those that do not."""
        return self._rendered([r for r in self.results if r.passed is not True])

    def render(self) -> str:
        """`test_results.txt`: a line a test, its input below a failure."""
        return self._rendered(self.results)

    def _rendered(self, results: Sequence[CheckResult]) -> str:
        marks = {True: "pass", False: "FAIL", None: "not judged"}
        lines = [self._counted()]
        lines += [self.error] if self.error else []
        for result in results:
            detail = f": {result.detail}" if result.detail else ""
            if result.passed and result.judged_by:
                detail = f": another answer, right by {result.judged_by}"
            lines.append(f"{marks[result.passed]:<10} {result.name}{detail}")
            if result.passed is False and result.shown_by:
                lines.append(f"           input: {result.shown_by}")
        return "\n".join(lines) + "\n"

    def _counted(self) -> str:
        unjudged = len(self.results) - self.total
        rest = f", {unjudged} not judged" if unjudged else ""
        return f"{self.passed} of {self.total} tests pass{rest}"
