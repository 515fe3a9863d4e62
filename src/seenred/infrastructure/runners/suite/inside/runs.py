"""Which functions have run since they were loaded."""

from __future__ import annotations

import ctypes
import sys

from .trace import Tracer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import CodeType

# Where CPython 3.11 counts, in a code object, how often it still has to run before it is made
# faster: `co_warmup` in Include/cpython/code.h. Later versions count elsewhere.
_COUNT = 52


class CountedRuns:
    """Read from the count that Python itself keeps: it costs nothing and sees every thread."""

    def __init__(self) -> None:
        self._unrun = _count(_probe.__code__)

    def start(self) -> None:
        """Nothing has to be done for it."""

    def stop(self) -> None:
        """Nothing has to be done for it."""

    def has(self, _: str, code: CodeType) -> bool:
        """Whether this code of the file at a path has run."""
        return _count(code) != self._unrun


class TracedRuns:
    """Told by lines that are executed between start and stop."""

    def __init__(self, root: str, paths: Iterable[str]) -> None:
        self._tracer = Tracer(root, paths)
        self._lines: dict[str, list[int]] = {}

    def start(self) -> None:
        """Note lines from now on."""
        self._tracer.start()

    def stop(self) -> None:
        """Note no more."""
        self._lines = self._tracer.take()
        self._tracer.stop()

    def has(self, path: str, code: CodeType) -> bool:
        """Whether this code of the file at a path has run."""
        own = {line for _, _, line in code.co_lines() if line and line != code.co_firstlineno}
        return not own.isdisjoint(self._lines.get(path, ()))


def runs_of(root: str, paths: Iterable[str]) -> CountedRuns | TracedRuns:
    """What can tell it of these files under this Python."""
    return CountedRuns() if _counts() else TracedRuns(root, paths)


def _counts() -> bool:
    """Whether the count is where it is looked for."""
    if sys.implementation.name != "cpython" or sys.version_info[:2] != (3, 11):
        return False

    def once() -> None:
        """Runs once."""

    before = _count(once.__code__)
    once()
    return (before, _count(once.__code__)) == (_count(_probe.__code__), before + 1)


def _probe() -> None:
    """Never runs."""


def _count(code: CodeType) -> int:
    return ctypes.c_short.from_address(id(code) + _COUNT).value
