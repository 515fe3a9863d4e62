"""Measured time and growth of a solution; claims about complexity are not believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from seenred.domain.execution import Outcome
from seenred.domain.finding import Finding, Severity, Trial
from seenred.domain.generation import stress_input
from seenred.domain.growth import allowed_slope, log_slope
from seenred.domain.problem import Authority, Case, Problem
from seenred.referee.suite import ProblemSuite

# Growing by four makes a square grow sixteenfold, far above the noise of a shared machine.
SIZES = (250, 1_000, 4_000, 16_000, 64_000)
# A measurement stops here, in seconds: what takes longer is slow enough to say so.
PATIENCE = 5.0
# Below this, in seconds, start-up and timer noise hide the growth.
NOISE = 0.002
# What misses its requirement is timed so often in all, each size's best time counting.
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Measurement:
    """Times of one version on growing inputs.

    Attributes:
        points: (length of the input, seconds), ascending; only finished calls.
        failed: what happened at the first length that did not finish, or "".
        slope: of the log-log line through the last points; None when too few are above the noise.
        requirement: what the statement demands, in its words; empty when nothing.
        meets: None when nothing is demanded or it could not be measured.
    """

    points: tuple[tuple[int, float], ...] = ()
    failed: str = ""
    slope: float | None = None
    requirement: str = ""
    meets: bool | None = None

    def render(self) -> str:
        """One line, for a prompt and for the report."""
        if not self.points and not self.failed:
            return "no growing input could be made"
        times = ", ".join(f"n={size}: {seconds * 1000:.1f} ms" for size, seconds in self.points)
        slope = f"; grows like n^{self.slope:.1f}" if self.slope is not None else ""
        failed = f"; {self.failed}" if self.failed else ""
        demand = f"; demanded: {self.requirement}" if self.requirement else ""
        return f"{times or 'nothing finished'}{slope}{failed}{demand}"


async def measure(suite: ProblemSuite, source: str) -> Measurement:
    """Time `source` on inputs of growing length, within the problem's bounds."""
    problem = suite.problem
    limits = replace(suite.limits, seconds=max(PATIENCE, problem.time_limit or 0.0))
    timed = replace(suite, limits=limits)
    points, failed = await _timed(timed, source)
    for _ in range(ATTEMPTS - 1):
        if failed or _judged(problem, points, failed).meets is not False:
            break
        again, _ = await _timed(timed, source)
        best = dict(again)
        points = tuple((size, min(seconds, best.get(size, seconds))) for size, seconds in points)
    return _judged(problem, points, failed)


async def _timed(suite: ProblemSuite, source: str) -> tuple[tuple[tuple[int, float], ...], str]:
    """The time for each size, and what ended it early."""
    points: list[tuple[int, float]] = []
    failed = ""
    for size, case in _inputs(suite.problem):
        trial = Trial(arguments=case.arguments, stdin=case.stdin or None)
        answer = (await suite.answer(source, [trial]))[0]
        if answer.outcome is not Outcome.RETURNED:
            failed = f"{answer.outcome} at n={size}"
            break
        points.append((size, answer.seconds))
        if answer.seconds > PATIENCE / 4:
            break
    return tuple(points), failed


def slow_finding(measurement: Measurement, version: str) -> Finding | None:
    """The finding that a missed performance requirement is, or None."""
    if measurement.meets is not False:
        return None
    return Finding(
        Severity.MAJOR,
        location=version,
        issue=f"too slow: the statement demands {measurement.requirement}",
        impact="large inputs that the problem allows take too long",
        fix="use another algorithm: sorting, binary search (bisect), a heap, a dictionary or "
        "running totals often remove an inner loop",
    ).confirmed(Authority.MEASUREMENT, measurement.render())


def _inputs(problem: Problem) -> list[tuple[int, Case]]:
    found: list[tuple[int, Case]] = []
    for size in SIZES:
        case = stress_input(problem, size)
        if case is None:
            break
        if found and (case.arguments, case.stdin) == (found[-1][1].arguments, found[-1][1].stdin):
            break
        found.append((size, case))
    return found


def _judged(problem: Problem, points: tuple[tuple[int, float], ...], failed: str) -> Measurement:
    slope = _slope(points)
    demands = [d for d in (_limit(problem), problem.complexity) if d]
    verdicts = [_within(problem, points, failed), _grows(problem, slope, failed)]
    known = [v for v in verdicts if v is not None]
    return Measurement(
        points=points,
        failed=failed,
        slope=slope,
        requirement=" and ".join(demands),
        meets=all(known) if known else None,
    )


def _limit(problem: Problem) -> str:
    return f"{problem.time_limit:g} s" if problem.time_limit else ""


def _within(problem: Problem, points: Sequence[tuple[int, float]], failed: str) -> bool | None:
    if problem.time_limit is None or not (points or failed):
        return None
    return not failed and points[-1][1] <= problem.time_limit


def _grows(problem: Problem, slope: float | None, failed: str) -> bool | None:
    allowed = allowed_slope(problem.complexity)
    if allowed is None:
        return None
    if slope is None:
        return False if failed else None
    return slope <= allowed


def _slope(points: Sequence[tuple[int, float]]) -> float | None:
    """Through the last three points above the noise."""
    return log_slope([(n, t) for n, t in points if t >= NOISE][-3:])
