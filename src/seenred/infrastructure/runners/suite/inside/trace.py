"""Which lines of some files each test executes."""

from __future__ import annotations

import os
import sys
import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import CodeType, FrameType
    from typing import Any

# a tool's number that neither debuggers, coverage nor profilers claim
_TOOL = 4


class _Paths(dict[str, "str | None"]):
    """Paths by the file names that code has; looked up for each call of a whole session."""

    def __init__(self, root: str, paths: Iterable[str]) -> None:
        super().__init__()
        self._files = {os.path.realpath(os.path.join(root, path)): path for path in paths}

    def __missing__(self, name: str) -> str | None:
        self[name] = found = self._files.get(os.path.realpath(name))
        return found


class Tracer:
    """Gathers lines until they are taken; by `sys.monitoring` where there is one."""

    def __init__(self, root: str, paths: Iterable[str]) -> None:
        self._paths = _Paths(root, paths)
        self._lines: dict[str, set[int]] = {}
        self._monitoring: Any = getattr(sys, "monitoring", None)

    def start(self) -> None:
        """Gather from now on."""
        monitoring = self._monitoring
        if monitoring is None:
            enter = self._follower()
            threading.settrace(enter)
            sys.settrace(enter)
            return
        monitoring.use_tool_id(_TOOL, "seenred")
        events = monitoring.events
        monitoring.register_callback(_TOOL, events.PY_START, self._begin)
        monitoring.register_callback(_TOOL, events.LINE, self._line)
        monitoring.set_events(_TOOL, events.PY_START)

    def stop(self) -> None:
        """Gather no more."""
        if self._monitoring is None:
            sys.settrace(None)
            threading.settrace(None)
        else:
            events = self._monitoring.events
            self._monitoring.set_events(_TOOL, events.NO_EVENTS)
            for event in (events.PY_START, events.LINE):
                self._monitoring.register_callback(_TOOL, event, None)
            self._monitoring.free_tool_id(_TOOL)

    def take(self) -> dict[str, list[int]]:
        """What was executed since the last time, by path; gathering goes on."""
        found = {path: sorted(lines) for path, lines in self._lines.items() if lines}
        self._lines = {}
        if self._monitoring is not None:
            self._monitoring.restart_events()
        return found

    def _note(self, path: str, line: int) -> None:
        self._lines.setdefault(path, set()).add(line)

    def _begin(self, code: CodeType, _: int) -> Any:
        if self._paths[code.co_filename] is not None:
            self._monitoring.set_local_events(_TOOL, code, self._monitoring.events.LINE)
        return self._monitoring.DISABLE

    def _line(self, code: CodeType, line: int) -> Any:
        path = self._paths[code.co_filename]
        if path is not None:
            self._note(path, line)
        return self._monitoring.DISABLE

    def _follower(self) -> Any:
        paths, note = self._paths, self._note

        def enter(frame: FrameType, _: str, __: object) -> Any:
            path = paths[frame.f_code.co_filename]
            if path is None:
                return None

            def follow(frame: FrameType, event: str, _: object) -> Any:
                if event == "line":
                    note(path, frame.f_lineno)
                return follow

            return follow

        return enter
