"""One pytest session in which the project's tests are watched and both versions then compared."""

from __future__ import annotations

import inspect
import json
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from .call import Caller, Effects
from .comparison import Comparison, Result
from .recorder import Call, Recorder, optional_names
from .seen_value import form_of, renamer, show
from .variation import Constants, calls_near
from .world import Misplaced, World

_STATE: list[Session] = []
_MOST_TEXT = 450  # what a skipped test's reason may hold


def begin(plan: Path) -> None:
    """Read the plan and watch the tests from now on."""
    _STATE[:] = [Session(json.loads(plan.read_text("utf-8")), plan.parent)]
    _STATE[0].recorder.start()


def current() -> Session:
    """The session that was begun."""
    return _STATE[0]


class Session:
    """What is watched and compared.

    Args:
        plan: `files` of production code, `tops` of its modules, `targets`, `names`, `lines`.
        place: the folder that holds the plan and, in `before`, the old version.
    """

    def __init__(self, plan: dict[str, Any], place: Path) -> None:
        self.targets: list[dict[str, Any]] = plan["targets"]
        self._plan = plan
        self._before = (place / "before").resolve()
        self._root = place.resolve().parent
        self._files = {str(self._root / path) for path in plan["files"]}
        self._tops = frozenset(plan["tops"])
        self._executed: dict[str, set[int]] = defaultdict(set)
        self._now: dict[str, set[int]] = defaultdict(set)
        self._rename = renamer(plan["names"])
        self._effects: Effects | None = None
        self._worlds: tuple[World, World] | None = None
        self._roots: list[Path] = []
        self.recorder = Recorder(self._is_file, self._is_module)

    def _is_file(self, name: str) -> bool:
        return name in self._files or str(Path(name).resolve()) in self._files

    def _is_module(self, name: str) -> bool:
        return name.partition(".")[0] in self._tops

    def compare(self, index: int) -> tuple[bool, str]:
        """Whether a difference was found, and what is to be told of it."""
        self.recorder.stop()
        target = self.targets[index]
        self._now.clear()
        try:
            result = self._compared(target)
        except Misplaced as error:
            result = Result(why=f"could not be loaded: {error}")
        if result.difference:
            return True, result.difference
        if result.compared:
            for name, lines in self._now.items():
                self._executed[name] |= lines
        told = {"compared": result.compared, "rounding": result.rounding, "why": result.why}
        return False, json.dumps({k: v[:200] if isinstance(v, str) else v for k, v in told.items()})

    def unexecuted(self) -> str:
        """Lines of changed functions that no compared input has reached, in both versions."""
        missing = []
        for version, root in (("new", self._root), ("old", self._before)):
            for path, lines in self._plan["lines"][version].items():
                left = sorted(set(lines) - self._executed[str(root / path)])
                if left:
                    missing.append(f"{version} {path}:{','.join(map(str, left[:6]))}")
        return json.dumps({"missing": missing})[:_MOST_TEXT]

    def _compared(self, target: dict[str, Any]) -> Result:
        if target["why"]:
            return Result(why=target["why"])
        old_world, new_world = self._both_worlds()
        if target["kind"] == "module":
            return self._compared_values(target, old_world, new_world)
        new, old = self._subjects(target, old_world, new_world)
        unlike = _signature_difference(old.function, new.function, target, self._rename)
        if unlike:
            return unlike
        place = (new.function.__code__.co_filename, target["new"][1])
        calls = self.recorder.calls.get(place, [])
        if not calls:
            return Result(why="no test calls it with values that can be made again")
        inputs = calls_near(calls, Constants(target["constants"]), optional_names(new.function))
        return self._comparison(target, old, new, calls).run(inputs)

    def _comparison(
        self, target: dict[str, Any], old: Subject, new: Subject, calls: list[Call]
    ) -> Comparison:
        self._effects = self._effects or Effects()
        names = target["own_names"]
        before = Caller(old.world, old.function, old.called, names, self._rename, self._trace)
        after = Caller(new.world, new.function, new.called, {}, str, self._trace)
        name, is_method = target["new"][1], _is_method(calls, new)
        return Comparison(
            (old.world.entered, before), (new.world.entered, after), name, is_method, self._effects
        )

    def _compared_values(
        self, target: dict[str, Any], old_world: World, new_world: World
    ) -> Result:
        """Whether what the two modules call alike is alike."""
        with new_world.entered():
            new = vars(new_world.module(self._module_name(target["new"][0], self._root)))
        with old_world.entered():
            old = vars(old_world.module(self._module_name(target["old"][0], self._before)))
        for before, after in target["values"]:
            if before in old and after in new:
                a, b = form_of(old[before], self._rename), form_of(new[after], str)
                if a != b:
                    return Result(1, f"{after}: {show(a)} → {show(b)}")
        return Result(len(target["values"]))

    def _subjects(
        self, target: dict[str, Any], old_world: World, new_world: World
    ) -> tuple[Subject, Subject]:
        with new_world.entered():
            new = self._looked_up(new_world, target["new"], self._root)
        with old_world.entered():
            old = self._looked_up(old_world, target["old"], self._before)
        return new, old

    def _both_worlds(self) -> tuple[World, World]:
        if self._worlds is None:
            present = World.present(self._root, self._tops)
            found = {self._import_root(module) for module in list(sys.modules.values())}
            # the innermost first: what lies in `src` is not called `src.something`
            self._roots = sorted((e for e in found if e), key=lambda each: -len(each.parts))
            folders = [self._before / each.relative_to(self._root) for each in self._roots]
            there = [folder for folder in folders if folder.is_dir()]
            self._worlds = (World(self._before, self._tops, there, self._plan["back"]), present)
        return self._worlds

    def _import_root(self, module: Any) -> Path | None:
        """The folder from which a module of the project was imported."""
        place = getattr(module, "__file__", None)
        name = getattr(module, "__name__", "")
        if not place or not self._is_file(place) or not self._is_module(name):
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
            moved = root / folder.relative_to(self._root)
            if moved in file.parents:
                parts = file.relative_to(moved).with_suffix("").parts
                return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        raise Misplaced(f"{path} is not imported by the tests")

    def _trace(self, frame: FrameType, _event: str, _: Any) -> Any:
        name = frame.f_code.co_filename
        if not name.startswith(str(self._root)):
            return None
        self._now[name].add(frame.f_lineno)
        return self._trace


class Subject(NamedTuple):
    """A function in its world, and what is called in its place: for `__init__` the class."""

    world: World
    function: Any
    called: Any


def _is_method(calls: list[Call], subject: Subject) -> bool:
    names = subject.function.__code__.co_varnames[:1]
    plain = subject.called is subject.function
    return plain and names == ("self",) and "self" in calls[0].arguments


def _signature_difference(
    old: Any, new: Any, target: dict[str, Any], rename: Callable[[str], str]
) -> Result | None:
    """Why two functions can't be called alike; another public default is a difference."""
    before, after = inspect.signature(old).parameters, inspect.signature(new).parameters
    own = target["own_names"]
    expected = [(own.get(each.name, each.name), each.kind) for each in after.values()]
    if [(each.name, each.kind) for each in before.values()] != expected:
        return Result(why="its parameters differ")
    for one, other in zip(before.values(), after.values()):  # noqa: B905 -- Python 3.9
        if form_of(one.default, rename) != form_of(other.default, str):
            told = f"default of {other.name}: {one.default!r} → {other.default!r}"
            private = Result(why=f"its {told}")
            return Result(1, f"{target['new'][1]}() {told}") if target["public"] else private
    return None
