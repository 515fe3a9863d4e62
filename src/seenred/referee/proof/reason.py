"""Why a test fails, and whether that is what a first red should look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath

from seenred.domain.layout import is_test
from seenred.domain.observation import (
    Ending,
    Failure,
    Frame,
    Observation,
    Outcome,
    SeenTest,
    Uncollected,
)
from seenred.referee.proof.introduced import NOTHING, Introduced
from seenred.referee.proof.missing_package import PACKAGE_MISSING, missing_package, needs
from seenred.referee.proof.placed_test import path_of, uses_project

NEEDS_NETWORK = "needs-network"
CONFINED = "confined"


class Ruling(StrEnum):
    """What a reason says of a red test."""

    RIGHT = "right"
    WRONG = "wrong"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a test failed.

    Attributes:
        code: stable and searchable, e.g. `assertion`, `missing-symbol`, `test-typo`.
        decisive: one line for a person.
        frame: where, within the project.
    """

    ruling: Ruling
    code: str
    decisive: str = ""
    failure: Failure | None = None
    frame: Frame | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What must be known of a project to say why one of its tests failed.

    Attributes:
        introduced: what the change brings.
        modules: dotted names of the project's modules, before and after, its tests' among them.
        production: paths of its production code, before and after.
        callables: bare names of its functions and classes, before and after.
        sources: of test files and their support, by path.
    """

    introduced: Introduced = NOTHING
    modules: frozenset[str] = frozenset()
    production: frozenset[str] = frozenset()
    callables: frozenset[str] = frozenset()
    sources: Mapping[str, bytes] = field(default_factory=dict)

    def is_own(self, module: str | None) -> bool:
        """Whether a module belongs to the project."""
        root = (module or "").partition(".")[0]
        return any(name.partition(".")[0] == root for name in self.modules)

    def in_production(self, failure: Failure) -> Frame | None:
        """The innermost frame of production code."""
        frames = reversed(failure.frames)
        return next((frame for frame in frames if frame.path in self.production), None)


def classify(observation: Observation, test_id: str, around: Surroundings) -> Reason:
    """Why a test that was run failed, or why there is no red."""
    seen = observation.of(test_id)
    if seen is not None:
        return _of_test(seen, around)
    down = uncollected_with(observation, test_id)
    if down is not None:
        return of_failure(down.failure, around, at_collection=True)
    return _of_run(observation, test_id)


def uncollected_with(observation: Observation, test_id: str) -> Uncollected | None:
    """What could not be collected and took this test down with it."""
    return next((e for e in observation.uncollected if _takes_down(e.path, test_id)), None)


def of_failure(failure: Failure, around: Surroundings, *, at_collection: bool = False) -> Reason:
    """Why an exception was raised."""
    if at_collection and not failure.is_a("AssertionError") and _is_pytests(failure):
        return _wrong("not-collectable", failure, failure.decisive)
    found = (rule(failure, around) for rule in _RULES)
    return next((reason for reason in found if reason is not None), _in_test(failure, around))


def _takes_down(path: str, test_id: str) -> bool:
    if path in ("", ".") or test_id == path or test_id.startswith((f"{path}::", f"{path}/")):
        return True
    pure = PurePosixPath(path)
    above = pure.parent in PurePosixPath(path_of(test_id)).parents
    return above and pure.name in ("conftest.py", "__init__.py")


_NOT_RED = {
    Outcome.PASSED: ("passes-already", "passes without the change"),
    Outcome.XPASSED: ("passes-already", "passes without the change, though marked as xfail"),
    Outcome.SKIPPED: ("skipped", "is skipped"),
    Outcome.XFAILED: ("xfailed", "is marked as an expected failure"),
}


def _of_test(seen: SeenTest, around: Surroundings) -> Reason:
    if seen.outcome in _NOT_RED:
        code, told = _NOT_RED[seen.outcome]
        if "async def functions are not natively supported" in seen.reason:
            return Reason(Ruling.WRONG, "async-without-plugin", _ASYNC)
        return Reason(Ruling.WRONG, code, f"{told}: {seen.reason}" if seen.reason else told)
    if seen.failure is None:
        return Reason(Ruling.UNDECIDED, "no-failure", "failed, and nothing told why")
    return of_failure(seen.failure, around)


_BROKEN_OFF = {
    Ending.TIMED_OUT: (Ruling.UNDECIDED, "timeout", "ran into its time limit"),
    Ending.OUT_OF_MEMORY: (Ruling.UNDECIDED, "out-of-memory", "ran into its memory limit"),
    Ending.CRASHED: (Ruling.UNDECIDED, "crash", "the interpreter crashed"),
    Ending.LEFT_EARLY: (Ruling.WRONG, "left-early", "the process left before pytest was done"),
    Ending.UNUSABLE: (Ruling.UNDECIDED, "unusable", "pytest could not start"),
    Ending.COMPLETED: (Ruling.WRONG, "nothing-collected", "no test of that id was collected"),
}


def _of_run(observation: Observation, test_id: str) -> Reason:
    ruling, code, told = _BROKEN_OFF[observation.ending]
    if observation.running and observation.running != test_id:
        told = f"{told} in {observation.running}"
    return Reason(ruling, code, f"{told}: {observation.message}" if observation.message else told)


_ASYNC = "async def, and no plugin that runs it"
_NO_NETWORK = re.compile(
    r"[Cc]onnection refused|Network is unreachable|Name or service not known"
    r"|[Tt]emporary failure in name resolution|Cannot assign requested address"
)
_OF_SOCKETS = ("socket.py", "asyncio/base_events.py", "asyncio/selector_events.py")


def _asynchronous(failure: Failure, _: Surroundings) -> Reason | None:
    if "async def functions are not natively supported" in failure.message:
        return _wrong("async-without-plugin", failure, _ASYNC)
    return None


def _network(failure: Failure, _: Surroundings) -> Reason | None:
    last = failure.frames[-1] if failure.frames else None
    if last is None or last.inside or failure.asserted:
        return None
    by_socket = failure.is_a("OSError") and last.path.endswith(_OF_SOCKETS)
    if by_socket or _NO_NETWORK.search(failure.message):
        return _reason(Ruling.UNDECIDED, NEEDS_NETWORK, failure, "needs a server")
    return None


_DENIED = (
    r"\[Errno (?:1|13|30)\] (?:Operation not permitted|Permission denied|Read-only file system)"
)
# as the last line of a child's traceback shows it
_CHILD_DENIED = re.compile(rf"(?:PermissionError|OSError): {_DENIED}")


def _confined(failure: Failure, _: Surroundings) -> Reason | None:
    """The kernel refused something to the test, or to a process that it started."""
    if failure.did_not_raise:
        return None
    told = f"{failure.message}\n{failure.decisive}"
    denied = _CHILD_DENIED.search(told) or (
        not failure.asserted and failure.is_a("OSError") and re.search(_DENIED, told)
    )
    if not denied:
        return None
    return _reason(Ruling.UNDECIDED, CONFINED, failure, f"the sandbox refused it: {denied[0]}")


# no sandbox is to blame for a name that is not there, or for a call that does not fit
_BY_NAMES = ("ImportError", "NameError", "AttributeError", "TypeError", "SyntaxError")


def _nested(failure: Failure, _: Surroundings) -> Reason | None:
    """The test makes a sandbox of its own, or a process of its wants what is not to be had here."""
    if not failure.withheld or any(map(failure.is_a, _BY_NAMES)):
        return None
    if failure.withheld == "namespaces":
        told = "the sandbox refused it namespaces, as a sandbox of its own needs them"
    else:
        told = f"the sandbox refused a process that it started: {failure.withheld}"
    return _reason(Ruling.UNDECIDED, CONFINED, failure, told)


def _syntax(failure: Failure, around: Surroundings) -> Reason | None:
    if not failure.is_a("SyntaxError"):
        return None
    place = around.in_production(failure)
    if place is not None and place.function != "<module>":
        return None
    return _wrong("syntax-error", failure, f"{failure.kind}: {failure.message}")


def _fixture(failure: Failure, _: Surroundings) -> Reason | None:
    if not failure.kind.endswith("FixtureLookupError"):
        return None
    return _wrong("unknown-fixture", failure, f"no fixture `{failure.name}`")


def _given_up(failure: Failure, _: Surroundings) -> Reason | None:
    if failure.asserted or failure.did_not_raise or not _is_pytests(failure):
        return None
    if not failure.kind and "XPASS" in failure.message:
        return _wrong("passes-already", failure, "passes without the change, though marked xfail")
    return _wrong("not-collectable", failure, failure.decisive or failure.message)


def _is_pytests(failure: Failure) -> bool:
    """Pytest itself gave up on the test: a marker it does not know, parameters that don't fit."""
    kind = failure.kind
    if kind in ("", "Failed"):
        return True
    # a project may have exceptions of these names too
    given_up = ("outcomes.Failed", "CollectError", "UsageError", "Warning")
    return kind.startswith(("pytest.", "_pytest.")) and kind.endswith(given_up)


