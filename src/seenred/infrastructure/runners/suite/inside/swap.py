"""Changes functions of loaded modules to what another version of their file says.

Only where it comes to the same as loading that version: the module is loaded, the change lies
inside functions, and none of these has run yet; a literal default changes, and nobody has seen it.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import os
import sys

from .defaults import take_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType, FunctionType
    from typing import Any

    from .defaults import Defaults
    from .looks import Looks
    from .runs import CountedRuns, TracedRuns


class CannotSwap(Exception):
    """The version has to be loaded afresh; the message says why."""


class Swap:
    """What another version of a file gives to functions that are loaded."""

    def __init__(self) -> None:
        self._codes: list[tuple[FunctionType, CodeType]] = []
        self._defaults: list[tuple[FunctionType, Defaults]] = []

    def add(self, function: FunctionType, code: CodeType | None, given: Defaults | None) -> None:
        """Let this function have them, where there are any.

        Raises:
            CannotSwap: the function cannot have this code.
        """
        if given is not None:
            self._defaults.append((function, given))
        if code is None:
            return
        if len(code.co_freevars) != len(function.__closure__ or ()):
            raise CannotSwap(f"{code.co_qualname} closes over other variables")
        self._codes.append((function, code))

    def make(self) -> None:
        """Let the functions be so."""
        for function, given in self._defaults:
            given.set(function)
        for function, code in self._codes:
            function.__code__ = code


class Loaded:
    """The functions of some files as they were loaded.

    Args:
        runs: knows which of their functions have run.
        looks: has listened since before they were loaded.
    """

    def __init__(
        self,
        root: str,
        paths: list[str],
        runs: CountedRuns | TracedRuns,
        config: Any,
        looks: Looks,
    ) -> None:
        self._root = root
        self._config = config
        self._looks = looks
        self._runs = runs
        self._codes: dict[str, CodeType] = {}
        self._trees: dict[str, ast.Module] = {}
        self._functions = _functions({_real(root, path): path for path in paths})
        self._modules = dict(_modules({os.path.basename(path) for path in paths}))
        for path in paths:
            if _real(root, path) in self._modules:
                with contextlib.suppress(CannotSwap):
                    self._base(path)

    def swap(self, path: str, source: bytes) -> Swap:
        """What the functions of a file would be in another version of it.

        Raises:
            CannotSwap: this would not be what loading that version is.
        """
        if _real(self._root, path) not in self._modules:
            raise CannotSwap(f"{path} is not loaded")
        module = self._parsed(source)
        defaults = take_out(self._tree(path), module)
        changes = self._changes(path, source, module)
        found, there = Swap(), set()
        for function in self._functions.get(path, ()):
            code = function.__code__
            changed = changes.get(_key(code))
            given = defaults.get((code.co_qualname, code.co_firstlineno))
            if changed is None and given is None:
                continue
            if self._runs.has(path, code):
                raise CannotSwap(f"{code.co_qualname} has run when it was loaded")
            if given is not None and self._looks.at(function):
                raise CannotSwap(f"the defaults of {code.co_qualname} were looked at")
            found.add(function, changed, given)
            there.add(_key(code))
        if gone := changes.keys() - there:
            raise CannotSwap(f"nothing is left of {', '.join(name for name, *_ in gone)}")
        return found

    def _changes(
        self, path: str, source: bytes, module: ast.Module
    ) -> dict[tuple[str, int, int], CodeType]:
        """Changed code by the key of what it takes the place of."""
        before, after = self._base(path), self._compiled(source, module, path)
        if _frame(before) != _frame(after):
            raise CannotSwap(f"{path} differs outside of functions")
        changes = {}
        for old, new in zip(_functions_of(before), _functions_of(after), strict=True):
            if old != new:
                changes[_key(old)] = new
        return changes

    def _base(self, path: str) -> CodeType:
        if path not in self._codes:
            source = self._source(path)
            self._codes[path] = self._compiled(source, self._parsed(source), path)
        return self._codes[path]

    def _tree(self, path: str) -> ast.Module:
        if path not in self._trees:
            self._trees[path] = self._parsed(self._source(path))
        return self._trees[path]

    def _source(self, path: str) -> bytes:
        with open(_real(self._root, path), "rb") as file:
            return file.read()

    def _parsed(self, source: bytes) -> ast.Module:
        try:
            return ast.parse(source)
        except (SyntaxError, ValueError) as error:
            raise CannotSwap(f"it is no Python: {error}") from error

    def _compiled(self, source: bytes, module: ast.Module, path: str) -> CodeType:
        """The code as the module's own loader would have made it."""
        file = _real(self._root, path)
        loader = getattr(self._modules[file], "__loader__", None)
        try:
            if type(loader).__name__ == "AssertionRewritingHook":
                from _pytest.assertion.rewrite import rewrite_asserts

                rewrite_asserts(module, source, file, self._config)
            compiled: CodeType = compile(module, file, "exec", dont_inherit=True)
        except (SyntaxError, ValueError) as error:
            raise CannotSwap(f"it is no Python: {error}") from error
        return compiled


def _modules(names: set[str]) -> Iterator[tuple[str, object]]:
    """Modules by their real file; only files of these names: each look at the disk costs."""
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and os.path.basename(file) in names:
            yield os.path.realpath(file), module


def _functions(files: dict[str, str]) -> dict[str, list[FunctionType]]:
    """Every function that came from these files, whatever wraps or holds it."""
    known: dict[str, str | None] = {}
    found: dict[str, list[Any]] = {}
    kind = type(_functions)
    for each in gc.get_objects():
        if type(each) is not kind:
            continue
        name = each.__code__.co_filename
        if name not in known:
            known[name] = files.get(os.path.realpath(name))
        path = known[name]
        if path is not None:
            found.setdefault(path, []).append(each)
    return found


def _functions_of(code: CodeType) -> Iterator[CodeType]:
    """Functions and methods, outermost only: what lies in one comes and goes with it."""
    for constant in _codes_in(code):
        if _is_class_body(constant):
            yield from _functions_of(constant)
        else:
            yield constant


def _frame(code: CodeType) -> tuple[Any, ...]:
    """All that a module or a class body does besides what its functions hold."""
    plain = tuple(repr(c) for c in code.co_consts if not isinstance(c, type(code)))
    inner = tuple(
        _frame(each)
        if _is_class_body(each)
        else (each.co_qualname, each.co_flags, _arguments(each))
        for each in _codes_in(code)
    )
    return code.co_code, code.co_names, plain, inner


def _arguments(code: CodeType) -> tuple[Any, ...]:
    count = code.co_argcount + code.co_kwonlyargcount
    return code.co_posonlyargcount, code.co_kwonlyargcount, code.co_varnames[:count]


def _codes_in(code: CodeType) -> list[CodeType]:
    return [constant for constant in code.co_consts if isinstance(constant, type(code))]


def _is_class_body(code: CodeType) -> bool:
    # functions have fast locals or a new scope of their own; a class body has neither
    return not code.co_flags & 0x0003 and "__qualname__" in code.co_names


def _key(code: CodeType) -> tuple[str, int, int]:
    return code.co_qualname, code.co_firstlineno, code.co_argcount


def _real(root: str, path: str) -> str:
    return os.path.realpath(os.path.join(root, path))
