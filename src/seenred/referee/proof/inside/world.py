"""The old version of a project's code, loaded beside the new one under the same names."""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any


class Misplaced(Exception):
    """A version could not be loaded from its own files."""


class World:
    """One version's modules; while it is entered they are the ones that imports find.

    Args:
        root: where its files lie.
        tops: first parts of its modules' names.
        roots: folders from which its modules are imported.
        names: what a dotted name of the present version is called in this one.
    """

    def __init__(
        self,
        root: Path,
        tops: frozenset[str],
        roots: list[Path],
        names: Mapping[str, str] | None = None,
    ) -> None:
        self.root = root
        self._tops = tops
        self._roots = [str(each) for each in roots]
        self._names = names or {}
        self._modules: dict[str, ModuleType] = {}

    @classmethod
    def present(cls, root: Path, tops: frozenset[str]) -> World:
        """The version whose modules the tests have loaded."""
        world = cls(root, tops, [])
        world._modules = world._loaded()
        return world

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Names of the project mean this world's modules inside."""
        outside, path = self._loaded(), list(sys.path)
        self._put(self._modules)
        sys.path[:0] = self._roots
        importlib.invalidate_caches()
        try:
            yield
        finally:
            self._modules = self._loaded()
            self._put(outside)
            sys.path[:] = path

    def module(self, name: str) -> ModuleType:
        """A module of this world; only while it is entered.

        Raises:
            Misplaced: it lies elsewhere, or cannot be imported.
        """
        try:
            module = importlib.import_module(name)
        except BaseException as error:
            raise Misplaced(f"{name}: {type(error).__name__}: {error}") from error
        place = getattr(module, "__file__", None)
        if place is None or self.root not in Path(place).resolve().parents:
            raise Misplaced(f"{name} comes from {place}")
        return module

    def find(self, module: str, name: str) -> Any:
        """What a module of the present version calls so; only while this world is entered."""
        parts = f"{module}.{name}".split(".")
        for end in range(len(parts), 0, -1):
            renamed = self._names.get(".".join(parts[:end]))
            if renamed is not None and "." in renamed + ".".join(parts[:end]):
                return self._resolved([*renamed.split("."), *parts[end:]])
        return self._resolved([self._names.get(part, part) for part in parts])

    def _resolved(self, parts: list[str]) -> Any:
        """The object at a dotted path whose first parts are a module."""
        for end in range(len(parts) - 1, 0, -1):
            with contextlib.suppress(ImportError, AttributeError):
                found: Any = importlib.import_module(".".join(parts[:end]))
                for part in parts[end:]:
                    found = getattr(found, part)
                return found
        raise Misplaced(".".join(parts))

    def _loaded(self) -> dict[str, ModuleType]:
        return {
            name: module
            for name, module in list(sys.modules.items())
            if name.partition(".")[0] in self._tops
        }

    def _put(self, modules: dict[str, ModuleType]) -> None:
        for name in self._loaded():
            del sys.modules[name]
        sys.modules.update(modules)
