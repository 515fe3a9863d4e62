from __future__ import annotations

import asyncio
from textwrap import dedent

import pytest

from seenred.domain.execution import Answer, Limits, Outcome
from seenred.infrastructure.runners.python import PythonRunner

_LIMITS = Limits(seconds=0.6)


def _call(
    runner: PythonRunner, source: str, *inputs: tuple[str, ...], limits: Limits = _LIMITS
) -> list[Answer]:
    return asyncio.run(runner.call(dedent(source), "f", list(inputs), limits))


def _one(runner: PythonRunner, body: str, *arguments: str) -> Answer:
    (answer,) = _call(runner, body, arguments)
    return answer


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("return x", "[3, 1]"),
        ("return {'b': 1, 'a': (2,)}", "{'b': 1, 'a': (2,)}"),
        ("return {'pear', 'apple', 3, 1}", "{1, 3, 'apple', 'pear'}"),
        ("return set()", "set()"),
        ("return sorted(x), float('inf'), 'é'", "([1, 3], inf, 'é')"),
        ("return (n * n for n in x)", "[9, 1]"),
        ("return map(str, x)", "['3', '1']"),
        ("from collections import deque\n    return deque(x)", "[3, 1]"),
        ("from collections import Counter\n    return Counter(x)", "{3: 1, 1: 1}"),
        ("return 10 ** 5000", "1" + "0" * 5000),
        ("x.sort()", "[1, 3]"),
        ("return None", "None"),
    ],
)
def test_value_is_in_plain_types(runner: PythonRunner, body: str, value: str) -> None:
    answer = _one(runner, f"def f(x):\n    {body}\n", "[3, 1]")

    assert (answer.outcome, answer.value) == (Outcome.RETURNED, value)


def test_object_without_repr_is_told_by_its_attributes(runner: PythonRunner) -> None:
    source = """
        class Node:
            def __init__(self, value, after):
                self.value, self.after = value, after
        def f():
            return Node(1, Node(2, None))
        """

    answer = _one(runner, source)

    assert answer.value == "Node(value=1, after=Node(value=2, after=None))"


def test_infinity_and_empty_set_are_arguments(runner: PythonRunner) -> None:
    answer = _one(runner, "def f(*a): return a", "inf", "-float('inf')", "set()", "[nan]")

    assert answer.value == "(inf, -inf, set(), [nan])"


def test_argument_that_is_no_literal_is_said(runner: PythonRunner) -> None:
    first, second = _call(runner, "def f(x): return x", ("open('x')",), ("1",))

    assert first.outcome is Outcome.UNLOADABLE
    assert "not a literal" in first.error
    assert second.value == "1"


def test_method_of_solution_is_called(runner: PythonRunner) -> None:
    answer = _one(runner, "class Solution:\n    def f(self, x):\n        return x + 1\n", "1")

    assert answer.value == "2"


def test_program_around_the_function_does_not_matter(runner: PythonRunner) -> None:
    source = """
        import sys
        print("hello")
        lines = sys.stdin.read().split()
        def f(x):
            print("debug", x)
            return x
        if __name__ == "__main__":
            f(input())
        """

    assert _one(runner, source, "'a'").value == "'a'"


def test_inputs_do_not_see_each_other(runner: PythonRunner) -> None:
    source = "seen = []\ndef f(x):\n    seen.append(x)\n    return seen\n"

    values = [answer.value for answer in _call(runner, source, ("1",), ("2",))]

    assert values == ["[1]", "[2]"]


def test_deliberate_exception_is_told_from_an_accident(runner: PythonRunner) -> None:
    source = (
        "def f(x):\n"
        "    if x < 0:\n"
        "        raise ValueError(\n"
        "            'negative')\n"
        "    return 1 // x\n"
    )

    refused, broken = _call(runner, source, ("-1",), ("0",))

    assert (refused.outcome, refused.error) == (Outcome.RAISED, "ValueError: negative")
    assert (refused.line, refused.deliberate) == (3, True)
    assert broken.error.startswith("ZeroDivisionError")
    assert (broken.line, broken.deliberate) == (5, False)


@pytest.mark.parametrize(
    "body", ["return int('x')", "raise ValueError({}['k'])", "return sorted([1, 'a'])"]
)
def test_accident_below_the_candidate_has_the_candidates_line(
    runner: PythonRunner, body: str
) -> None:
    answer = _one(runner, f"def f():\n    {body}\n")

    assert (answer.outcome, answer.line, answer.deliberate) == (Outcome.RAISED, 2, False)


