"""A version of a solution and the evidence on it."""

from __future__ import annotations

from dataclasses import dataclass

# A timing below this ratio of another counts as faster; noise of shared machines stays above it.
FASTER = 0.8


@dataclass(frozen=True, slots=True)
class Evidence:
    """What running a version showed.

    Attributes:
        passed, total: judged tests; a test that could not be judged counts in neither.
        critical, major: confirmed findings that are still open on this version.
        size, seconds: length of the largest input that it finished, and the time for it; None when
            nothing was measured.
        meets_performance: whether stated requirements are met; None when none is stated or none
            can be measured.
        consistent: a second run, under another hash seed, gave the same results.
        agreeing: independent candidates that pass all tests and do the same on generated inputs,
            this one counted; None where that cannot be asked.
    """

    passed: int = 0
    total: int = 0
    critical: int = 0
    major: int = 0
    size: int | None = None
    seconds: float | None = None
    meets_performance: bool | None = None
    consistent: bool = True
    agreeing: int | None = None

    @property
    def pass_rate(self) -> float:
        """Share of the judged tests that passed; 0 when there was none."""
        return self.passed / self.total if self.total else 0.0

    @property
    def all_pass(self) -> bool:
        """Something was judged and nothing failed."""
        return self.total > 0 and self.passed == self.total

    @property
    def alone(self) -> bool:
        """Independent candidates were asked for, and none agrees with this one."""
        return self.agreeing == 1

    @property
    def solved(self) -> bool:
        """All tests pass, nothing confirmed is open, performance is met, others agree."""
        return (
            self.all_pass
            and not self.alone
            and self.consistent
            and not self.critical
            and not self.major
            and self.meets_performance is not False
        )

    @property
    def rank(self) -> tuple[float, int, int, int, int]:
        """Everything but the timing, better is greater."""
        return (
            self.pass_rate,
            -self.critical,
            -self.major,
            0 if self.meets_performance is False else 1,
            0 if self.alone else 1,
        )

    def better_than(self, other: Evidence) -> bool:
        """Strictly better: by tests, critical, major, performance, agreement, in that order."""
        if self.rank != other.rank:
            return self.rank > other.rank
        if self.seconds is None or other.seconds is None:
            return False
        if self.size is not None and other.size is not None and self.size != other.size:
            return self.size > other.size
        return self.seconds < FASTER * other.seconds


@dataclass(frozen=True, slots=True)
class Version:
    """One solution on record.

    Attributes:
        number: 1 for the first.
        name: of its artifact.
        made_by: the agent.
        changes: what changed and why, in the agent's words.
    """

    number: int
    name: str
    source: str
    made_by: str
    evidence: Evidence = Evidence()
    changes: str = ""


def best(versions: tuple[Version, ...]) -> Version:
    """The best version by evidence; of equals the earliest, which is the least changed.

    Raises:
        ValueError: there is no version.
    """
    if not versions:
        raise ValueError("no version to choose from")
    winner = versions[0]
    for version in versions[1:]:
        if version.evidence.better_than(winner.evidence):
            winner = version
    return winner
