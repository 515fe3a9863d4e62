"""One pytest session in which the project's tests are watched and both versions then compared."""

from __future__ import annotations

import inspect
import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from .call import Caller, Effects
from .comparison import Comparison, Result
from .project import Project, Subject
from .recorder import Call, Recorder, optional_names
from .seen_value import form_of, renamer, show
from .variation import Constants, calls_near
from .world import Misplaced

_STATE: list[Session] = []
_MOST_TEXT = 450  # what a skipped test's reason may hold


def begin(plan: Path) -> None:
    """Read the plan and watch the tests from now on."""
    _STATE[:] = [Session(json.loads(plan.read_text("utf-8")), plan.parent)]
    _STATE[0].recorder.start()


def current() -> Session:
    """The session that was begun."""
    return _STATE[0]


def _fitting(missing: list[str]) -> str:
    """As many as there is room for, and how many more."""
    shown = list(missing)
    while shown:
        told = json.dumps({"missing": shown, "more": len(missing) - len(shown)})
        if len(told) <= _MOST_TEXT:
            return told
        shown.pop()
    return json.dumps({"missing": [], "more": len(missing)})


class Session:
    """What is watched and compared.

    Args:
        plan: `targets` to compare, `names` from old to new, `lines` to reach, and the project's.
        place: the folder that holds the plan and, in `before`, the old version.
    """

    def __init__(self, plan: dict[str, Any], place: Path) -> None:
        self.targets: list[dict[str, Any]] = plan["targets"]
        self.project = Project(plan, place)
        self.recorder = Recorder(self.project.is_file, self.project.is_module)
        self._lines = plan["lines"]
        self._executed: dict[str, set[int]] = defaultdict(set)
        self._now: dict[str, set[int]] = defaultdict(set)
        self._rename = renamer(plan["names"])
        self._effects: Effects | None = None

    def calls_of(self, subject: Subject, target: dict[str, Any]) -> list[Call]:
        """How the tests have called a function; called when they have run."""
        self.recorder.stop()
        place = (subject.function.__code__.co_filename, target["new"][1])
        return self.recorder.calls.get(place, [])

    def compare(self, index: int) -> tuple[bool, str]:
        """Whether a difference was found, and what is to be told of it."""
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
        for version, root in (("new", self.project.root), ("old", self.project.before)):
            for path, lines in self._lines[version].items():
                left = sorted(set(lines) - self._executed[str(root / path)])
                if left:
                    missing.append(f"{version} {path}:{','.join(map(str, left[:6]))}")
        return _fitting(missing)

    def _compared(self, target: dict[str, Any]) -> Result:
        if target["why"]:
            return Result(why=target["why"])
        if target["kind"] == "module":
            return self._compared_values(target)
        new, old = self.project.new(target["new"]), self.project.old(target["old"])
        unlike = _signature_difference(old.function, new.function, target, self._rename)
        if unlike:
            return unlike
        calls = self.calls_of(new, target)
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

    def _compared_values(self, target: dict[str, Any]) -> Result:
        """Whether what the two modules call alike is alike."""
        old, new = self.project.values(target["old"][0], target["new"][0])
        for before, after in target["values"]:
            if before in old and after in new:
                a, b = form_of(old[before], self._rename), form_of(new[after], str)
                if a != b:
                    return Result(1, f"{after}: {show(a)} → {show(b)}")
        return Result(len(target["values"]))

    def _trace(self, frame: FrameType, _event: str, _: Any) -> Any:
        name = frame.f_code.co_filename
        if not self.project.is_inside(name):
            return None
        self._now[name].add(frame.f_lineno)
        return self._trace


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
    given = [each.default is inspect.Parameter.empty for each in before.values()]
    if given != [each.default is inspect.Parameter.empty for each in after.values()]:
        return Result(why="its parameters differ")
    for one, other in zip(before.values(), after.values()):  # noqa: B905 -- Python 3.9
        if form_of(one.default, rename) != form_of(other.default, str):
            told = f"default of {other.name}: {one.default!r} → {other.default!r}"
            private = Result(why=f"its {told}")
            return Result(1, f"{target['new'][1]}() {told}") if target["public"] else private
    return None
