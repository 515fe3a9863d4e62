"""A programming problem as the statement gives it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class ProblemKind(StrEnum):
    FUNCTION = "function"
    STDIO = "stdio"


class Authority(StrEnum):
    """Who vouches for an expected value, strongest first."""

    USER_TESTS = "user's tests"
    STATEMENT = "statement"
    REPORT = "report"
    ORIGINAL = "the code as it was"
    ORACLE = "oracle"
    AGREEMENT = "agreement of independent candidates"
    CHECKER = "checker"
    CRASH = "unhandled exception or hang on valid input"
    MEASUREMENT = "measurement"
    MODEL = "model only"


class Comparison(StrEnum):
    """How an answer is compared with the expected one."""

    EXACT = "exact"
    UNORDERED = "any order"
    TOLERANCE = "within tolerance"
    ANY_VALID = "any valid answer"


@dataclass(frozen=True, slots=True)
class Case:
    """One input and what must come of it.

    Attributes:
        arguments: Python literals, one per parameter, for a function problem.
        stdin: for a stdio problem.
        expected: a Python literal, or the stdout; None when only a crash or a hang is judged.
        alternatives: other answers that the statement lists as right.
        raises: name of the exception that is the right outcome, if one is.
    """

    name: str
    arguments: tuple[str, ...] = ()
    stdin: str = ""
    expected: str | None = None
    alternatives: tuple[str, ...] = ()
    raises: str | None = None
    note: str = ""
    authority: Authority = Authority.STATEMENT


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of the wanted function; `annotation` is Python source or empty."""

    name: str
    annotation: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    name: str
    parameters: tuple[Parameter, ...] = ()
    returns: str = ""

    def render(self) -> str:
        """`def name(a: int, b) -> int:`."""
        inside = ", ".join(
            f"{p.name}: {p.annotation}" if p.annotation else p.name for p in self.parameters
        )
        arrow = f" -> {self.returns}" if self.returns else ""
        return f"def {self.name}({inside}){arrow}:"


@dataclass(frozen=True, slots=True)
class Bound:
    """A constraint `low <= subject <= high`; `len(nums)` is the length of a parameter."""

    subject: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What a statement asks for.

    Attributes:
        text: the statement as it was given.
        signature: of the wanted function; None for a stdio problem, or when none was found.
        comparison: how answers are compared; `tolerance` is absolute or relative.
        time_limit: seconds that the statement allows for one run, if it says.
        complexity: the growth that the statement demands, e.g. `O(n log n)`, if it says.
        kept_arguments: the statement wants the arguments left as they were passed.
        unparsed: what looked like an example or a constraint and could not be read, a sentence
            each.
    """

    title: str
    text: str
    kind: ProblemKind
    signature: Signature | None = None
    cases: tuple[Case, ...] = ()
    bounds: tuple[Bound, ...] = ()
    constraints: tuple[str, ...] = ()
    comparison: Comparison = Comparison.EXACT
    tolerance: float = 1e-6
    time_limit: float | None = None
    complexity: str | None = None
    kept_arguments: bool = False
    unparsed: tuple[str, ...] = field(default=())
