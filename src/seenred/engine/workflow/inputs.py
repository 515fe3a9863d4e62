"""Gives a step what it declares, within a token budget, and records what it was given."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from seenred.domain.prompt_size import CHARACTERS_PER_TOKEN
from seenred.domain.workflow import Step
from seenred.errors import UsageError

# Prompt tokens of one step. At about 40 ms a token on a small machine this is four minutes at
# worst; a usual step has a tenth of it.
STEP_TOKENS = 6_000
# Given up first when a step is over its budget.
_EXPENDABLE = ("prior_versions", "prior_fix_plans", "measurements", "test_results")


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that a step can be given.

    Attributes:
        path: the artifact that holds it.
        text: as the prompt shows it, which may be a part or a rendering of the artifact.
        content: of the artifact, which the sha256 is of.
    """

    path: str
    text: str
    content: str

    @property
    def sha256(self) -> str:
        return sha256(self.content)


@dataclass(slots=True)
class ContextRecord:
    """`context.json`: for each step what it was given."""

    steps: list[dict[str, object]] = field(default_factory=list)

    def add(self, step: Step, number: int, given: dict[str, Input], dropped: list[str]) -> None:
        """Record one step before it runs."""
        self.steps.append(
            {
                "step": number,
                "agent": str(step.role),
                "focus": step.focus,
                "inputs": [
                    {"name": name, "path": one.path, "sha256": one.sha256}
                    for name, one in given.items()
                ],
                "left_out": dropped,
            }
        )


def sha256(text: str) -> str:
    """Hex digest of the UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def resolve(step: Step, available: dict[str, Input]) -> tuple[dict[str, Input], list[str]]:
    """The declared inputs of a step, and the names of those left out for the token budget.

    Raises:
        UsageError: an input that the step must have is missing.
    """
    given: dict[str, Input] = {}
    for declared in step.inputs:
        name = declared.removesuffix("?")
        if name in available:
            given[name] = available[name]
        elif not declared.endswith("?"):
            raise UsageError(
                "step-input-missing",
                f"The step {step.role} needs {name!r}, which no earlier step or file gives.",
            )
    dropped: list[str] = []
    for name in _EXPENDABLE:
        if _tokens(given) <= STEP_TOKENS:
            break
        if given.pop(name, None):
            dropped.append(name)
    return given, dropped


def _tokens(given: dict[str, Input]) -> float:
    return sum(len(one.text) for one in given.values()) / CHARACTERS_PER_TOKEN
