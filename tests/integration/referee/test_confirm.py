"""When a finding is confirmed: a failing run, and an authority for what it should have been."""

import asyncio
from pathlib import Path

import pytest

from seenred.domain.checker import read_checker
from seenred.domain.execution import Limits
from seenred.domain.finding import Finding, Severity, Status, Trial
from seenred.domain.problem import Authority
from seenred.domain.statement.statement import parse_statement
from seenred.infrastructure.runners.python import PythonRunner
from seenred.infrastructure.sandbox.choose import open_sandbox
from seenred.referee.checking import Panel
from seenred.referee.confirm import confirm, in_words
from seenred.referee.suite import ProblemSuite, SourceSuite

PROBLEM = parse_statement(
    "Write a function `largest(nums: list[int]) -> int` that returns the largest item, 0 if there "
    "is none.\n\nlargest([3, 1]) -> 3\nlargest([]) -> 0\nlargest([-2, 5, 5]) -> 5\n"
)
RIGHT = "def largest(nums):\n    return max(nums, default=0)\n"
ALSO_RIGHT = "def largest(nums):\n    return sorted(nums)[-1] if nums else 0\n"
WRONG = "def largest(nums):\n    return max([0, *nums])\n"
CRASHING = "def largest(nums):\n    return nums[0] if len(nums) != 2 else nums[2]\n"
REFUSING = (
    "def largest(nums):\n    if len(nums) == 1:\n        raise ValueError('one')\n    return 0\n"
)


def judged(source, arguments, expected, peers=()):
    finding = Finding(
        Severity.CRITICAL, "largest", "wrong", trial=Trial((arguments,), expected=expected)
    )

    async def run():
        runner = PythonRunner(await open_sandbox(cache=Path.home() / ".cache" / "seenred"))
        suite = ProblemSuite(runner, PROBLEM, Limits(seconds=2))
        return await confirm(finding, source, suite, problem=PROBLEM, peers=peers)

    return asyncio.run(run())


TABLE = [
    ("two peers agree against it", WRONG, "[-4]", "-4", (RIGHT, ALSO_RIGHT), Status.CONFIRMED),
    ("the peers' value counts, not the review's", WRONG, "[-4]", "9", (RIGHT, ALSO_RIGHT),
     Status.CONFIRMED),
    ("one peer is not enough", WRONG, "[-4]", "-4", (RIGHT,), Status.HINT),
    ("nobody but the review says so", RIGHT, "[4, 2]", "2", (), Status.HINT),
    ("the code does what the review expects", RIGHT, "[4]", "4", (), Status.REFUTED),
    ("the peers agree with the code", RIGHT, "[4]", "5", (ALSO_RIGHT, RIGHT), Status.REFUTED),
    ("a crash on valid input", CRASHING, "[1, 2]", "2", (), Status.CONFIRMED),
    ("an exception that is raised on purpose", REFUSING, "[1]", "1", (), Status.HINT),
    ("an input of another type", CRASHING, "'ab'", "0", (), Status.HINT),
    ("every peer crashes too", CRASHING, "[1, 2]", "2", (CRASHING,), Status.HINT),
]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "arguments", "expected", "peers", "status"),
    [row[1:] for row in TABLE],
    ids=[row[0] for row in TABLE],
)
def test_a_finding_is_judged_by_running(source, arguments, expected, peers, status):
    finding = judged(source, arguments, expected, peers)
    assert status == finding.status, finding.evidence


def test_the_authority_is_named():
    assert judged(CRASHING, "[1, 2]", "2").authority is Authority.CRASH
    assert judged(WRONG, "[-4]", "-4", (RIGHT, ALSO_RIGHT)).authority is Authority.AGREEMENT


SEVERAL = parse_statement(
    "Write a function `divisor(n: int) -> int` that returns any divisor of n but 1; any answer is "
    "accepted.\n\ndivisor(12) -> 3\ndivisor(7) -> 7\n"
)
DIVIDES = "def check(n, answer):\n    return answer > 1 and n % answer == 0\n"
AT_LEAST = "def check(n, answer, expected):\n    return n % answer == 0 and answer >= expected\n"


@pytest.mark.parametrize(
    ("code", "checker", "status"),
    [
        ("return n // 2 if n % 2 == 0 else n", DIVIDES, Status.REFUTED),
        ("return 2", DIVIDES, Status.CONFIRMED),
        ("return 2", None, Status.HINT),
        ("return 2", AT_LEAST, Status.HINT),
    ],
)
def test_where_several_answers_are_right_only_a_checker_confirms(code, checker, status):
    finding = Finding(Severity.CRITICAL, "divisor", "wrong", trial=Trial(("15",), expected="5"))
    source = f"def divisor(n):\n    {code}\n"
    peers = ("def divisor(n):\n    return n\n", "def divisor(m):\n    return m\n")

    async def run():
        runner = PythonRunner(await open_sandbox(cache=Path.home() / ".cache" / "seenred"))
        read = read_checker(checker, SEVERAL) if checker else None
        panel = Panel((read,), "your checker") if read else None
        suite = ProblemSuite(runner, SEVERAL, Limits(seconds=2), panel=panel)
        found = await confirm(finding, source, suite, problem=SEVERAL, peers=peers)
        if found.status is Status.CONFIRMED:
            again = await suite.with_trial("finding", found.trial, found.authority).run(source)
            assert again.failures[-1].name == "finding"
        return found

    assert status == asyncio.run(run()).status


@pytest.mark.parametrize(
    ("vouched", "status"), [((("f(1)", "2"),), Status.CONFIRMED), ((), Status.HINT)]
)
def test_of_a_module_the_users_words_are_the_authority(vouched, status):
    finding = Finding(Severity.MAJOR, "f", "wrong", trial=Trial(expression="f(1)", expected="2"))

    async def run():
        runner = PythonRunner(await open_sandbox(cache=Path.home() / ".cache" / "seenred"))
        suite = SourceSuite(runner, (), Limits(seconds=2))
        return await confirm(finding, "def f(x):\n    return x\n", suite, vouched=vouched)

    assert status == asyncio.run(run()).status


@pytest.mark.parametrize(
    ("expression", "expected", "named"),
    [
        ("f(3600)", "'1h'", True),
        ("f(59)", "'1h'", False),
        ("f(3600)", "'2h'", False),
        ("f(1)", "'1h'", False),
    ],
)
def test_a_report_vouches_for_the_result_it_names_beside_the_call(expression, expected, named):
    report = "f(59) is '59s', but f( 3600 ) gives '60m'. I expected \"1h\", as f(7200) is '2h'."
    assert named is in_words(report, expression, expected)
