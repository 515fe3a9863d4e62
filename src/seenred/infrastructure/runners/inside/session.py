"""Runs inside the sandbox: one pytest session, each report a line of JSON in a file."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MISSING = 90
REPORTS = "reports.jsonl"


def main(packages: str, tests: str, module: str) -> None:
    """Run the file `tests` of `module`.

    `packages` is where pytest lies, if not on the path already.
    """
    sys.path.append(packages)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        import pdb  # noqa: F401 -- pytest wants it later, when `module` may hide a part of it

        import pytest
    except ImportError:
        os._exit(MISSING)
    sys.modules.pop(module, None)  # Python may have one of that name
    here = str(Path.cwd())
    sys.path.insert(0, here)
    quiet = ["-q", "--tb=short", "-p", "no:cacheprovider", "-p", "no:faulthandler"]
    # nothing above the scratch directory is looked at, where Landlock forbids it anyway
    alone = ["--rootdir", here, "--confcutdir", here, "-c", os.devnull]
    alone.append("--import-mode=importlib")
    code = pytest.main([*quiet, *alone, tests], plugins=[Reporter()])
    sys.stdout.flush()
    os._exit(int(code))


class Reporter:
    """Writes what happens as it happens, so that a killed session leaves what it had."""

    def __init__(self) -> None:
        self._file = os.open(REPORTS, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC)

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self._write({"error": decisive(report)})

    def pytest_collection_finish(self, session: Any) -> None:
        self._write({"tests": [item.nodeid for item in session.items]})

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._write({"started": nodeid})

    def pytest_runtest_logreport(self, report: Any) -> None:
        # a test is one call; its set-up and tear-down count only when they go wrong
        if report.when == "call" or report.outcome != "passed":
            message = "" if report.passed else decisive(report)
            self._write(
                {
                    "test": report.nodeid,
                    "passed": None if report.skipped else report.passed,
                    "message": message,
                    "seconds": report.duration,
                }
            )

    def _write(self, line: dict[str, Any]) -> None:
        os.write(self._file, json.dumps(line).encode() + b"\n")


def decisive(report: Any) -> str:
    """The line that says why: pytest's first `E` line, else the last line there is."""
    if report.skipped:
        expected = hasattr(report, "wasxfail")
        told = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        return "expected to fail" if expected else f"skipped: {told}" if told else "skipped"
    lines = str(report.longreprtext).splitlines()
    marked = [line[1:].strip() for line in lines if line.startswith("E ") and line[1:].strip()]
    # a file that does not import ends with its exception, an assertion begins with it
    last = report.when == "collect" if hasattr(report, "when") else False
    told = marked[-1 if last else 0] if marked else (lines or ["failed"])[-1].strip()
    return told[:500]
