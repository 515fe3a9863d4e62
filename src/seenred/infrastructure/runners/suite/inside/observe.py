"""A pytest plugin that tells what happens as it happens, one line of JSON at a time.

It runs under the project's own Python and pytest (7 and later), beside code that may be hostile:
the host believes a line only as far as it fits, and an end only with the nonce that it gave.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time

import pytest

from . import complaint, failure, foreign, watch
from .nesting import Nesting
from .stand_in import standing_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from .trace import Tracer
    from .variants import Variants

# what the project's options may ask for and a check must not do: name of the option, value
_OFF = (
    ("lf", False),
    ("failedfirst", False),
    ("newfirst", False),
    ("stepwise", False),
    ("stepwise_skip", False),
    ("usepdb", False),
    ("trace", False),
    ("setuponly", False),
    ("setupplan", False),
    ("collectonly", False),
    ("xmlpath", None),
)


# what pytest reads for the sake of other files
_ALWAYS = ("__init__.py", "conftest.py")


class Channel:
    """Lines to the host, by a file that is opened anew for each.

    A test that closes every file descriptor, as a daemon does, takes nothing away from it.
    """

    def __init__(self, path: str) -> None:
        self._path = path

    def tell(self, **line: Any) -> None:
        """Write one line."""
        data = json.dumps(line).encode() + b"\n"
        fd = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            os.write(fd, data)
        finally:
            os.close(fd)


_IDLE: dict[str, Any] = {"root": "/", "seconds": 0.0, "tests": (), "stand_ins": {}}


class Observer:
    """The plugin; it says nothing before it is given something to do."""

    def __init__(self) -> None:
        self._job = _IDLE
        self._root = ""
        self._scratch = ""
        self._files: frozenset[str] = frozenset()
        self._tell: Callable[..., None] = lambda **_: None
        self._test: dict[str, Any] = {}
        self._tracer: Tracer | None = None
        self._variants: Variants | None = None
        self._nesting: Nesting | None = None

    def begin(self, job: dict[str, Any], tell: Callable[..., None], scratch: str) -> None:
        """Take on a check.

        Args:
            job: `nonce`, `root`, `tests`, `deselected`, `shuffle`, `stand_ins`, `seconds`,
                `trace`, `modules`, as the host's `Job` gives them.
            tell: takes one line as keywords.
        """
        self._job = job
        self._root = str(job["root"])
        self._files = frozenset(str(test).partition("::")[0] for test in job["tests"])
        self._tell = tell
        self._scratch = scratch
        self._nesting = Nesting()
        if job.get("variants"):
            from .variants import Variants

            self._variants = Variants(job, tell, scratch)
            self._variants.start()
        elif job["trace"]:
            from .trace import Tracer

            self._tracer = Tracer(self._root, job["trace"])
            self._tracer.start()

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_load_initial_conftests(self) -> Iterator[None]:
        outcome: Any = yield
        error = outcome.excinfo[1] if outcome.excinfo else None
        if error is not None and failure.cause(error) is not error:
            path = failure.relative(str(getattr(error, "path", "")), self._root)
            self._tell(uncollected=path, failure=self._failure(error, None))

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: Any) -> None:
        for name, value in _OFF:
            if getattr(config.option, name, value) != value:
                setattr(config.option, name, value)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionstart(self, session: Any) -> None:
        self.start(session.config)

    def start(self, config: Any) -> None:
        """Say that the session has begun; what it keeps for another goes where it may write."""
        cache = getattr(config, "cache", None)
        if cache is not None and hasattr(cache, "_cachedir") and self._scratch:
            object.__setattr__(cache, "_cachedir", type(cache._cachedir)(self._scratch) / "cache")
        self._tell(session=pytest.__version__)

    @pytest.hookimpl(tryfirst=True)
    def pytest_ignore_collect(self, collection_path: Any) -> bool | None:
        """Pytest makes a module of every file of a folder, also where one is asked for."""
        path = str(collection_path)
        if not self._files or not path.endswith(".py") or path.endswith(_ALWAYS):
            return None
        # as pytest came by it: a link has the name that it was asked for by
        inside = path.startswith(self._root + "/")
        return True if inside and not self._asks_for(path[len(self._root) + 1 :]) else None

    def _asks_for(self, path: str) -> bool:
        return path in self._files or any(
            path.startswith(file + "/") or file.startswith(path + "/") for file in self._files
        )

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_make_collect_report(self, collector: Any) -> Iterator[None]:
        watch.arm(self._job["seconds"])
        path = failure.relative(str(getattr(collector, "path", "")), self._root)
        self._tell(collecting=path)
        with standing_in(self._root, path, self._job["stand_ins"].get(path, ())):
            outcome: Any = yield
        watch.disarm()
        if outcome.excinfo:
            return
        report = outcome.get_result()
        if report.failed:
            excinfo = getattr(getattr(report, "call", None), "excinfo", None)
            error = excinfo.value if excinfo else None
            self._tell(uncollected=str(report.nodeid) or path, failure=self._failure(error, report))

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(self, config: Any, items: list[Any]) -> Iterator[None]:
        yield
        wanted = self.chosen(items)
        kept = {id(item) for item in wanted}
        unwanted = [item for item in items if id(item) not in kept]
        if unwanted:
            config.hook.pytest_deselected(items=unwanted)
        items[:] = wanted

    def chosen(self, items: list[Any]) -> list[Any]:
        """Those of the items that the job asks for, in the order that it asks for."""
        wanted = [item for item in items if self._wants(str(item.nodeid))]
        if self._job["shuffle"] is not None:
            random.Random(self._job["shuffle"]).shuffle(wanted)
        return wanted

    def _wants(self, nodeid: str) -> bool:
        tests, out = self._job["tests"], self._job["deselected"]
        return (not tests or any(covers(test, nodeid) for test in tests)) and not any(
            covers(test, nodeid) for test in out
        )

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: Any) -> None:
        self.tell_selection(session)
        self._tell_lines("")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: Any) -> bool | None:
        variants, self._variants = self._variants, None
        if variants is None:
            return None
        variants.run(session, self)
        return True

    def vary(self, variant: dict[str, Any], tell: Callable[..., None]) -> None:
        """Go on, in a fork, with one variant's tests."""
        self._job = {**self._job, **variant}
        self._tell = tell
        self.start(None)

    def tell_selection(self, session: Any) -> None:
        """Say what was selected, and what of the job matched nothing."""
        selected = [str(item.nodeid) for item in session.items]
        unknown = [t for t in self._job["tests"] if not any(covers(t, n) for n in selected)]
        self._tell(selected=selected, unknown=unknown)

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: Any) -> Iterator[None]:
        self._test = {"outcome": "", "phase": "call", "failure": None, "reason": ""}
        self._tell(started=str(item.nodeid))
        if self._nesting is not None:
            self._nesting.forget()
        begun = time.perf_counter()
        watch.arm(self._job["seconds"])
        yield
        watch.disarm()
        if self._test["outcome"]:
            seconds = time.perf_counter() - begun
            self._tell(test=str(item.nodeid), seconds=round(seconds, 6), **self._test)
        self._tell_lines(str(item.nodeid))

    def _tell_lines(self, test: str) -> None:
        if self._tracer is not None:
            self._tell(executed=test, lines=self._tracer.take())

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, call: Any) -> Iterator[None]:
        outcome: Any = yield
        if not outcome.excinfo:
            self._note(outcome.get_result(), call.excinfo)

    def _note(self, report: Any, excinfo: Any) -> None:
        """Take one phase into account; a failed one, or part of one, is not made good later."""
        phase = report.when
        if phase == "setup":
            self._test = {"outcome": "", "phase": "call", "failure": None, "reason": ""}
        ended = outcome_of(report, excinfo)
        bad = self._test["outcome"] in ("failed", "error")
        if bad or (phase != "call" and ended == "passed"):
            return
        self._test.update(outcome=ended, phase=phase, failure=None, reason=reason_of(report))
        if ended in ("failed", "error"):
            error = excinfo.value if excinfo is not None else None
            self._test["failure"] = self._failure(error, report, excinfo)

    def _failure(self, error: Any, report: Any, excinfo: Any = None) -> dict[str, Any]:
        if error is None:
            return _without_exception(report)
        told = failure.told(error, self._root, decisive(failure.cause(error), excinfo))
        return {**told, "withheld": self._withheld(error, report)}

    def _withheld(self, error: Any, report: Any) -> str:
        if self._nesting is None or not self._nesting.ran_child():
            return ""
        # it forks, and a child of its own is none of the test's
        told = complaint.of_children(error, report)
        # what a child says is its own; a sandbox that opens may be another process's
        return told or ("namespaces" if self._nesting.refused() else "")

    @pytest.hookimpl(tryfirst=True)
    def pytest_keyboard_interrupt(self, excinfo: Any) -> None:
        self._tell(interrupted=excinfo.exconly().splitlines()[0][:500])

    @pytest.hookimpl(tryfirst=True)
    def pytest_internalerror(self, excinfo: Any) -> None:
        self._tell(interrupted=f"INTERNALERROR {excinfo.exconly().splitlines()[0]}"[:500])

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        self._tell(foreign=foreign.loaded(self._job["modules"], self._root))
        self._tell(finished=self._job["nonce"], status=int(exitstatus))


