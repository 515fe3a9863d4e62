"""The real small model and the real sandbox, from the command line to the artifacts."""

import json

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
