"""Who has read a function's defaults, or set them: Python tells of it by an audit event."""

from __future__ import annotations

import sys
from types import FunctionType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_EVENTS = ("object.__getattr__", "object.__setattr__", "object.__delattr__")
_DEFAULTS = ("__defaults__", "__kwdefaults__")
# something to look at
_LOOKED_AT = FunctionType((lambda: None).__code__, {})


class Looks:
    """Remembers from now on; a hook cannot be taken out again, so that one is enough."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str, int]] = set()
        sys.addaudithook(self._hear)
        _ = _LOOKED_AT.__defaults__
        # another implementation of Python may tell of nothing
        self._hears = _place(_LOOKED_AT) in self._seen

    def at(self, function: FunctionType) -> bool:
        """Whether somebody has looked at its defaults, or may have; calls of it do not count."""
        return not self._hears or _place(function) in self._seen

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _EVENTS:
            return
        match arguments:
            case FunctionType() as function, str() as name, *_ if name in _DEFAULTS:
                self._seen.add(_place(function))


def _place(function: FunctionType) -> tuple[str, str, int]:
    code = function.__code__
    return code.co_filename, code.co_qualname, code.co_firstlineno