@pytest.mark.parametrize(
    ("body", "outcome", "error"),
    [
        ("while True: pass", Outcome.TIMED_OUT, "no answer within 0.6 s"),
        ("import time; time.sleep(60)", Outcome.TIMED_OUT, "no answer within 0.6 s"),
        ("return len('x' * (3 << 30))", Outcome.OUT_OF_MEMORY, "MemoryError"),
        ("import os; os._exit(0)", Outcome.CRASHED, "left with exit code 0"),
        ("import os; os.abort()", Outcome.CRASHED, "killed by SIGABRT"),
        ("import ctypes; ctypes.string_at(0)", Outcome.CRASHED, "killed by SIGSEGV"),
        ("import sys; sys.exit('bye')", Outcome.RAISED, "SystemExit: bye"),
        ("return f(x)", Outcome.RAISED, "RecursionError"),
        ("raise KeyboardInterrupt", Outcome.RAISED, "KeyboardInterrupt"),
        ("return 'x' * (2 << 20)", Outcome.CRASHED, "more than 1048576 bytes"),
        ("return iter(int, 1)", Outcome.RAISED, "more than 100000 values"),
        ("import os; os.closerange(0, 100); return 1", Outcome.CRASHED, "exit code"),
        ("import json; json.dumps = None; return 1", Outcome.CRASHED, "exit code 1"),
        ("import socket; socket.socket()", Outcome.RAISED, "PermissionError"),
        ("import os; return open('/etc/passwd').read()", Outcome.RAISED, "Error"),
        ("import os, signal; os.kill(os.getppid(), signal.SIGKILL)", Outcome.CRASHED, "down"),
    ],
)
def test_hostile_call_costs_only_its_own_answer(
    runner: PythonRunner, body: str, outcome: Outcome, error: str
) -> None:
    source = f"def f(x=None):\n    if x: return x\n    {body}\n"

    before, hostile, after = _call(runner, source, ("1",), (), ("2",))

    assert (before.value, after.value) == ("1", "2")
    assert (hostile.outcome, hostile.value) == (outcome, "")
    assert error in hostile.error


def test_call_that_prints_a_gigabyte_is_answered_or_ended(runner: PythonRunner) -> None:
    source = "def f():\n    for _ in range(1024): print('x' * (1 << 20))\n    return 1\n"

    assert _one(runner, source).outcome in (Outcome.RETURNED, Outcome.TIMED_OUT)


def test_call_that_forks_for_ever_does_not_spoil_the_next(runner: PythonRunner) -> None:
    source = """
        import os, time
        def f(x):
            if x: return x
            while True:
                try:
                    if os.fork() == 0: time.sleep(60)
                except OSError:
                    return "full"
        """

    hostile, after = _call(runner, source, ("0",), ("7",))

    assert hostile.outcome in (Outcome.RETURNED, Outcome.TIMED_OUT)
    assert after.value == "7"


def test_answer_of_another_input_cannot_be_written(runner: PythonRunner) -> None:
    source = """
        import os
        def f(x):
            if x: return x
            for fd in range(3, 60):
                try: os.write(fd, b'{"state": "L", "payload": "{}"}\\n')
                except OSError: pass
            for name in os.listdir("/proc") if os.path.exists("/proc") else []:
                try: open(f"/proc/{name}/fd/1", "wb").write(b"forged\\n")
                except OSError: pass
        """

    _, after = _call(runner, source, ("0",), ("7",))

    assert (after.outcome, after.value) == (Outcome.RETURNED, "7")


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("def f(:\n", "SyntaxError: invalid syntax (line 1)"),
        ("def g(): pass\nclass C: pass\n", "no function 'f'; defined are: g, C"),
        ("import no_such_module\n", "ModuleNotFoundError"),
        ("1 / 0\n", "ZeroDivisionError"),
        ("while True: pass\n", "loading it took more than 0.6 s"),
        ("import os; os._exit(3)\n", "left with exit code 3"),
        ("f = 3\n", "no function 'f'; defined are: none"),
        ("raise SystemExit\n", "SystemExit"),
        ("x = '\x00'", "null bytes"),
    ],
)
def test_candidate_that_cannot_be_loaded_says_why(
    runner: PythonRunner, source: str, error: str
) -> None:
    answers = _call(runner, source, ("1",), ("2",))

    assert len(answers) == 2
    assert all(error in answer.error for answer in answers)
    expected = Outcome.CRASHED if "exit code" in error else Outcome.UNLOADABLE
    assert {answer.outcome for answer in answers} == {expected}


def test_no_input_needs_no_process(runner: PythonRunner) -> None:
    assert _call(runner, "def f(): pass") == []


def test_time_of_a_call_leaves_loading_out(runner: PythonRunner) -> None:
    source = "import time\nwhile time.process_time() < 0.1: pass\ndef f(): return 1\n"

    answer = _one(runner, source)

    assert (answer.outcome, answer.value) == (Outcome.RETURNED, "1")
    assert answer.seconds < 0.1