def covers(asked: str, nodeid: str) -> bool:
    """Whether an asked-for id, path or folder holds this test."""
    return nodeid == asked or nodeid.startswith((asked + "::", asked + "[", asked + "/"))


def outcome_of(report: Any, excinfo: Any) -> str:
    """Pytest's word for a phase; an exception that a patched report hides is a failure still."""
    expected = hasattr(report, "wasxfail")
    if report.outcome == "skipped":
        return "xfailed" if expected else "skipped"
    if report.outcome == "passed" and excinfo is None:
        return "xpassed" if expected and report.when == "call" else "passed"
    return "failed" if report.when == "call" else "error"


def reason_of(report: Any) -> str:
    """Why it was skipped or was expected to fail."""
    if hasattr(report, "wasxfail"):
        return str(report.wasxfail).removeprefix("reason: ")[:500]
    if report.outcome == "skipped" and isinstance(report.longrepr, tuple):
        return str(report.longrepr[2]).removeprefix("Skipped: ")[:500]
    return ""


def decisive(error: BaseException, excinfo: Any) -> str:
    """What pytest's first `E` line would say; "" when the exception alone says it better."""
    if type(error).__name__ == "FixtureLookupError":
        return f"fixture {getattr(error, 'argname', '')!r} not found"
    if excinfo is None or excinfo.value is not error or isinstance(error, SyntaxError):
        return ""
    try:
        return str(excinfo.exconly(tryshort=True)).splitlines()[0]
    except Exception:
        return ""


def _without_exception(report: Any) -> dict[str, Any]:
    """A plugin or pytest itself calls it failed: a strict xfail that passed, an error at start."""
    lines = [line for line in str(report.longreprtext).splitlines() if line.strip()]
    marked = [line[1:].strip() for line in lines if line.startswith("E ")]
    told = (marked or lines or ["failed"])[0 if marked else -1].strip()
    return {"kind": "", "message": told, "decisive": told, "asserted": False}


def run(job: dict[str, Any], observer: Observer) -> int:
    """A whole session, begun as `python -m pytest` would begin it; pytest's status."""
    name_command(job["arguments"])
    return int(pytest.main(job["arguments"], plugins=[observer]))


def name_command(arguments: list[str]) -> None:
    """What `sys.argv` says in a `python -m pytest`."""
    main = os.path.join(os.path.dirname(pytest.__file__), "__main__.py")
    sys.argv[:] = [main, *arguments]
