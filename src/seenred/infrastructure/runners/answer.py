"""Turns what the driver tells of one input into an answer, trusting none of it."""

from __future__ import annotations

import ast
import json
import signal
from typing import Any

from seenred.domain.execution import Answer, Limits, Outcome
from seenred.infrastructure.runners.inside.candidate import LOADED, UNLOADABLE, UNREADABLE


def holds_for_all(told: dict[str, Any]) -> bool:
    """Whether every other input would come to the same, for the candidate does not load."""
    return told["state"] == UNLOADABLE or bool(told.get("over") and not told["state"])


def read(told: dict[str, Any], source: str, limits: Limits) -> Answer:
    """The answer that one line of the driver stands for."""
    if told.get("over"):
        return _over(told, limits)
    payload = _payload(told["payload"])
    if told["state"] in (UNLOADABLE, UNREADABLE):
        error, line = _text(payload, "raised"), _line(payload)
        return Answer(Outcome.UNLOADABLE, error=error, line=line)
    if "raised" in payload:
        return _raised(payload, told, source)
    if "value" in payload:
        return _returned(payload, told)
    return _ended(told)


def traced_lines(told: dict[str, Any]) -> tuple[int, ...]:
    """The executed lines, ascending."""
    lines = _payload(told["payload"]).get("lines")
    if not isinstance(lines, list):
        return ()
    return tuple(sorted({line for line in lines if isinstance(line, int)}))


def _over(told: dict[str, Any], limits: Limits) -> Answer:
    if told["over"] == "output":
        error = f"gave more than {limits.output} bytes"
        return Answer(Outcome.CRASHED, error=error, seconds=told["seconds"])
    if told["state"] != LOADED:
        error = f"loading it took more than {limits.seconds:g} s"
        return Answer(Outcome.UNLOADABLE, error=error, seconds=told["seconds"])
    # how long it was waited for says something of the machine, the limit of the candidate
    error = f"no answer within {limits.seconds:g} s"
    return Answer(Outcome.TIMED_OUT, error=error, seconds=limits.seconds)


def _returned(payload: dict[str, Any], told: dict[str, Any]) -> Answer:
    value = payload["value"]
    printed = value is None  # a program: its stdout is the answer
    return Answer(
        Outcome.RETURNED,
        value=told["printed"] if printed else _text(payload, "value"),
        seconds=_seconds(payload, told),
    )


def _raised(payload: dict[str, Any], told: dict[str, Any], source: str) -> Answer:
    error, line = _text(payload, "raised"), _line(payload)
    memory = payload.get("memory") is True
    return Answer(
        Outcome.OUT_OF_MEMORY if memory else Outcome.RAISED,
        value=told["printed"],
        error=error,
        line=line,
        deliberate=payload.get("own") is True and _raises_at(source, line, error),
        seconds=told["seconds"],
    )


def _ended(told: dict[str, Any]) -> Answer:
    """The process ended without a word of its own."""
    code, seconds = told["exit"], told["seconds"]
    if code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
        return Answer(Outcome.CRASHED, error=f"killed by {name}", seconds=seconds)
    if told["program"] and code == 0:  # it left by os._exit
        return Answer(Outcome.RETURNED, value=told["printed"], seconds=seconds)
    return Answer(Outcome.CRASHED, error=f"left with exit code {code}", seconds=seconds)


def _raises_at(source: str, line: int | None, error: str) -> bool:
    """Whether that line of the candidate is a `raise` or an `assert` that gives this exception."""
    kind = error.partition(":")[0]
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Raise | ast.Assert) or line is None:
            continue
        if node.lineno <= line <= (node.end_lineno or node.lineno):
            return kind == "AssertionError" if isinstance(node, ast.Assert) else _gives(node, kind)
    return False


def _gives(node: ast.Raise, kind: str) -> bool:
    """`raise ValueError(int(text))` may also fail before it raises."""
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    name = raised.attr if isinstance(raised, ast.Attribute) else getattr(raised, "id", "")
    return not name[:1].isupper() or name == kind


def _payload(text: str) -> dict[str, Any]:
    """The child's own words: whatever is no JSON object counts as none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _text(payload: dict[str, Any], key: str) -> str:
    found = payload.get(key)
    return found if isinstance(found, str) else ""


def _line(payload: dict[str, Any]) -> int | None:
    found = payload.get("line")
    return found if isinstance(found, int) else None


def _seconds(payload: dict[str, Any], told: dict[str, Any]) -> float:
    """The child's own measure, never more than its parent saw."""
    own, seen = payload.get("seconds"), float(told["seconds"])
    return min(max(own, 0.0), seen) if isinstance(own, float) else seen
