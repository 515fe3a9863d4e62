"""What one agent is given for one step, and how it is laid out in a prompt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from seenred.domain.conversation import Message, Speaker
from seenred.domain.problem import ProblemKind

SYSTEM = "You are an expert Python programmer. You write correct, complete, plain Python 3.11."

# In this order, so that the part that all steps of a run share comes first and a local model
# computes it once.
HEADINGS = {
    "problem": "Problem",
    "report": "Bug report",
    "version": "Current code",
    "prior_versions": "Earlier versions",
    "prior_fix_plans": "Earlier fix plans",
    "fix_plan": "Findings to fix",
    "test_results": "Test results",
    "measurements": "Measurements",
}
_CODE = {"version"}


@dataclass(frozen=True, slots=True)
class Given:
    """The declared inputs of a step, as text.

    Attributes:
        inputs: input name, out of `HEADINGS`, to its text.
        focus: what to look at first, in the user's or the workflow's words.
        signature: `def f(a: int) -> int:` of the wanted function; empty for a program or a module.
        kind: what the code is, or None for a module of the user's.
        growth: the running time that the statement demands, e.g. `O(n log n)`; empty when none.
    """

    inputs: Mapping[str, str] = field(default_factory=dict)
    focus: str = ""
    signature: str = ""
    kind: ProblemKind | None = None
    growth: str = ""

    @property
    def wanted(self) -> str | None:
        """Name of the function that the reply must define."""
        return self.signature.removeprefix("def ").split("(")[0] if self.signature else None


def without_version(given: Given) -> Given:
    """The same, without the current code and what was measured of it."""
    hidden = {"version", "measurements", "test_results", "prior_versions"}
    kept = {name: text for name, text in given.inputs.items() if name not in hidden}
    return replace(given, inputs=kept, focus="")


def conversation(given: Given, task: str) -> tuple[Message, ...]:
    """The given inputs under their headings, then the task."""
    sections = [
        f"# {heading}\n{_fenced(name, given.inputs[name])}"
        for name, heading in HEADINGS.items()
        if given.inputs.get(name)
    ]
    focus = f"\nFocus on: {given.focus}." if given.focus else ""
    text = "\n\n".join([*sections, f"# Task\n{task}{focus}"])
    return (Message(Speaker.SYSTEM, SYSTEM), Message(Speaker.USER, text))


def code_request(given: Given) -> str:
    """How the reply must look, for a reply that is code."""
    if given.kind is ProblemKind.STDIO:
        # Of 6 replies to "reads the input from standard input" 3 left the reading out, of 12 to
        # this wording none.
        return (
            "Write a complete program: it reads its input with input() or sys.stdin and prints "
            "only the answer. Reply with one ```python block that holds the whole program, the "
            "reading and the printing too, and nothing else."
        )
    if given.signature:
        return (
            f"Define exactly `{given.signature}`. Reply with one ```python block that holds the "
            "imports and the complete function. No example calls, no tests, no explanation."
        )
    return (
        "Reply with one ```python block that holds each function or method that changes, "
        "complete, and nothing else."
    )


def _fenced(name: str, text: str) -> str:
    return f"```python\n{text.rstrip()}\n```" if name in _CODE else text.strip()
