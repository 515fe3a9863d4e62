"""Runs many small changes of one tree: collected once, each in a fork of its own."""

from __future__ import annotations

import base64
import functools
import gc
import os
import select
import signal
import tempfile
import time
from collections import deque

import pytest

from . import watch
from .looks import Looks
from .runs import runs_of
from .swap import Loaded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, NoReturn

    from .observe import Observer
    from .swap import Swap

# variants that are worked out at one time
_AHEAD = 8


class Variants:
    """The variants of a job.

    Args:
        tell: takes one line as keywords; those of a variant have its number.
        place: the scratch directory.
    """

    def __init__(self, job: dict[str, Any], tell: Callable[..., None], place: str) -> None:
        self._job = job
        self._tell = tell
        self._place = place
        self._waiting = list(enumerate(job["variants"]))
        self._looks = Looks()
        self._runs = runs_of(job["root"], self._paths())
        self._running: dict[int, tuple[int, float, float]] = {}
        self._capture: Any = None

    def start(self) -> None:
        """Notice what happens while the tests are collected."""
        self._runs.start()

    def _paths(self) -> list[str]:
        """Every file that one of them changes."""
        return sorted({path for variant in self._job["variants"] for path in variant["files"]})

    def run(self, session: Any, observer: Observer) -> None:
        """Fork each and wait for it, some at a time."""
        self._runs.stop()
        root, paths = self._job["root"], self._paths()
        loaded = Loaded(root, paths, self._runs, session.config, self._looks)
        capture = session.config.pluginmanager.getplugin("capturemanager")
        if capture is not None and capture.is_globally_capturing():
            capture.stop_global_capturing()  # each fork begins its own
            self._capture = capture
        # what each fork would work out again, and pages that each would copy
        for item in session.items:
            _ = item.location
        gc.collect()
        gc.freeze()
        ready: deque[tuple[int, dict[str, Any], list[Swap]]] = deque()
        while self._waiting or ready or self._running:
            if self._waiting and not ready:
                ready.extend(self._prepared(loaded))
            if ready and len(self._running) < self._job["at_once"]:
                self._fork(*ready.popleft(), session, observer)
            elif self._running:
                self._wait()

    def _prepared(self, loaded: Loaded) -> Iterator[tuple[int, dict[str, Any], list[Swap]]]:
        """The next few, and what they change.

        Worked out some at a time: after each fork, the pages that this needs would be copied anew.
        """
        some, self._waiting = self._waiting[:_AHEAD], self._waiting[_AHEAD:]
        for number, variant in some:
            files = variant["files"].items()
            try:
                swaps = [loaded.swap(path, base64.b64decode(content)) for path, content in files]
            except Exception as why:  # whatever cannot be worked out is loaded
                self._tell(variant=number, cannot=f"{type(why).__name__}: {why}"[:500])
            else:
                yield number, variant, swaps

    def _fork(
        self,
        number: int,
        variant: dict[str, Any],
        swaps: list[Swap],
        session: Any,
        observer: Observer,
    ) -> None:
        begun = time.monotonic()
        pid = os.fork()
        if pid == 0:
            self._become(number, variant, swaps, session, observer)
        self._running[pid] = number, begun, begun + variant["limit"]

    def _wait(self) -> None:
        """Until one has ended; one that is late is ended."""
        now = time.monotonic()
        first = min(deadline for _, _, deadline in self._running.values())
        poll = select.poll()
        ends = {os.pidfd_open(pid): pid for pid in self._running}
        for end in ends:
            poll.register(end, select.POLLIN)
        ended = {ends[end] for end, _ in poll.poll(max(0.0, first - now) * 1000)}
        for end, pid in ends.items():
            os.close(end)
            if not ended and self._running[pid][2] <= time.monotonic():
                os.kill(pid, signal.SIGKILL)
                ended = {pid}
        for pid in ended:
            self._ended(pid, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))

    def _ended(self, pid: int, code: int) -> None:
        number, begun, deadline = self._running.pop(pid)
        now = time.monotonic()
        self._tell(
            variant=number,
            ended=code if code >= 0 else 128 - code,
            late=now > deadline or code == -signal.SIGXCPU,
            seconds=round(now - begun, 6),
        )

    def _become(
        self,
        number: int,
        variant: dict[str, Any],
        swaps: list[Swap],
        session: Any,
        observer: Observer,
    ) -> NoReturn:
        tell = functools.partial(self._tell, variant=number)
        status = 3
        try:
            watch.start()
            for swap in swaps:
                swap.make()
            self._settle(number)
            observer.vary(variant, tell)
            status = _loop(session, observer, variant)
            tell(finished=self._job["nonce"], status=status)
        except BaseException as error:
            tell(interrupted=f"{type(error).__name__}: {error}"[:500])
        os._exit(status)

    def _settle(self, number: int) -> None:
        """What a process has of its own."""
        own = os.path.join(self._place, "tmp", str(number))
        os.mkdir(own)
        os.environ["TMPDIR"] = own
        tempfile.tempdir = None
        if self._capture is not None:
            self._capture.start_global_capturing()
            self._capture.suspend_global_capture()


def _loop(session: Any, observer: Observer, variant: dict[str, Any]) -> int:
    session.items = observer.chosen(session.items)
    session.config.option.maxfail = int(variant["stop_at_failure"])
    observer.tell_selection(session)
    if not session.items:
        return 5
    try:
        session.config.hook.pytest_runtestloop(session=session)
    except session.Failed:
        return 1
    except (KeyboardInterrupt, pytest.exit.Exception):
        session.config.hook.pytest_keyboard_interrupt(excinfo=pytest.ExceptionInfo.from_current())
        return 2
    return 1 if session.testsfailed else 0
