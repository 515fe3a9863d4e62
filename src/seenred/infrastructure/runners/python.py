"""Runs Python candidates in a sandbox, one forked process for each input."""

from __future__ import annotations

import ast
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from seenred.domain.execution import Answer, Command, Ending, Execution, Limits, Outcome
from seenred.referee.ports import Sandbox, TestReport, TestSession

_HERE = Path(__file__).parent
# Seconds that a batch may take beyond its calls' own: interpreter start, loading, pytest.
START = 10.0
# Address space that pytest and its plugins need beyond the candidate's.
PYTEST_MEMORY = 512 * 1024 * 1024


class PythonRunner:
    """Adapter of `referee.ports.Runner`; see there."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def call(
        self, source: str, function: str, inputs: Sequence[tuple[str, ...]], limits: Limits
    ) -> list[Answer]:
        """Call `function` once for each input."""
        job = {"mode": "call", "function": function, "items": [list(i) for i in inputs]}
        return await self._answers(source, job, limits)

    async def feed(self, source: str, stdins: Sequence[str], limits: Limits) -> list[Answer]:
        """Run `source` as a program once for each stdin."""
        return await self._answers(source, {"mode": "feed", "items": list(stdins)}, limits)

    async def evaluate(
        self, source: str, expressions: Sequence[str], limits: Limits
    ) -> list[Answer]:
        """Evaluate each expression where `source` is loaded."""
        job = {"mode": "evaluate", "module": "solution", "items": list(expressions)}
        return await self._answers(source, job, limits)

    async def trace(self, source: str, expression: str, limits: Limits) -> tuple[int, ...]:
        """The lines of `source` that evaluating `expression` executes."""
        job = {"mode": "trace", "module": "solution", "items": [expression]}
        answer = (await self._answers(source, job, limits))[0]
        return tuple(json.loads(answer.value)) if answer.outcome is Outcome.RETURNED else ()

    async def test(self, source: str, module: str, tests: str, limits: Limits) -> TestSession:
        """Run the pytest file `tests` beside `source`."""
        roomy = replace(
            limits, seconds=limits.seconds + START, memory=limits.memory + PYTEST_MEMORY
        )
        command = Command(
            ("{python}", "-B", "driver.py", "test_given.py"),
            files={
                "driver.py": (_HERE / "pytest_driver.py").read_bytes(),
                f"{module}.py": source.encode(),
                "test_given.py": tests.encode(),
                "empty.ini": b"",
            },
            collect=("results.json",),
            limits=roomy,
        )
        return _session(await self._sandbox.run(command))

    async def _answers(self, source: str, job: dict[str, Any], limits: Limits) -> list[Answer]:
        items = job["items"]
        job |= {"source": source, "seconds": limits.seconds}
        command = Command(
            ("{python}", "-I", "-B", "driver.py"),
            files={
                "driver.py": (_HERE / "python_driver.py").read_bytes(),
                "job.json": json.dumps(job).encode(),
            },
            collect=("results.json",),
            limits=replace(limits, seconds=limits.seconds * len(items) + START),
        )
        execution = await self._sandbox.run(command)
        raw = _json(execution)
        if not isinstance(raw, list) or len(raw) != len(items):
            return [_lost(execution)] * len(items)
        raising = _raising_lines(source)
        return [_answer(one, raising) for one in raw]


def _answer(raw: dict[str, Any], raising: set[int]) -> Answer:
    line = raw.get("line")
    return Answer(
        outcome=Outcome(raw["outcome"]),
        value=raw.get("value", ""),
        error=raw.get("error", ""),
        line=line,
        deliberate=line in raising,
        seconds=raw.get("seconds", 0.0),
    )


def _raising_lines(source: str) -> set[int]:
    """The lines of `raise` and `assert` statements: exceptions from there are meant."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return set()
    return {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise | ast.Assert)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


def _json(execution: Execution) -> Any:
    try:
        return json.loads(execution.collected.get("results.json", b""))
    except (ValueError, UnicodeDecodeError):
        return None


def _lost(execution: Execution) -> Answer:
    """The whole batch went down; that never counts as an answer."""
    if execution.ending is Ending.TIMED_OUT:
        return Answer(Outcome.TIMED_OUT)
    detail = execution.stderr.decode(errors="replace").strip().splitlines()
    return Answer(Outcome.CRASHED, error=detail[-1][:300] if detail else str(execution.ending))


def _session(execution: Execution) -> TestSession:
    raw = _json(execution)
    if not isinstance(raw, dict):
        answer = _lost(execution)
        if "No module named 'pytest'" in answer.error:
            return TestSession(
                error="pytest is not installed; install it with `pip install pytest`"
            )
        return TestSession(error=f"the tests did not finish: {answer.error or answer.outcome}")
    reports = tuple(
        TestReport(test_id, r["passed"], r["message"], r["seconds"])
        for test_id, r in raw["reports"].items()
        if r["message"] != "skipped"
    )
    return TestSession(reports, raw["error"])
