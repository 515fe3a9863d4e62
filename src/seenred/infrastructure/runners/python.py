"""Runs Python candidates in a sandbox: calls, programs, expressions, pytest files, traces."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from seenred.domain.execution import Answer, Command, Ending, Execution, Limits, Outcome
from seenred.infrastructure.runners import answer, pytest_session
from seenred.infrastructure.runners.inside.driver import TOO_MANY_LEFT
from seenred.referee.ports import Sandbox, TestSession

_INSIDE = Path(__file__).parent / "inside"
_PACKAGE = "seenred_inside"
_DRIVER = (
    "{python}",
    "-I",
    "-S",
    "-B",
    "-c",
    f"import sys; sys.path.insert(0, '.'); from {_PACKAGE}.driver import main;"
    " del sys.path[0]; main()",
)
# the driver and what it is made of
_DRIVEN = ("driver", "candidate", "raised", "values")
# seconds that starting the driver may take on a busy machine
_START = 10.0
# bytes that an answer takes besides the value and what was printed, each perhaps escaped sixfold
_ENVELOPE, _ESCAPED = 4096, 12


class PythonRunner:
    """Runs candidates with the interpreter of the sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def call(
        self, source: str, function: str, inputs: Sequence[tuple[str, ...]], limits: Limits
    ) -> list[Answer]:
        job = {"mode": "call", "function": function}
        return await self._ask(job, source, [list(texts) for texts in inputs], limits)

    async def feed(self, source: str, stdins: Sequence[str], limits: Limits) -> list[Answer]:
        return await self._ask({"mode": "feed"}, source, list(stdins), limits)

    async def evaluate(
        self, source: str, module: str, expressions: Sequence[str], limits: Limits
    ) -> list[Answer]:
        job = {"mode": "evaluate", "module": module}
        return await self._ask(job, source, list(expressions), limits)

    async def trace(
        self, source: str, module: str, expression: str, limits: Limits
    ) -> tuple[int, ...]:
        job = {"mode": "trace", "module": module}
        execution = await self._drive(job, source, [expression], limits)
        for told in _lines(execution.stdout):
            return answer.traced_lines(told)
        return ()

    async def test(self, source: str, module: str, tests: str, limits: Limits) -> TestSession:
        command = pytest_session.command(source, module, tests, limits, _files("session"))
        return pytest_session.read(await self._sandbox.run(command), limits)

    async def _ask(
        self, job: dict[str, Any], source: str, inputs: list[Any], limits: Limits
    ) -> list[Answer]:
        """One answer an input; an input that takes the driver down costs only its own."""
        answers: list[Answer] = []
        while len(answers) < len(inputs):
            execution = await self._drive(job, source, inputs[len(answers) :], limits)
            told = _lines(execution.stdout)
            found = [answer.read(line, source, limits) for line in told]
            answers += found
            if found and answer.holds_for_all(told[-1]):
                answers += [found[-1]] * (len(inputs) - len(answers))
            elif len(answers) < len(inputs) and not (found and _crowded(execution)):
                answers.append(_broken(execution))
        return answers[: len(inputs)]

    async def _drive(
        self, job: dict[str, Any], source: str, inputs: list[Any], limits: Limits
    ) -> Execution:
        work = {"source": source, "seconds": limits.seconds, "output": limits.output}
        stdin = json.dumps({**job, **work, "inputs": inputs}).encode()
        # each input may take its time twice: to load and to run
        seconds = _START + 2 * limits.seconds * len(inputs)
        output = (_ENVELOPE + _ESCAPED * limits.output) * (len(inputs) + 1)
        wide = replace(limits, seconds=seconds, output=output)
        return await self._sandbox.run(Command(_DRIVER, _files(*_DRIVEN), stdin, (), wide))


def _files(*modules: str) -> dict[str, bytes]:
    names = ("__init__", *modules)
    return {f"{_PACKAGE}/{name}.py": (_INSIDE / f"{name}.py").read_bytes() for name in names}


def _lines(stdout: bytes) -> list[dict[str, Any]]:
    """What the driver told, whole lines only."""
    whole = stdout.rpartition(b"\n")[0]
    return [json.loads(line) for line in whole.splitlines()]


def _crowded(execution: Execution) -> bool:
    """Processes that an earlier input left kept the driver from starting the next one."""
    return execution.ending is Ending.EXITED and execution.exit_code == TOO_MANY_LEFT


def _broken(execution: Execution) -> Answer:
    """The answer of the input at which the driver itself came to its end."""
    outcomes = {Ending.TIMED_OUT: Outcome.TIMED_OUT, Ending.OUT_OF_MEMORY: Outcome.OUT_OF_MEMORY}
    outcome = outcomes.get(execution.ending, Outcome.CRASHED)
    return Answer(outcome, error=f"took the sandboxed process down ({execution.ending})")
