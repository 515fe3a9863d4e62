"""The real small model and the real sandbox, from the command line to the artifacts."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

MODEL = "local:qwen2.5-coder-0.5b"
STATEMENT = """Write a function `is_even(n: int) -> bool` that tells whether n is even.

is_even(4) -> True
is_even(7) -> False
is_even(0) -> True
"""


@pytest.fixture(autouse=True)
def _pulled(seenred):
    listed = json.loads(seenred("models", "list", "--json").stdout)
    if not any(m["name"] == MODEL and m["available"] for m in listed):
        pytest.skip(f"{MODEL} is not pulled; run `seenred models pull {MODEL}`")


def test_a_simple_problem_is_solved(seenred):
    seenred.write("p.txt", STATEMENT)
    done = seenred("solve", "p.txt", "--model", MODEL, timeout=600)
    assert done.returncode == 0, done.stderr
    report = seenred.report()
    assert report["solved"]
    assert report["usage"]["reply_tokens"] > 0
    assert "def is_even" in seenred.read("output/solution_final.py")


def test_models_try_answers(seenred):
    done = seenred("models", "try", MODEL, "--ask", "Say hello.", "--json")
    assert json.loads(done.stdout)["reply_tokens"] > 0


PROGRAM = """Sum

time limit per test: 2 seconds

The only line of the input holds two integers a and b (-10^9 <= a, b <= 10^9), separated by a space.
Print their sum.

Input:
3 4
Output:
7

Input:
-5 2
Output:
-3
"""
MODULE = '''"""Numbers."""


def is_even(n):
    """Whether n is even."""
    return n % 2 == 1


def double(n):
    """Twice n.

    >>> double(4)
    8
    """
    return 2 * n
'''


def test_a_contest_problem_is_validated_within_its_time_limit(seenred):
    seenred.write("sum.txt", PROGRAM)
    done = seenred("run", "competitive", "sum.txt", "--model", MODEL, timeout=600)
    assert done.returncode == 0, done.stderr
    assert seenred.read("output/validation_report.md").startswith("# Validation report")
    program = seenred.folder / "output/solution_final.py"
    added = subprocess.run(
        [sys.executable, program], input="20 22\n", capture_output=True, text=True, check=True
    )
    assert added.stdout.strip() == "42"


def test_a_reported_bug_is_fixed_and_the_rest_left_alone(seenred):
    seenred.write("numbers_.py", MODULE)
    report = "is_even(4) returns False but should return True."
    done = seenred(
        "run", "debugging", "numbers_.py", "--report", report, "--model", MODEL, timeout=600
    )
    assert done.returncode == 0, done.stderr
    best = seenred.read(f"output/{seenred.report()['best']}")
    fixed: dict = {}
    exec(best, fixed)
    assert [fixed["is_even"](n) for n in (3, 4, 7, 10)] == [False, True, False, True]
    assert MODULE.split("def double")[1] in best
    assert seenred.read("numbers_.py") == MODULE


def test_agents_are_used_one_by_one(seenred):
    seenred.write("p.txt", STATEMENT)
    seenred.write("seenred.toml", f'[model]\nname = "{MODEL}"\n')
    done = seenred("use", "problem-solver", "on", "p.txt", timeout=600)
    assert done.returncode == 0, done.stderr
    assert "def is_even" in seenred.read("output/solution_v1.py")
    words = "Use bug-report-reviewer agent on output/solution_v1.py with p.txt"
    done = seenred(words, timeout=600)
    assert done.returncode == 0, done.stderr
    plan = seenred.read("output/fix_plan.md")
    assert "## Critical" in plan
    assert "[confirmed]" not in plan  # what it invents of a right solution stays a hint