def _assertion(failure: Failure, _: Surroundings) -> Reason | None:
    if failure.did_not_raise:
        return _right("did-not-raise", failure, failure.decisive or failure.message)
    return _right("assertion", failure, failure.decisive) if failure.asserted else None


def _missing_import(failure: Failure, around: Surroundings) -> Reason | None:
    if not failure.is_a("ImportError") or failure.name is None:
        return None
    name, module = failure.name, failure.name_from
    if module is not None and around.introduced.gives(module, name):
        return _missing(failure, f"`{name}` is missing from {module}")
    if module is None and around.introduced.has_module(name):
        return _missing(failure, f"module {name} is missing")
    if not around.is_own(module or name):
        if missing_package(failure, around.modules) and not _is_the_tests(failure):
            return _reason(Ruling.UNDECIDED, PACKAGE_MISSING, failure, needs(name))
        return _wrong("third-party-import", failure, failure.message)
    return None if around.in_production(failure) else _typo(failure)


def _is_the_tests(failure: Failure) -> bool:
    """Whether the test's own file asked for it."""
    place = failure.innermost
    return place is None or is_test(place.path)


def _missing_name(failure: Failure, around: Surroundings) -> Reason | None:
    if not failure.is_a("NameError") or _ends_in_production(failure, around):
        return None
    if failure.name and around.introduced.has(failure.name):
        return _missing(failure, f"`{failure.name}` is missing")
    return _typo(failure)


