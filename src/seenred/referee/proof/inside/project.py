"""A project's production code in two versions: its files, its modules, its functions."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import Any, NamedTuple

from .world import Misplaced, World


class Subject(NamedTuple):
    """A function in its world, and what is called in its place: for `__init__` the class."""

    world: World
    function: Any
    called: Any


class Project:
    """Where the two versions lie and how they are loaded.

    Args:
        plan: `files` of production code, `tops` of its modules, `back` from new names to old ones.
        place: the folder that holds the plan and, in `before`, the old version.
    """

    def __init__(self, plan: dict[str, Any], place: Path) -> None:
        self.before = (place / "before").resolve()
        self.root = place.resolve().parent
        self._back = plan["back"]
        self._files = {str(self.root / path) for path in plan["files"]}
        self._tops = frozenset(plan["tops"])
        self._worlds: tuple[World, World] | None = None
        self._roots: list[Path] = []

    def is_file(self, name: str) -> bool:
        """Whether a file is production code of the new version."""
        return name in self._files or str(Path(name).resolve()) in self._files

    def is_module(self, name: str) -> bool:
        """Whether a module's name is one of the project's."""
        return name.partition(".")[0] in self._tops

    def is_inside(self, name: str) -> bool:
        """Whether a file lies in the tree, in either version."""
        return name.startswith(str(self.root))

    def worlds(self) -> tuple[World, World]:
        """The old version and the new one; called when the tests have run."""
        if self._worlds is None:
            present = World.present(self.root, self._tops)
            found = {self._import_root(module) for module in list(sys.modules.values())}
            # the innermost first: what lies in `src` is not called `src.something`
            self._roots = sorted((e for e in found if e), key=lambda each: -len(each.parts))
            folders = [self.before / each.relative_to(self.root) for each in self._roots]
            there = [folder for folder in folders if folder.is_dir()]
            self._worlds = (World(self.before, self._tops, there, self._back), present)
        return self._worlds

    def old(self, place: list[str]) -> Subject:
        """A function of the old version, by path and qualified name.

        Raises:
            Misplaced: it can't be loaded from its own file, or is no plain function.
        """
        world, _ = self.worlds()
        with world.entered():
            return self._looked_up(world, place, self.before)

    def new(self, place: list[str]) -> Subject:
        """The same of the new version."""
        _, world = self.worlds()
        with world.entered():
            return self._looked_up(world, place, self.root)

    def values(self, old: str, new: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """What a module of each version binds, by path.

        Raises:
            Misplaced: one of them can't be loaded from its own file.
        """
        old_world, new_world = self.worlds()
        with new_world.entered():
            after = vars(new_world.module(self._module_name(new, self.root)))
        with old_world.entered():
            before = vars(old_world.module(self._module_name(old, self.before)))
        return before, after

    def _import_root(self, module: Any) -> Path | None:
        """The folder from which a module of the project was imported."""
        place = getattr(module, "__file__", None)
        name = getattr(module, "__name__", "")
        if not place or not self.is_file(place) or not self.is_module(name):
            return None
        path = Path(place).resolve()
        parts = len(name.split(".")) + (path.name == "__init__.py")
        return path.parents[parts - 1]

    def _looked_up(self, world: World, place: list[str], root: Path) -> Subject:
        """The plain function, and what is called in its place."""
        path, name = place
        holder: Any = world.module(self._module_name(path, root))
        *outer, last = name.split(".")
        for part in outer:
            holder = getattr(holder, part)
        found = inspect.getattr_static(holder, last)
        found = found.fget if isinstance(found, property) else getattr(found, "__func__", found)
        function = inspect.unwrap(found) if callable(found) else None
        if not inspect.isfunction(function):
            raise Misplaced(f"{name} is no plain function")
        return Subject(world, function, holder if last == "__init__" else function)

    def _module_name(self, path: str, root: Path) -> str:
        file = root / path
        for folder in self._roots:
            moved = root / folder.relative_to(self.root)
            if moved in file.parents:
                parts = file.relative_to(moved).with_suffix("").parts
                return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        raise Misplaced(f"{path} is not imported by the tests")
