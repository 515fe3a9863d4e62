"""Calls a function of one version and sees everything that the call does."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import inspect
import io
import logging
import random
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping
from types import FrameType
from typing import Any

from .recorder import Call, positional_names
from .seen_value import Form, form_of
from .world import World

# what no comparison may do, and what makes a result depend on more than the arguments
_EFFECTS = (
    "os.",
    "subprocess.",
    "socket.",
    "shutil.",
    "sqlite3.",
    "urllib.",
    "ftplib.",
    "smtplib.",
)
_HARMLESS = ("os.listdir", "os.scandir", "os.walk", "os.fwalk", "os.putenv", "os.unsetenv")


class TooSlow(BaseException):
    """A call took longer than it may; no `except Exception` of the code swallows it."""


class Effects:
    """Notices files written, processes, sockets; a hook can't be taken away, only disarmed."""

    def __init__(self) -> None:
        self.seen = ""
        self._armed = False
        sys.addaudithook(self._hook)

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Inside, effects are noted in `seen`."""
        self._armed = True
        try:
            yield
        finally:
            self._armed = False

    def _hook(self, event: str, arguments: Any) -> None:
        if not self._armed or self.seen:
            return
        if event == "open" and _is_written(arguments):
            self.seen = f"writes {arguments[0]}"
        elif event.startswith(_EFFECTS) and event not in _HARMLESS:
            self.seen = event


def _is_written(arguments: Any) -> bool:
    mode = arguments[1] if len(arguments) > 1 else None
    return isinstance(mode, str) and any(mark in mode for mark in "wax+")


class Caller:
    """Calls one function of one world.

    Args:
        function: the plain function, without what decorates it.
        called: what is called with its arguments: itself, or the class for an `__init__`.
        own_names: what a parameter of the new version is called in this one, where it differs.
        rename: what a bare name of this version is called in the new one.
        lines: a trace function, for the time of the call.
    """

    def __init__(
        self,
        world: World,
        function: Any,
        called: Any,
        own_names: Mapping[str, str],
        rename: Callable[[str], str],
        lines: Callable[[FrameType, str, Any], Any],
    ) -> None:
        self._world = world
        self._function = function
        self._called = called
        self._own_names = own_names
        self._rename = rename
        self._lines = lines

    def form(self, call: Call, seconds: float) -> Form:
        """What the call does: result or exception, changed arguments, output, logs, warnings.

        Raises:
            TooSlow: it is not done in time.
        """
        random.seed(0)
        built, more, named = self._built(call)
        arguments, keywords = self._split(built)
        printed, logged = io.StringIO(), _Log()
        with contextlib.ExitStack() as around:
            caught = around.enter_context(warnings.catch_warnings(record=True))
            warnings.simplefilter("always")
            around.enter_context(contextlib.redirect_stdout(printed))
            around.enter_context(contextlib.redirect_stderr(printed))
            around.enter_context(logged.attached())
            around.enter_context(_limited(seconds))
            result = self._result([*arguments, *more], {**keywords, **named}, [*built.values()])
        after = tuple((name, form_of(value, self._rename)) for name, value in built.items())
        told = (printed.getvalue(), tuple(logged.lines), tuple(str(w.message) for w in caught))
        return (result, after, form_of(more, self._rename), told)

    def prepared(self, call: Call) -> Callable[[], Any]:
        """The bare call with fresh arguments; only while the world is entered."""
        built, more, named = self._built(call)
        arguments, keywords = self._split(built)
        return functools.partial(self._called, *arguments, *more, **keywords, **named)

    def _built(self, call: Call) -> tuple[dict[str, Any], list[Any], dict[str, Any]]:
        find = self._world.find
        return (
            {name: each.build(find) for name, each in call.arguments.items()},
            [each.build(find) for each in call.more],
            {name: each.build(find) for name, each in call.named.items()},
        )

    def _split(self, built: Mapping[str, Any]) -> tuple[list[Any], dict[str, Any]]:
        """Positional arguments as far as none is left out, the rest by name."""
        given = {self._own_names.get(name, name): value for name, value in built.items()}
        arguments: list[Any] = []
        for name in positional_names(self._function, bound=self._called is not self._function):
            if name not in given:
                break
            arguments.append(given.pop(name))
        return arguments, given

    def _result(self, arguments: list[Any], keywords: dict[str, Any], given: list[Any]) -> Form:
        previous = sys.gettrace()
        sys.settrace(self._lines)
        try:
            value = self._called(*arguments, **keywords)
            if inspect.iscoroutine(value):
                value = asyncio.run(value)
            same = [index for index, each in enumerate(given) if each is value]
            form = form_of(value, self._rename)
            return ("returned", form, tuple(same) if _is_mutable(value) else ())
        except TooSlow:
            raise
        except BaseException as error:
            return ("raises", self._rename(type(error).__name__), _message(error))
        finally:
            sys.settrace(previous)


def _message(error: BaseException) -> str:
    """What a deliberate exception says; an interpreter's own words are no behaviour."""
    frames = traceback.extract_tb(error.__traceback__)
    line = (frames[-1].line or "") if frames else ""
    return str(error) if line.lstrip().startswith("raise") else ""


def _is_mutable(value: Any) -> bool:
    return isinstance(value, (list, dict, set)) or hasattr(value, "__dict__")


class _Log(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append((record.levelname, record.getMessage()))

    @contextlib.contextmanager
    def attached(self) -> Iterator[None]:
        """Everything that reaches the root logger is kept."""
        root = logging.getLogger()
        level = root.level
        root.addHandler(self)
        root.setLevel(logging.DEBUG)
        try:
            yield
        finally:
            root.removeHandler(self)
            root.setLevel(level)


@contextlib.contextmanager
def _limited(seconds: float) -> Iterator[None]:
    def stop(*_: Any) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
