"""Watches the project's own tests and writes down with what they call the code."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

from .recipe import Kitchen, Recipe, Unsupported, same

# calls of one function that are kept; tests in a loop say the same again
_MOST_CALLS = 40


class Call:
    """One recorded call.

    Attributes:
        arguments: by parameter, in the order of the signature; `self` included.
        more: what `*args` held.
        named: what `**kwargs` held.
    """

    __slots__ = ("arguments", "more", "named")

    def __init__(
        self,
        arguments: dict[str, Recipe],
        more: tuple[Recipe, ...] = (),
        named: dict[str, Recipe] | None = None,
    ) -> None:
        self.arguments = arguments
        self.more = more
        self.named = named or {}

    @property
    def recipes(self) -> list[Recipe]:
        """All values, in order."""
        return [*self.arguments.values(), *self.more, *self.named.values()]


class Recorder:
    """Records calls of functions that are defined in some files.

    Args:
        in_project: whether a file belongs to the project's production code.
        is_project: whether a module's name does.
    """

    def __init__(
        self, in_project: Callable[[str], bool], is_project: Callable[[str], bool]
    ) -> None:
        self.calls: dict[tuple[str, str], list[Call]] = {}
        self._in_project = in_project
        self._known: dict[CodeType, bool] = {}
        self._made: dict[int, Recipe] = {}
        self._kept: list[Any] = []  # an identity is used again once its object is gone
        self._kitchen = Kitchen(is_project, self._made)
        self._busy = False

    def start(self) -> None:
        """Watch from now on."""
        sys.setprofile(self._event)
        threading.setprofile(self._event)

    def stop(self) -> None:
        """Watch no longer."""
        sys.setprofile(None)
        threading.setprofile(None)

    def _event(self, frame: FrameType, event: str, _: Any) -> None:
        if event != "call" or self._busy:
            return
        code = frame.f_code
        known = self._known.get(code)
        if known is None:
            known = self._known[code] = self._in_project(code.co_filename)
        if known and not code.co_name.startswith("<"):
            self._busy = True
            # watching must never change what is watched
            with contextlib.suppress(Exception):
                self._record(frame)
            self._busy = False

    def _record(self, frame: FrameType) -> None:
        code = frame.f_code
        calls = self.calls.setdefault((code.co_filename, qualified_name(frame)), [])
        making = code.co_name == "__init__"
        if len(calls) >= _MOST_CALLS and not making:
            return
        try:
            call = self._call(frame, skip_self=making)
        except Unsupported:
            return
        if making:
            self._remember(frame, call)
        if len(calls) < _MOST_CALLS and not any(
            same(call.recipes, other.recipes) for other in calls
        ):
            calls.append(call)

    def _remember(self, frame: FrameType, call: Call) -> None:
        instance = frame.f_locals[frame.f_code.co_varnames[0]]
        kind = type(instance)
        count = frame.f_code.co_argcount - 1
        named = list(call.arguments.items())
        made = Recipe(
            "made",
            (kind.__module__, kind.__qualname__),
            [*(each for _, each in named[:count]), *call.more],
            {**dict(named[count:]), **call.named},
        )
        if id(instance) not in self._made:
            self._made[id(instance)] = made
            self._kept.append(instance)

    def _call(self, frame: FrameType, *, skip_self: bool) -> Call:
        code, values = frame.f_code, frame.f_locals
        count = code.co_argcount + code.co_kwonlyargcount
        names = code.co_varnames[int(skip_self) : count]
        arguments = {name: self._kitchen.recipe(values[name]) for name in names}
        more: tuple[Recipe, ...] = ()
        named: dict[str, Recipe] = {}
        if code.co_flags & 0x04:  # *args
            more = tuple(map(self._kitchen.recipe, values[code.co_varnames[count]]))
            count += 1
        if code.co_flags & 0x08:  # **kwargs
            given = values[code.co_varnames[count]]
            named = {name: self._kitchen.recipe(value) for name, value in given.items()}
        return Call(arguments, more, named)


def qualified_name(frame: FrameType) -> str:
    """`Class.method` or `function`; Python before 3.11 does not keep it in the code."""
    code = frame.f_code
    told = getattr(code, "co_qualname", None)
    if told:
        return str(told)
    if code.co_varnames[:1] in (("self",), ("cls",)):
        first = frame.f_locals.get(code.co_varnames[0])
        kind = first if isinstance(first, type) else type(first)
        for each in kind.__mro__:
            if code.co_name in vars(each):
                return f"{each.__qualname__}.{code.co_name}"
    return code.co_name


def positional_names(function: Any, *, bound: bool) -> tuple[str, ...]:
    """Parameters that can be given by position; `self` is none of them when it is bound."""
    code = function.__code__
    return tuple(code.co_varnames[int(bound) : code.co_argcount])


def optional_names(function: Any) -> tuple[str, ...]:
    """Parameters that have a default."""
    code = function.__code__
    positional = code.co_varnames[: code.co_argcount]
    free = len(positional) - len(function.__defaults__ or ())
    return (*positional[free:], *(function.__kwdefaults__ or {}))
