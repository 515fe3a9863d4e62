"""`--tests FILE` from the command line, in every workflow."""

import json

import pytest

STATEMENT = """Write a function `clamp(value, low, high)` that returns value, but at least low
and at most high.

clamp(5, 1, 3) -> 3
"""
NO_FINDINGS = json.dumps({"findings": [], "recommendations": [], "coverage_gaps": []})


def block(code: str) -> str:
    return f"```python\n{code}```\n"


RIGHT = block("def clamp(value, low, high):\n    return max(low, min(value, high))\n")
WRONG = block("def clamp(value, low, high):\n    return min(value, high)\n")
TESTS = "from solution import clamp\n\n\ndef test_low():\n    assert clamp(0, 1, 3) == 1\n"
UNITTEST = """
import unittest
from clamping import clamp


class Clamping(unittest.TestCase):
    def setUp(self):
        self.low = 1

    def test_low(self):
        self.assertEqual(clamp(0, self.low, 3), 1)
"""
FIXTURES = """
import pytest
import solution


@pytest.fixture
def low():
    return 1


@pytest.mark.parametrize("value", [0, -5])
def test_low(low, value):
    assert solution.clamp(value, low, 3) == low


@pytest.mark.skip(reason="not yet")
def test_later():
    assert False
"""


@pytest.mark.parametrize("workflow", ["development", "competitive"])
@pytest.mark.parametrize("tests", [TESTS, UNITTEST, FIXTURES])
def test_a_solution_that_passes_the_users_tests_is_solved(seenred, workflow, tests):
    seenred.write("p.txt", STATEMENT)
    seenred.write("t.py", tests)
    model = seenred.script(RIGHT, RIGHT, NO_FINDINGS)
    words = ["run", workflow, "p.txt", "--tests", "t.py", "--candidates", "1", "--model", model]
    done = seenred(*words)
    assert done.returncode == 0, done.stderr
    assert "test_low" in seenred.read("output/test_results.txt")


@pytest.mark.parametrize("tests", [TESTS, UNITTEST, FIXTURES])
def test_a_solution_that_fails_the_users_tests_is_repaired(seenred, tests):
    seenred.write("p.txt", STATEMENT)
    seenred.write("t.py", tests)
    model = seenred.script(WRONG, WRONG, NO_FINDINGS, RIGHT, NO_FINDINGS)
    done = seenred("solve", "p.txt", "--tests", "t.py", "--candidates", "1", "--model", model)
    assert done.returncode == 0, done.stderr
    assert "test_low" in seenred.read("output/fix_plan_1.md")
    assert "max(low" in seenred.read("output/solution_final.py")


def test_competitive_reports_the_users_test_that_fails(seenred):
    seenred.write("p.txt", STATEMENT)
    seenred.write("t.py", TESTS)
    model = seenred.script(WRONG, WRONG, NO_FINDINGS)
    words = ["run", "competitive", "p.txt", "--tests", "t.py", "--candidates", "1"]
    done = seenred(*words, "--model", model)
    assert done.returncode == 1, done.stderr
    assert "test_low" in seenred.read("output/validation_report.md")


def test_tests_alone_say_what_is_wanted(seenred):
    seenred.write("p.md", "Make clamping work.\n")
    seenred.write("t.py", TESTS)
    model = seenred.script(RIGHT, RIGHT, NO_FINDINGS)
    done = seenred("solve", "p.md", "--tests", "t.py", "--candidates", "1", "--model", model)
    assert done.returncode == 0, done.stderr
    assert "def clamp(a, b, c):" in done.stderr


CODE = "def clamp(value, low, high):\n    return min(value, high)\n"
OWN_NAME = "from code import clamp\n\n\ndef test_low():\n    assert clamp(0, 1, 3) == 1\n"


def test_debugging_repairs_what_the_users_tests_show(seenred):
    seenred.write("code.py", CODE)
    seenred.write("t.py", OWN_NAME)
    model = seenred.script(NO_FINDINGS, RIGHT, NO_FINDINGS)
    done = seenred("run", "debugging", "code.py", "--tests", "t.py", "--model", model)
    assert done.returncode == 0, done.stderr
    assert "max(low" in seenred.read("output/code_fixed.py")


def test_debugging_finds_nothing_where_the_users_tests_pass(seenred):
    seenred.write(
        "code.py", "def clamp(value, low, high):\n    return max(low, min(value, high))\n"
    )
    seenred.write("t.py", OWN_NAME)
    model = seenred.script(NO_FINDINGS)
    done = seenred("run", "debugging", "code.py", "--tests", "t.py", "--model", model)
    assert done.returncode == 1
    assert "no defect is confirmed" in done.stdout


@pytest.mark.parametrize(
    ("tests", "says"),
    [
        ("def test_it():\n    assert 1 + 1 == 2\n", "from solution import clamp"),
        ("from .solution import clamp\n", "from solution import clamp"),
        ("from solution import clamp\n", "holds no test"),
        ("from solution import clamp\n\ndef test_it(:\n", "not valid Python"),
        ("from solution import clamp\nimport no_such_thing\n", "no_such_thing"),
        ("from solution import clamp\n\n1 / 0\n", "ZeroDivisionError"),
        ("", "empty"),
    ],
)
def test_tests_that_cannot_judge_are_refused_before_a_model_is_asked(seenred, tests, says):
    seenred.write("p.txt", STATEMENT)
    seenred.write("t.py", tests)
    done = seenred("solve", "p.txt", "--tests", "t.py", "--model", seenred.script())
    assert done.returncode == 2, done.stderr
    assert says in done.stderr
    assert "t.py" in done.stderr
    assert "Traceback" not in done.stderr


def test_tests_of_code_import_it_by_its_own_name(seenred):
    seenred.write("code.py", CODE)
    seenred.write("t.py", TESTS)
    done = seenred("run", "debugging", "code.py", "--tests", "t.py", "--model", seenred.script())
    assert done.returncode == 2
    assert "from code import" in done.stderr