_ATTRIBUTE = re.compile(r"attribute '(\w+)'")


def _missing_attribute(failure: Failure, around: Surroundings) -> Reason | None:
    if not failure.is_a("AttributeError") or _ends_in_production(failure, around):
        return None
    told = _ATTRIBUTE.search(failure.message)
    name = failure.name or (told[1] if told else None)
    if name and around.introduced.has(name):
        whose = f" from {failure.owner}" if failure.owner and failure.owner != "builtins" else ""
        return _missing(failure, f"`{name}` is missing{whose}")
    if failure.message.startswith("'NoneType' object"):
        return None
    misspelt = "is not a valid assertion" in failure.message  # a mock's own word for it
    return _typo(failure) if name or misspelt else None


def _production(failure: Failure, around: Surroundings) -> Reason | None:
    place = around.in_production(failure)
    if place is None:
        return None
    told = f"{failure.decisive or failure.kind} from {place.path}:{place.line}"
    return Reason(Ruling.RIGHT, "production-exception", told, failure, place)


_CALL = re.compile(r"(?:(\w+)\.)?(\w+)\(\) (?:got|takes|missing|argument|requires)")
_ABSTRACT = re.compile(r"Can't instantiate abstract class (\w+)()")


def _call(failure: Failure, around: Surroundings) -> Reason | None:
    if not failure.is_a("TypeError"):
        return None
    told = _CALL.search(failure.message) or _ABSTRACT.search(failure.message)
    if told is None or around.callables.isdisjoint(told.groups()):
        return None
    return _right("call-mismatch", failure, failure.message)


def _in_test(failure: Failure, around: Surroundings) -> Reason:
    """Raised by the test itself: by what production gave it, or all by itself."""
    place = failure.innermost
    source = around.sources.get(place.path) if place else None
    if place and source and uses_project(source, place.line, around.modules):
        return _right("production-result", failure, failure.decisive)
    return _wrong("test-error", failure, failure.decisive)


_RULES: tuple[Callable[[Failure, Surroundings], Reason | None], ...] = (
    _asynchronous,
    _network,
    _confined,
    _nested,
    _syntax,
    _fixture,
    _given_up,
    _assertion,
    _missing_import,
    _missing_name,
    _missing_attribute,
    _production,
    _call,
)


def _ends_in_production(failure: Failure, around: Surroundings) -> bool:
    place = failure.innermost
    return place is not None and place.path in around.production


def _missing(failure: Failure, told: str) -> Reason:
    return _right("missing-symbol", failure, told)


def _typo(failure: Failure) -> Reason:
    return _wrong("test-typo", failure, f"{failure.message}, and nothing introduces it")


# where the tree lay when the tests ran: of no use to anybody afterwards
_PLACE = re.compile(r" (?:\(/[^()]*\)|from '/[^']*')")


def without_place(told: str) -> str:
    """What an import error says, but for the folder in which the tests ran."""
    return _PLACE.sub("", told)


def _right(code: str, failure: Failure, told: str) -> Reason:
    return _reason(Ruling.RIGHT, code, failure, told)


def _wrong(code: str, failure: Failure, told: str) -> Reason:
    return _reason(Ruling.WRONG, code, failure, told)


def _reason(ruling: Ruling, code: str, failure: Failure, told: str) -> Reason:
    first = without_place(told.splitlines()[0]) if told else failure.kind
    return Reason(ruling, code, first, failure, failure.innermost)
