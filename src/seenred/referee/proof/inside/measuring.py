"""Measures what one function's growing inputs cost, in this version and in the one before."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any

from .call import Caller
from .cost import counted, timed
from .growing import growable, grown
from .project import Subject
from .recipe import Recipe
from .recorder import Call
from .session import Session
from .world import Misplaced

_MOST_TEXT = 300


class Unmeasurable(Exception):
    """No growing input can be made, or the function refuses it."""


def measure(session: Session, index: int) -> str:
    """The costs as JSON: for each size that of this version and, where there is one, the old."""
    target = session.targets[index]
    try:
        points = _measured(session, target)
    except Misplaced as error:
        return json.dumps({"why": f"it could not be loaded: {error}"[:_MOST_TEXT]})
    except Unmeasurable as error:
        return json.dumps({"why": str(error)[:_MOST_TEXT]})
    exact = [[size, *(float(f"{cost:.3g}") for cost in costs)] for size, costs in points]
    return json.dumps({"points": exact}, separators=(",", ":"))


def _measured(session: Session, target: dict[str, Any]) -> list[tuple[int, list[float]]]:
    project = session.project
    new = project.new(target["new"])
    subjects = [new, *([project.old(target["old"])] if target["old"] else [])]
    inputs = _inputs(session, target, new)
    prepared = [_prepared(subject, inputs) for subject in subjects]
    try:
        return counted(prepared, project.is_inside) if target["count"] else timed(prepared)
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
        raise Unmeasurable(f"it does not take the grown inputs: {told}; give inputs") from error


def _prepared(
    subject: Subject, inputs: Callable[[int], Call]
) -> Callable[[int], Callable[[], Any]]:
    caller = Caller(subject.world, subject.function, subject.called, {}, str, _untraced)

    def prepare(size: int) -> Callable[[], Any]:
        call = inputs(size)
        with subject.world.entered():
            return caller.prepared(call)

    return prepare


def _untraced(*_: Any) -> None:
    return None


def _inputs(session: Session, target: dict[str, Any], subject: Subject) -> Callable[[int], Call]:
    if target["inputs"]:
        return functools.partial(_given, target["inputs"], subject)
    call = growable(session.calls_of(subject, target))
    if call is None:
        raise Unmeasurable("no test calls it with a value that can grow; give inputs")
    return functools.partial(grown, call)


def _given(text: str, subject: Subject, size: int) -> Call:
    """The arguments that an expression of `n` gives, a tuple of them."""
    try:
        values = eval(text, {"n": size})  # the user's own words, in the sandbox
    except Exception as error:
        raise Unmeasurable(f"the inputs can't be made: {type(error).__name__}: {error}") from error
    values = values if isinstance(values, tuple) else (values,)
    names = subject.function.__code__.co_varnames[: len(values)]
    return Call({name: Recipe("copy", value) for name, value in zip(names, values)})  # noqa: B905
