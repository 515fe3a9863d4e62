from dataclasses import replace

import pytest

from seenred.domain.iteration import Progress, StopReason, should_stop
from seenred.domain.version import Evidence, Version, best

PERFECT = Evidence(passed=4, total=4)
HALF = Evidence(passed=2, total=4)
BASE = Progress(current=HALF, previous=None, iterations=0, open_findings=2)

TABLE = [
    ("first review with open findings goes on", BASE, None),
    ("all pass and nothing open is solved", replace(BASE, current=PERFECT), StopReason.SOLVED),
    (
        "solved beats a spent budget",
        replace(BASE, current=PERFECT, budget_spent=True),
        StopReason.SOLVED,
    ),
    (
        "an open major finding is not solved",
        replace(BASE, current=replace(PERFECT, major=1)),
        None,
    ),
    (
        "an inconsistent suite is not solved",
        replace(BASE, current=replace(PERFECT, consistent=False)),
        None,
    ),
    (
        "a missed performance requirement is not solved",
        replace(BASE, current=replace(PERFECT, meets_performance=False)),
        None,
    ),
    ("no test at all is not solved", replace(BASE, current=Evidence()), None),
    ("a spent budget stops", replace(BASE, budget_spent=True), StopReason.BUDGET),
    (
        "the same evidence twice is no progress",
        replace(BASE, previous=HALF, iterations=1),
        StopReason.NO_PROGRESS,
    ),
    (
        "a worse version is no progress",
        replace(BASE, previous=Evidence(passed=3, total=4), iterations=1),
        StopReason.NO_PROGRESS,
    ),
    (
        "a better version goes on",
        replace(BASE, previous=Evidence(passed=1, total=4), iterations=1),
        None,
    ),
    (
        "a better version at the limit stops",
        replace(BASE, previous=Evidence(passed=1, total=4), iterations=5),
        StopReason.ITERATIONS,
    ),
    (
        "nothing confirmed to fix stops",
        replace(BASE, open_findings=0),
        StopReason.NOTHING_TO_FIX,
    ),
]


@pytest.mark.parametrize(
    ("progress", "expected"), [row[1:] for row in TABLE], ids=[r[0] for r in TABLE]
)
def test_stopping(progress, expected):
    assert expected == should_stop(progress, max_iterations=5)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (Evidence(passed=4, total=4, major=3), Evidence(passed=3, total=4)),
        (Evidence(passed=4, total=4, major=3), Evidence(passed=4, total=4, critical=1)),
        (Evidence(passed=4, total=4, major=1), Evidence(passed=4, total=4, major=2)),
        (
            Evidence(passed=4, total=4, meets_performance=True, seconds=2.0),
            Evidence(passed=4, total=4, meets_performance=False, seconds=0.1),
        ),
        (Evidence(passed=4, total=4, seconds=0.1), Evidence(passed=4, total=4, seconds=0.9)),
    ],
)
def test_evidence_is_compared_in_order(better, worse):
    assert better.better_than(worse)
    assert not worse.better_than(better)


def test_timing_noise_is_not_progress():
    assert not Evidence(seconds=0.95).better_than(Evidence(seconds=1.0))


def test_best_is_not_the_last():
    good = Version(1, "a", "", "problem-solver", PERFECT)
    bad = Version(2, "b", "", "solution-fixer", HALF)
    assert good == best((good, bad))


def test_of_equals_the_earliest_wins():
    first = Version(1, "a", "", "problem-solver", PERFECT)
    second = Version(2, "b", "", "solution-improver", PERFECT)
    assert first == best((first, second))


ALONE = replace(PERFECT, agreeing=1)


def test_a_version_that_no_independent_one_agrees_with_is_not_solved():
    assert not ALONE.solved
    assert replace(PERFECT, agreeing=2).solved
    assert should_stop(replace(BASE, current=ALONE, open_findings=0), 5) is StopReason.UNCONFIRMED


def test_of_two_that_pass_the_one_that_others_agree_with_is_better():
    assert replace(PERFECT, agreeing=2).better_than(ALONE)
    assert not replace(PERFECT, agreeing=3).better_than(replace(PERFECT, agreeing=2))
