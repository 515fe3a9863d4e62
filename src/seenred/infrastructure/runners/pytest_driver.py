"""Runs inside the sandbox: the user's pytest file beside a candidate, one record a test."""

import json
import sys

import pytest


class Recorder:
    """Collects what each test said."""

    def __init__(self):
        self.reports = {}
        self.error = ""

    def pytest_collectreport(self, report):
        if report.failed and not self.error:
            self.error = last_line(report.longreprtext)

    def pytest_runtest_logreport(self, report):
        known = self.reports.setdefault(
            report.nodeid, {"passed": False, "message": "", "seconds": 0.0}
        )
        known["seconds"] += report.duration
        if report.when == "call":
            known["passed"] = report.passed
        if report.failed:
            known["passed"] = False
            known["message"] = last_line(report.longreprtext)
        if report.skipped:
            known["message"] = "skipped"


def last_line(text):
    """The decisive line of pytest's own rendering: the first marked `E`."""
    marked = [line[1:].strip() for line in text.splitlines() if line.startswith("E ")]
    plain = [line.strip() for line in text.splitlines() if line.strip()]
    return (marked or plain or [""])[0][:300]


def main():
    """Run the file named by the first argument, write `results.json`."""
    sys.path.insert(0, ".")
    recorder = Recorder()
    options = ["-p", "no:cacheprovider", "-p", "no:terminal", "--rootdir=.", "-c", "empty.ini"]
    code = pytest.main([*options, sys.argv[1]], plugins=[recorder])
    if code == 5 and not recorder.error:
        recorder.error = "the test file holds no test"
    if code in (3, 4) and not recorder.error:
        recorder.error = f"pytest ended with code {int(code)}"
    with open("results.json", "w") as file:
        json.dump({"reports": recorder.reports, "error": recorder.error, "code": int(code)}, file)


if __name__ == "__main__":
    main()
