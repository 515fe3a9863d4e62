"""Lets a test file be imported that names what does not exist yet: using such a name raises."""

from __future__ import annotations

import builtins
import contextlib
import os
import sys
import types

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, NoReturn


class _Raising(type):
    """Classes of this type can be named, listed and waited for; whatever else is done raises."""

    _error: Callable[[], ImportError]

    def __call__(cls, *_: Any, **__: Any) -> NoReturn:
        raise cls._error()

    def __getattr__(cls, name: str) -> NoReturn:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)  # looked at, not used
        raise cls._error()


def _raise(cls: Any, *_: Any) -> NoReturn:
    raise cls._error()


_OPERATORS = """iter next len getitem setitem delitem contains bool int float index str bytes
    eq ne lt le gt ge add radd sub rsub mul rmul truediv rtruediv floordiv rfloordiv mod rmod pow
    rpow and rand or ror xor rxor lshift rlshift rshift rrshift matmul rmatmul neg pos abs invert
    enter exit aenter aexit await aiter anext divmod rdivmod round"""
for _name in _OPERATORS.split():
    setattr(_Raising, f"__{_name}__", _raise)
_Raising.__hash__ = type.__hash__  # type: ignore[method-assign]  # `eq` would take it away


def stand_in(name: str, error: Callable[[], ImportError]) -> Any:
    """An object under that name that raises when it is used."""
    return _Raising(name, (Exception,), {"_error": staticmethod(error)})


def _missing_name(module: str, name: str) -> ImportError:
    error = ImportError(f"cannot import name {name!r} from {module!r}", name=module)
    error.name_from = name  # type: ignore[attr-defined]  # Python itself sets it from 3.12 on
    return error


def _missing_module(module: str) -> ImportError:
    return ModuleNotFoundError(f"No module named {module!r}", name=module)


class _Imports:
    """Stands in for `__import__` while one file is imported."""

    def __init__(self, file: str, names: Iterable[str]) -> None:
        self._file = file
        self._modules = {name for name in names if ":" not in name}
        self._names = [tuple(name.split(":", 1)) for name in names if ":" in name]
        self._undo: list[tuple[Any, str]] = []
        self._real = builtins.__import__

    def __call__(
        self,
        name: str,
        globals: Any = None,
        locals: Any = None,
        fromlist: Any = (),
        level: int = 0,
    ) -> Any:
        file = (globals or {}).get("__file__") or ""
        if level or not isinstance(file, str) or os.path.realpath(file) != self._file:
            return self._real(name, globals, locals, fromlist, level)
        found = self._import(name, globals, locals, fromlist)
        for module, wanted in self._names:
            if module == name and wanted in (fromlist or ()) and not hasattr(found, wanted):
                self._bind(found, wanted, self._standing(module, wanted))
        return found

    def _import(self, name: str, globals: Any, locals: Any, fromlist: Any) -> Any:
        try:
            return self._real(name, globals, locals, fromlist, 0)
        except ModuleNotFoundError as error:
            if error.name not in self._modules:
                raise
            self._put_module(error.name)
        return self._import(name, globals, locals, fromlist)

    def _put_module(self, name: str) -> None:
        made = types.ModuleType(name)
        made.__path__ = []  # modules below it are looked for, and stand in too
        made.__getattr__ = lambda attribute: _anything(name, attribute)  # type: ignore[method-assign]
        sys.modules[name] = made
        self._undo.append((sys.modules, name))
        above, _, last = name.rpartition(".")
        if above in sys.modules:
            self._bind(sys.modules[above], last, made)

    def _standing(self, module: str, name: str) -> Any:
        return stand_in(name, lambda: _missing_name(module, name))

    def _bind(self, module: Any, name: str, value: Any) -> None:
        setattr(module, name, value)
        self._undo.append((module, name))

    def clean(self) -> None:
        """Take everything away again: only the file keeps what it has bound."""
        for holder, name in reversed(self._undo):
            if holder is sys.modules:
                sys.modules.pop(name, None)
            else:
                with contextlib.suppress(AttributeError):
                    delattr(holder, name)


def _anything(module: str, name: str) -> Any:
    if name.startswith("__") and name.endswith("__"):
        raise AttributeError(name)
    return stand_in(name, lambda: _missing_module(module))


@contextlib.contextmanager
def standing_in(root: str, path: str, names: Iterable[str]) -> Iterator[None]:
    """While the file at `path` is imported, names that nothing provides are bound all the same."""
    if not names:
        yield
        return
    imports = _Imports(os.path.realpath(os.path.join(root, path)), list(names))
    builtins.__import__ = imports
    try:
        yield
    finally:
        builtins.__import__ = imports._real
        imports.clean()
