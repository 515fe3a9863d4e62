"""Turns what an observer told into an observation, trusting none of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from seenred.domain.execution import Ending as ProcessEnding
from seenred.domain.execution import Execution
from seenred.domain.observation import (
    Ending,
    Failure,
    Frame,
    Observation,
    Outcome,
    Phase,
    SeenTest,
    Uncollected,
)

_LONGEST = 2000
# pytest's own: all passed, some failed, nothing collected
_OVER = (0, 1, 5)
# how argparse, pytest and a rendered exception begin what they have to say
_COMPLAINT = re.compile(r"^(?:ERROR:(?! usage)|[\w.()-]*: error:|E )\s*")
_OUTCOMES, _PHASES = {*Outcome}, {*Phase}


@dataclass(frozen=True, slots=True)
class Process:
    """How the process of a check ended.

    Attributes:
        stderr: the last of it.
    """

    ending: ProcessEnding
    exit_code: int
    seconds: float
    stderr: str = ""

    @classmethod
    def of(cls, execution: Execution) -> Process:
        """The process that a sandbox ran."""
        stderr = execution.stderr.decode(errors="replace")
        return cls(execution.ending, execution.exit_code, execution.seconds, stderr)


@dataclass(slots=True)
class _Told:
    """What the lines say, gathered."""

    selected: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    tests: dict[str, SeenTest] = field(default_factory=dict)
    uncollected: list[Uncollected] = field(default_factory=list)
    foreign: dict[str, str] = field(default_factory=dict)
    executed: dict[str, dict[str, frozenset[int]]] = field(default_factory=dict)
    running: str = ""
    interrupted: str = ""
    session: bool = False
    returned: bool = False
    status: int | None = None


def read(lines: Iterable[dict[str, Any]], nonce: str, process: Process) -> Observation:
    """The observation that the lines and the end of the process make together."""
    told = _Told()
    for line in lines:
        _take(told, line, nonce)
    ending, message = _ending(told, process)
    return Observation(
        selected=tuple(told.selected),
        tests=tuple(told.tests.values()),
        uncollected=tuple(told.uncollected),
        unknown=tuple(told.unknown),
        running=told.running if ending is not Ending.COMPLETED else "",
        ending=ending,
        message=message,
        exit_code=process.exit_code,
        foreign=told.foreign,
        executed=told.executed,
        seconds=process.seconds,
    )


def _take(told: _Told, line: dict[str, Any], nonce: str) -> None:  # noqa: C901 -- a table
    match line:
        case {"session": str()}:
            told.session = True
        case {"selected": list(selected), "unknown": list(unknown)}:
            told.selected = _words(selected)
            told.unknown = _words(unknown)
        case {"started": str(test)}:
            told.running = test
        case {"test": str(test)}:
            told.running = "" if told.running == test else told.running
            told.tests[test] = _seen(test, line)
        case {"uncollected": str(path), "failure": dict(failure)}:
            told.uncollected.append(Uncollected(path[:_LONGEST], read_failure(failure)))
        case {"foreign": dict(foreign)}:
            told.foreign = {str(name): str(file) for name, file in foreign.items()}
        case {"interrupted": str(why)}:
            told.interrupted = told.interrupted or why[:_LONGEST] or "interrupted"
        case {"executed": str(test), "lines": dict(lines)}:
            told.executed[test] = _executed(lines)
        case {"finished": str(word), "status": int(status)} if word == nonce:
            told.status = status
        case {"returned": int()}:
            told.returned = True


def _ending(told: _Told, process: Process) -> tuple[Ending, str]:
    if process.ending is ProcessEnding.TIMED_OUT:
        where = told.running or "the collection"
        return Ending.TIMED_OUT, f"{where} did not end within its limit"
    if process.ending is ProcessEnding.OUT_OF_MEMORY:
        return Ending.OUT_OF_MEMORY, f"{told.running or 'the collection'} ate all memory"
    if process.ending is not ProcessEnding.EXITED:
        return Ending.CRASHED, _crash(told, process)
    if told.interrupted:
        return Ending.LEFT_EARLY, told.interrupted
    if told.status in _OVER and told.session:
        return Ending.COMPLETED, ""
    if not told.session and told.returned:
        return Ending.UNUSABLE, _complaint(process.stderr) or "pytest did not start"
    if process.exit_code >= 128:
        return Ending.CRASHED, _crash(told, process)
    if not told.session and process.exit_code not in (0, 3):
        # it never came to pytest: Python itself or the observer did not start
        return Ending.UNUSABLE, _complaint(process.stderr) or "pytest did not start"
    if told.status is not None:
        return Ending.UNUSABLE, _complaint(process.stderr) or f"pytest left with {told.status}"
    where = told.running or "the collection"
    return Ending.LEFT_EARLY, f"{where} ended the process with exit code {process.exit_code}"


def _crash(told: _Told, process: Process) -> str:
    return f"{told.running or 'the collection'}: {process.ending} ({process.exit_code})"


def _complaint(stderr: str) -> str:
    """Pytest's own words, else the last line there is."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    marked = [line for line in lines if _COMPLAINT.match(line)]
    found = (marked or lines[-1:] or [""])[0]
    return _COMPLAINT.sub("", found)[:_LONGEST]


def _seen(test: str, line: dict[str, Any]) -> SeenTest:
    outcome, phase = _text(line, "outcome"), _text(line, "phase")
    failure, seconds = line.get("failure"), line.get("seconds")
    return SeenTest(
        test,
        Outcome(outcome) if outcome in _OUTCOMES else Outcome.ERROR,
        Phase(phase) if phase in _PHASES else Phase.CALL,
        read_failure(failure) if isinstance(failure, dict) else None,
        _text(line, "reason"),
        float(seconds) if isinstance(seconds, int | float) else 0.0,
    )


def read_failure(told: Mapping[str, Any]) -> Failure:
    """A failure, field by field; what does not fit counts as not said."""
    return Failure(
        kind=_text(told, "kind"),
        bases=tuple(_words(told.get("bases"))),
        message=_text(told, "message"),
        decisive=_text(told, "decisive"),
        frames=tuple(_frames(told.get("frames"))),
        name=_text(told, "name") or None,
        name_from=_text(told, "name_from") or None,
        owner=_text(told, "owner") or None,
        did_not_raise=told.get("did_not_raise") is True,
        asserted=told.get("asserted") is True,
        withheld=_text(told, "withheld"),
    )


def _frames(told: Any) -> Iterator[Frame]:
    for frame in told if isinstance(told, list) else ():
        match frame:
            case [str(path), int(line), str(function)]:
                yield Frame(path, line, function)


def _executed(told: dict[str, Any]) -> dict[str, frozenset[int]]:
    return {
        path: frozenset(line for line in lines if isinstance(line, int))
        for path, lines in told.items()
        if isinstance(lines, list)
    }


def _words(told: Any) -> list[str]:
    return [word for word in told if isinstance(word, str)] if isinstance(told, list) else []


def _text(told: Mapping[str, Any], key: str) -> str:
    found = told.get(key)
    return found[:_LONGEST] if isinstance(found, str) else ""


def objects(data: bytes) -> Iterator[dict[str, Any]]:
    """Whole lines that are JSON objects; the tests may have written there too."""
    for line in data.splitlines():
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            yield value


def with_unknown(observation: Observation, unknown: tuple[str, ...]) -> Observation:
    """Ids that never reached pytest are unknown too."""
    return replace(observation, unknown=(*unknown, *observation.unknown))
