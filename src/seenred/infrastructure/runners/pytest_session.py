"""A pytest file beside a candidate: the command, and what its reports say."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

from seenred.domain.execution import Command, Ending, Execution, Limits
from seenred.errors import EnvironmentLacks
from seenred.infrastructure.runners.inside.session import MISSING, REPORTS
from seenred.referee.ports import TestReport, TestSession


def command(
    source: str, module: str, tests: str, limits: Limits, inside: dict[str, bytes]
) -> Command:
    """The session's command; `inside` are the files of the driver."""
    path = module.replace(".", "/")
    name = f"test_{path.rpartition('/')[2]}.py"
    found = importlib.util.find_spec("pytest")
    packages = str(Path(found.origin).parent.parent) if found and found.origin else ""
    program = (
        "import sys; sys.path.insert(0, '.'); from seenred_inside.session import main;"
        f" del sys.path[0]; main({packages!r}, {name!r}, {module!r})"
    )
    files = {f"{path}.py": source.encode(), name: tests.encode(), **inside}
    argv = ("{python}", "-I", "-B", "-c", program)
    return Command(argv, files, collect=(REPORTS,), limits=limits)


def read(execution: Execution, limits: Limits) -> TestSession:
    """What the session showed.

    Raises:
        EnvironmentLacks: the interpreter inside has no pytest.
    """
    if execution.exit_code == MISSING and REPORTS not in execution.collected:
        raise EnvironmentLacks(
            "no-pytest", "This Python has no pytest to run tests with; pip install pytest."
        )
    lines = _lines(execution.collected.get(REPORTS, b""))
    errors = [line["error"] for line in lines if "error" in line]
    if errors:
        return TestSession(error=f"the test file cannot be loaded: {errors[0]}")
    planned = [test for line in lines for test in line.get("tests", ())]
    if not planned:
        return TestSession(error=_nothing(execution))
    reports = _reports(lines)
    started = [line["started"] for line in lines if "started" in line]
    stopped = _why_stopped(execution, limits)
    for test in planned:
        if test not in reports:
            message = stopped if test in started else f"not run: an earlier test {stopped}"
            reports[test] = TestReport(test, False, message)
    return TestSession(tuple(reports[test] for test in planned))


def _reports(lines: list[dict[str, Any]]) -> dict[str, TestReport]:
    """The last word on each test, a failure being the last there can be."""
    reports: dict[str, TestReport] = {}
    for line in lines:
        if "test" not in line:
            continue
        known = reports.get(line["test"])
        if known is None or known.passed is not False:
            reports[line["test"]] = TestReport(
                line["test"], line["passed"], line["message"], line["seconds"]
            )
    return reports


def _why_stopped(execution: Execution, limits: Limits) -> str:
    if execution.ending is Ending.TIMED_OUT:
        return f"hit the limit of {limits.seconds:g} s"
    if execution.ending is Ending.EXITED:
        return f"ended the test session (exit code {execution.exit_code})"
    return f"ended the test session ({execution.ending})"


def _nothing(execution: Execution) -> str:
    if execution.ending is not Ending.EXITED:
        return f"the test file could not be loaded: {execution.ending}"
    if execution.exit_code == 5:  # pytest's own code
        return "the test file holds no test"
    last = execution.stderr.decode(errors="replace").strip().splitlines()[-1:]
    why = f": {last[0]}" if last else ""
    return f"the test session ended with exit code {execution.exit_code}{why}"


def _lines(data: bytes) -> list[dict[str, Any]]:
    """Whole lines that are JSON objects; the candidate may have written there too."""
    found = []
    for line in data.splitlines():
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            found.append(value)
    return found
