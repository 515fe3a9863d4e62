"""What was seen when a project's tests ran; says nothing of what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """How one test ended, in pytest's own words."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    SKIPPED = "skipped"
    XFAILED = "xfailed"
    XPASSED = "xpassed"


class Phase(StrEnum):
    """Where a test was when it ended."""

    COLLECT = "collect"
    SETUP = "setup"
    CALL = "call"
    TEARDOWN = "teardown"


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of a traceback.

    Attributes:
        path: relative to the project's root; absolute when it lies outside.
        line: counted from 1.
        function: name of the code object, `<module>` at the top of a file.
    """

    path: str
    line: int
    function: str

    @property
    def inside(self) -> bool:
        """Whether the file belongs to the project."""
        return not self.path.startswith(("/", "<"))


@dataclass(frozen=True, slots=True)
class Failure:
    """The exception that ended a test, a collection or a fixture.

    Attributes:
        kind: its type, `module.QualName`; for builtins the bare name.
        bases: names of all its base classes, nearest first, the same spelling.
        message: `str()` of it, cut after 2,000 characters.
        decisive: pytest's first `E` line, without the `E`; else the last line of the report.
        frames: outermost first, pytest's own left out.
        name: what was missing, for ImportError, NameError, AttributeError and fixture look-ups.
        name_from: the module that `name` was to come from, for `from MODULE import NAME`.
        owner: for AttributeError: the module that defines the object (or its class), or is it.
        did_not_raise: the block of `pytest.raises` or `assertRaises` ended without an exception.
        asserted: it came from an assertion: plain, unittest's, a mock's, `pytest.fail`, a helper's.
        withheld: what the test or a process of its asked for before, and the sandbox refused:
            `namespaces`, which a sandbox of its own needs, or what such a process said; else "".
    """

    kind: str
    bases: tuple[str, ...] = ()
    message: str = ""
    decisive: str = ""
    frames: tuple[Frame, ...] = ()
    name: str | None = None
    name_from: str | None = None
    owner: str | None = None
    did_not_raise: bool = False
    asserted: bool = False
    withheld: str = ""

    def is_a(self, kind: str) -> bool:
        """Whether the exception is of that type or derived from it."""
        return kind == self.kind or kind in self.bases

    @property
    def innermost(self) -> Frame | None:
        """The last frame that lies inside the project."""
        return next((frame for frame in reversed(self.frames) if frame.inside), None)


@dataclass(frozen=True, slots=True)
class SeenTest:
    """One test that was run.

    Attributes:
        test_id: pytest's node id, relative to the project's root.
        phase: where it ended; `call` for a test that passed.
        reason: of a skip or an xfail.
        seconds: of set-up, call and tear-down together.
    """

    test_id: str
    outcome: Outcome
    phase: Phase = Phase.CALL
    failure: Failure | None = None
    reason: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Uncollected:
    """A file, or a part of one, that pytest could not collect."""

    path: str
    failure: Failure


class Ending(StrEnum):
    """How a run of the tests as a whole ended."""

    COMPLETED = "completed"
    TIMED_OUT = "timed out"
    OUT_OF_MEMORY = "out of memory"
    CRASHED = "crashed"
    LEFT_EARLY = "left early"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class Observation:
    """One run of a selection of tests on one tree.

    Attributes:
        selected: ids that were collected and selected, in the order they were to run.
        tests: those that ended, in that order; a test that is missing here gave no result.
        uncollected: what failed at collection.
        unknown: asked-for ids that matched nothing.
        running: the test that was running when the run broke off, else "".
        ending: `completed` only when pytest itself said that the session was over;
            `left early` when the process ended by itself before that (`os._exit`, `pytest.exit`);
            `unusable` when pytest could not start (bad options, a broken conftest).
        message: why, when it was not completed: one line.
        exit_code: pytest's status, or 128 + signal.
        foreign: modules of the project that were loaded from outside its tree: name to file.
        executed: lines of traced files that each test executed, when tracing was asked for:
            test id ("" for everything at import and collection) to path to lines.
        seconds: wall-clock time.
        recalled: test files whose results an earlier run has given; they did not run now.
    """

    selected: tuple[str, ...] = ()
    tests: tuple[SeenTest, ...] = ()
    uncollected: tuple[Uncollected, ...] = ()
    unknown: tuple[str, ...] = ()
    running: str = ""
    ending: Ending = Ending.COMPLETED
    message: str = ""
    exit_code: int = 0
    foreign: Mapping[str, str] = field(default_factory=dict)
    executed: Mapping[str, Mapping[str, frozenset[int]]] = field(default_factory=dict)
    seconds: float = 0.0
    recalled: int = 0

    def of(self, test_id: str) -> SeenTest | None:
        """What became of one test; None when there is no result of it."""
        return next((test for test in self.tests if test.test_id == test_id), None)

    @property
    def outcomes(self) -> Mapping[str, Outcome]:
        """Each ended test's outcome."""
        return {test.test_id: test.outcome for test in self.tests}
