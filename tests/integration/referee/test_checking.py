"""Answers judged by checkers that run in the sandbox."""

import asyncio
from pathlib import Path

import pytest

from seenred.domain.checker import Checker, read_checker
from seenred.domain.execution import Limits
from seenred.domain.statement.statement import parse_statement
from seenred.infrastructure.runners.python import PythonRunner
from seenred.infrastructure.sandbox.choose import open_sandbox
from seenred.referee.checking import Panel
from seenred.referee.suite import ProblemSuite
from seenred.referee.trust import try_checker

PAIRS = parse_statement(
    "Write a function `pair(nums: list[int], target: int) -> list[int]` that returns two indices "
    "whose items add up to target. If there are several such pairs, return any of them.\n\n"
    "pair([1, 2, 3, 4], 5) -> [0, 3]\npair([2, 2], 4) -> [0, 1]\n"
)
PROGRAM = parse_statement(
    "Read n from standard input and print any two positive integers with the sum n; any answer "
    "is accepted.\n\nInput:\n5\nOutput:\n2 3\n\nInput:\n9\nOutput:\n4 5\n"
)
SUMS = (
    "def check(nums, target, answer):\n"
    "    i, j = answer\n"
    "    return i != j and nums[i] + nums[j] == target\n"
)
REASONS = (
    "def check(nums, target, answer):\n"
    "    assert len(set(answer)) == 2, 'two indices are wanted'\n"
    "    assert sum(nums[i] for i in answer) == target, 'another sum'\n"
)
PRINTED = (
    "def check(stdin, answer):\n"
    "    a, b = map(int, answer.split())\n"
    "    return a > 0 and b > 0 and a + b == int(stdin)\n"
)


def checker(source: str, problem=PAIRS) -> Checker:
    read = read_checker(source, problem)
    assert isinstance(read, Checker), read
    return read


def with_runner(work):
    async def run():
        runner = PythonRunner(await open_sandbox(cache=Path.home() / ".cache" / "seenred"))
        return await work(runner)

    return asyncio.run(run())


def judged(solution: str, *sources: str, problem=PAIRS):
    async def work(runner):
        panel = Panel(tuple(checker(s, problem) for s in sources), "your checker")
        suite = ProblemSuite(runner, problem, Limits(seconds=2), panel=panel)
        return await suite.run(solution)

    return with_runner(work).results


def tried(source: str, problem=PAIRS):
    async def work(runner):
        return await try_checker(runner, checker(source, problem), problem, Limits(seconds=2))

    return with_runner(work)


def returning(value: str) -> str:
    return f"def pair(nums, target):\n    return {value}\n"


@pytest.mark.parametrize("source", [SUMS, REASONS])
@pytest.mark.parametrize(
    ("value", "passed"),
    [
        ("[1, 2] if len(nums) == 4 else [1, 0]", [True, True]),
        ("(2, 1) if len(nums) == 4 else (0, 1)", [True, True]),
        ("[0, 1]", [False, True]),
        ("None", [False, False]),
        ("[0, 99]", [False, False]),
        ("object()", [False, False]),
    ],
)
def test_another_answer_is_judged_by_the_checker(source, value, passed):
    assert passed == [r.passed for r in judged(returning(value), source)]


def test_the_reason_of_a_refusal_is_told():
    first = judged(returning("[0, 1]"), REASONS)[0]
    assert "another sum" in first.detail
    assert first.judged_by == "your checker"


def test_an_answer_on_which_checkers_disagree_is_not_judged():
    lax = "def check(nums, target, answer):\n    return True\n"
    first = judged(returning("[0, 1]"), SUMS, lax)[0]
    assert first.passed is None
    assert "disagree" in first.detail


def test_a_program_is_judged_by_what_it_printed():
    solution = "n = int(input())\nprint(1, n - 1)\n"
    assert [True, True] == [r.passed for r in judged(solution, PRINTED, problem=PROGRAM)]
    wrong = "n = int(input())\nprint(0, n)\n"
    assert [False, False] == [r.passed for r in judged(wrong, PRINTED, problem=PROGRAM)]


@pytest.mark.parametrize(
    ("source", "problem"), [(SUMS, PAIRS), (REASONS, PAIRS), (PRINTED, PROGRAM)]
)
def test_a_checker_that_looks_is_believed(source, problem):
    found = tried(source, problem)
    assert found.refused == ""
    assert {True, False} == set(found.rulings)


def test_checkers_of_one_mind_rule_alike_on_every_answer():
    assert tried(SUMS).rulings == tried(REASONS).rulings


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        ("return True", "accepts every answer to example 1"),
        ("return False", "refuses [0, 3]"),
        ("return nums[answer[0]] + nums[answer[1]] == target if answer else True", "accepts None"),
        ("return len(answer)", "neither True nor False"),
        ("while answer != [0, 3]: pass\n    return True", "timed out"),
        (
            "import random\n    if answer is None: return False\n    return answer in ([0, 3], "
            "[0, 1]) or random.random() < 0.5",
            "something else each time",
        ),
    ],
)
def test_a_checker_that_does_not_look_is_refused(body, refused):
    assert refused in tried(f"def check(nums, target, answer):\n    {body}\n").refused


EMPTY = parse_statement(PAIRS.text + "pair([1, 1], 9) -> []\n")


@pytest.mark.parametrize(
    ("solution", "passed"),
    [
        ("[1, 2] if len(nums) == 4 else [0, 1] if target == 4 else []", [True, True, True]),
        ("[1, 2] if len(nums) == 4 else []", [True, False, True]),
        ("[1, 2] if len(nums) == 4 else [0, 1]", [True, True, False]),
    ],
)
def test_whether_there_is_an_answer_needs_no_checker(solution, passed):
    async def work(runner):
        panel = Panel((checker(SUMS),), "an agreed checker", existing=True)
        suite = ProblemSuite(runner, EMPTY, Limits(seconds=2), panel=panel)
        return await suite.run(returning(solution))

    assert passed == [r.passed for r in with_runner(work).results]


def test_a_checker_is_not_tried_on_an_example_without_an_answer():
    assert tried(SUMS, EMPTY).refused == ""


LONGEST = parse_statement(
    "Write a function `stretch(text: str) -> str` that returns the longest piece of text without "
    "an x; if there are several, any of them is accepted.\n\n"
    'stretch("abxcdxe") -> "ab"\nstretch("x") -> ""\n'
)
PIECE = "def check(text, answer):\n    return answer in text and 'x' not in answer\n"


@pytest.mark.parametrize(
    ("value", "passed"), [("'cd' * (text != 'x')", [True, True]), ("text[:1]", [False, False])]
)
def test_the_longest_must_be_as_long_as_the_examples_answer(value, passed):
    async def work(runner):
        panel = Panel((checker(PIECE, LONGEST),), "an agreed checker", True, same_length=True)
        suite = ProblemSuite(runner, LONGEST, Limits(seconds=2), panel=panel)
        return await suite.run(f"def stretch(text):\n    return {value}\n")

    assert passed == [r.passed for r in with_runner(work).results]
