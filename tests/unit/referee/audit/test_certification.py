from __future__ import annotations

from dataclasses import replace

import pytest

from seenred.domain.observation import (
    Ending,
    Failure,
    Frame,
    Observation,
    Outcome,
    SeenTest,
    Uncollected,
)
from seenred.domain.proof import Verdict
from seenred.domain.tree import Entry, Tree
from seenred.referee.audit.certification import certify


def seen(**outcomes: str) -> Observation:
    return Observation(tests=tuple(SeenTest(t, Outcome(o)) for t, o in outcomes.items()))


GREEN = seen(a="passed", b="passed")
LOST = Observation(tests=GREEN.tests, uncollected=(Uncollected("t.py", Failure("E")),))
SLOW = Observation(ending=Ending.TIMED_OUT, running="a", message="10 s")
MISSING = Failure(
    "ModuleNotFoundError",
    ("ImportError",),
    decisive="ModuleNotFoundError: No module named 'shop.fees'",
    name="shop.fees",
)
ALL_DOWN = Observation(uncollected=(Uncollected("t.py", MISSING),))
NO_PACKAGE = Observation(
    tests=GREEN.tests, uncollected=(Uncollected("t.py", replace(MISSING, name="numpy.fft")),)
)
NO_CONFTEST = Observation(
    ending=Ending.UNUSABLE, uncollected=(Uncollected("tests/conftest.py", MISSING),)
)
NO_START = Observation(ending=Ending.UNUSABLE, message="unrecognized arguments: --no")
LEFT = Observation(ending=Ending.LEFT_EARLY, message="exit code 0")


NO_SERVER = Failure(
    "ConnectionRefusedError",
    ("OSError",),
    "[Errno 111] Connection refused",
    frames=(Frame("/usr/lib/python3.12/socket.py", 837, "create_connection"),),
)
CUT_OFF = Observation(
    tests=(
        SeenTest("a", Outcome.PASSED),
        SeenTest("b", Outcome.FAILED, failure=NO_SERVER),
    )
)
DENIED = Failure("PermissionError", ("OSError",), "[Errno 1] Operation not permitted")
CONFINED = Observation(tests=tuple(SeenTest(t, Outcome.FAILED, failure=DENIED) for t in "ab"))


@pytest.mark.parametrize(
    ("before", "warm", "cold", "verdict", "reason", "decisive"),
    [
        (GREEN, GREEN, GREEN, Verdict.PROVEN, "green", "2 passed, run cold"),
        (GREEN, seen(a="passed"), GREEN, Verdict.PROVEN, "green", "2 passed, run cold"),
        (
            GREEN,
            CONFINED,
            CONFINED,
            Verdict.NOT_PROVEN,
            "confined",
            "a and 1 more need what the sandbox does not allow",
        ),
        (GREEN, CUT_OFF, CUT_OFF, Verdict.NOT_PROVEN, "needs-network", "b needs a server"),
        (
            Observation(),
            Observation(),
            Observation(),
            Verdict.NOT_APPLICABLE,
            "no-tests",
            "there is no test to run",
        ),
        (
            seen(a="failed"),
            seen(a="failed", b="passed"),
            seen(a="failed", b="passed"),
            Verdict.PROVEN,
            "green",
            "1 passed, 1 failing as before, run cold",
        ),
        (
            GREEN,
            seen(a="failed", b="error"),
            seen(a="failed", b="error"),
            Verdict.REFUTED,
            "failing",
            "a and 1 more fail, run cold",
        ),
        (
            GREEN,
            seen(a="passed"),
            seen(a="failed"),
            Verdict.NOT_PROVEN,
            "flaky",
            "a passed, then failed when cold",
        ),
        (GREEN, LOST, LOST, Verdict.REFUTED, "failing", "t.py fails, run cold"),
        (LOST, LOST, LOST, Verdict.PROVEN, "green", "2 passed, 1 failing as before, run cold"),
        (
            GREEN,
            GREEN,
            SLOW,
            Verdict.NOT_PROVEN,
            "suite-unusable",
            "the suite timed out in a: 10 s",
        ),
        (
            GREEN,
            ALL_DOWN,
            ALL_DOWN,
            Verdict.REFUTED,
            "suite-unusable",
            "t.py cannot be imported: ModuleNotFoundError: No module named 'shop.fees'",
        ),
        (
            GREEN,
            Observation(),
            NO_CONFTEST,
            Verdict.REFUTED,
            "suite-unusable",
            "tests/conftest.py cannot be imported: "
            "ModuleNotFoundError: No module named 'shop.fees'",
        ),
        (
            NO_START,
            Observation(),
            NO_START,
            Verdict.NOT_PROVEN,
            "suite-unusable",
            "pytest cannot start: unrecognized arguments: --no (as at the base)",
        ),
        (
            GREEN,
            NO_PACKAGE,
            NO_PACKAGE,
            Verdict.NOT_PROVEN,
            "package-missing",
            "t.py needs numpy.fft, which is neither in the project nor installed",
        ),
        (
            GREEN,
            GREEN,
            LEFT,
            Verdict.REFUTED,
            "suite-unusable",
            "the suite left early: exit code 0",
        ),
    ],
)
def test_the_head_is_green_when_nothing_fails_that_did_not_fail_before(
    before: Observation,
    warm: Observation,
    cold: Observation,
    verdict: Verdict,
    reason: str,
    decisive: str,
) -> None:
    tree = Tree({"shop/__init__.py": Entry("")})
    proof = certify("HEAD", tree, before, warm, cold)
    assert (verdict, reason, decisive) == (proof.verdict, proof.reason, proof.decisive)
