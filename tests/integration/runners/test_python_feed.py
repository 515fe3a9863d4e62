from __future__ import annotations

import asyncio
from textwrap import dedent

import pytest

from seenred.domain.execution import Answer, Limits, Outcome
from seenred.infrastructure.runners.python import PythonRunner

_LIMITS = Limits(seconds=0.6)


def _feed(runner: PythonRunner, source: str, *stdins: str) -> list[Answer]:
    return asyncio.run(runner.feed(dedent(source), stdins, _LIMITS))


@pytest.mark.parametrize(
    "source",
    [
        "print(sum(map(int, input().split())))",
        "import sys\nprint(sum(int(w) for w in sys.stdin.read().split()))",
        "import sys\nsys.stdout.write(str(sum(map(int, sys.stdin.buffer.read().split()))) + '\\n')",
        "print(sum(map(int, open(0).read().split())))",
        "def main():\n    print(sum(map(int, input().split())))\nif __name__ == '__main__': main()",
        "print(sum(map(int, input().split()))); exit()",
        "print(sum(map(int, input().split())), flush=True)\nimport os; os._exit(0)",
        "import os\nos.write(1, b'%d\\n' % sum(map(int, os.read(0, 99).split())))",
        "import threading\ndef main(): print(sum(map(int, input().split())))\n"
        "threading.Thread(target=main).start()",
        "import atexit\natexit.register(lambda: print(sum(map(int, input().split()))))",
    ],
)
def test_program_reads_and_prints_in_any_style(runner: PythonRunner, source: str) -> None:
    first, second = _feed(runner, source, "1 2\n", "30 4\n")

    assert (first.outcome, first.value) == (Outcome.RETURNED, "3\n")
    assert (second.outcome, second.value) == (Outcome.RETURNED, "34\n")


def test_text_beyond_ascii_comes_through(runner: PythonRunner) -> None:
    (answer,) = _feed(runner, "print(input()[::-1])", "é€\n")

    assert answer.value == "€é\n"


def test_failure_of_a_program_has_its_line(runner: PythonRunner) -> None:
    (answer,) = _feed(runner, "print(1)\nint(input())\n", "x\n")

    assert (answer.outcome, answer.line) == (Outcome.RAISED, 2)
    assert answer.error.startswith("ValueError")


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("while True: pass", Outcome.TIMED_OUT),
        ("while True: print('x' * 1000)", Outcome.CRASHED),
        ("input(); input()", Outcome.RAISED),
        ("raise SystemExit(3)", Outcome.RAISED),
        ("x = [0] * (1 << 32)", Outcome.OUT_OF_MEMORY),
        ("def f(:", Outcome.UNLOADABLE),
        ("import os; os._exit(3)", Outcome.CRASHED),
    ],
)
def test_failing_program_is_told(runner: PythonRunner, source: str, outcome: Outcome) -> None:
    answers = _feed(runner, source, "1\n", "2\n")

    assert [answer.outcome for answer in answers] == [outcome, outcome]


def test_expressions_are_evaluated_in_fresh_processes(runner: PythonRunner) -> None:
    source = "seen = []\ndef f(x):\n    seen.append(x)\n    return list(seen)\n"

    expressions = ["f(1)", "f(2) + [solution.f(3)]", "1 / 0", "f("]
    answers = asyncio.run(runner.evaluate(source, "solution", expressions, _LIMITS))

    assert [answer.value for answer in answers[:2]] == ["[1]", "[2, [2, 3]]"]
    assert [answer.error.partition(":")[0] for answer in answers[2:]] == [
        "ZeroDivisionError",
        "SyntaxError",
    ]


def test_a_module_is_loaded_under_its_own_name(runner: PythonRunner) -> None:
    source = "class Point:\n    x = 1\n"

    expressions = ["Point.__module__", "billing.Point.x"]
    answers = asyncio.run(runner.evaluate(source, "billing", expressions, _LIMITS))

    assert [answer.value for answer in answers] == ["'billing'", "1"]


_TRACED = """
def f(x):
    if x:
        return 1
    while True:
        x += 1
"""


@pytest.mark.parametrize(
    ("expression", "lines"),
    [("f(1)", (3, 4)), ("f(0)", (3, 5, 6)), ("f('')", (3, 5, 6)), ("g()", ())],
)
def test_trace_gives_the_lines_that_ran(
    runner: PythonRunner, expression: str, lines: tuple[int, ...]
) -> None:
    assert asyncio.run(runner.trace(_TRACED, "solution", expression, _LIMITS)) == lines
