"""Typed, re-checkable records of what was run and seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

# raised whenever a proof's document changes its meaning
SCHEMA = 1
# what code does that knows its tests by heart: honest at times, and worth a look
_BY_HEART = ("special-case", "constant-body")


class Verdict(StrEnum):
    """What the evidence says; whatever is not proven is never treated as proven."""

    PROVEN = "proven"
    REFUTED = "refuted"
    NOT_PROVEN = "not proven"
    NOT_APPLICABLE = "not applicable"


class Claim(StrEnum):
    """What is proven or refuted."""

    RED = "red"
    COVERED = "covered"
    GREEN = "green"
    MINIMAL = "minimal"
    GENERALISING = "generalising"
    TEST_ONLY = "test-only"
    STRUCTURAL = "structural"
    COMPLEXITY = "complexity"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that was seen: a control that stayed green, a statement that nobody needs.

    Attributes:
        where: `path:line`, a test id, or "".
        what: one line for a person.
        kind: stable and searchable, e.g. `control-survived`.
        verdict: what this alone would say.
    """

    what: str
    where: str = ""
    kind: str = ""
    verdict: Verdict = Verdict.PROVEN

    def beside(self, subject: str) -> str:
        """Where and what, for a line that names the subject already."""
        if self.where in ("", subject):
            return self.what
        if self.where.startswith(f"{subject}["):
            return f"case {self.where.removeprefix(subject)} {self.what}"
        return f"{self.where} {self.what}"


@dataclass(frozen=True, slots=True)
class Proof:
    """One judged claim.

    Attributes:
        subject: what the claim is about: a test id, a commit, `path:function`.
        reason: stable code of why, e.g. `assertion`, `missing-symbol`, `test-typo`, `flaky`.
        decisive: the one line that decides, for a person.
        remedy: what to do next; "" when nothing is to be done.
        strength: how strongly it is known (`tests`, `tests+differential`); "" where there is one.
        inputs: what was judged: path to sha256 (content of files, digest of trees).
        command: how to see it again.
        details: everything else that was seen, in order.
        values: further plain facts that a reader of the JSON may want.
        seconds: wall-clock time that it took.
    """

    claim: Claim
    verdict: Verdict
    subject: str
    reason: str
    decisive: str = ""
    remedy: str = ""
    strength: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    command: str = ""
    details: tuple[Detail, ...] = ()
    values: Mapping[str, str | int | float | bool | None] = field(default_factory=dict)
    seconds: float = 0.0
    schema: int = SCHEMA

    @property
    def unneeded(self) -> tuple[Detail, ...]:
        """Added code that no test requires: shown; a refusal only where the proof is refuted."""
        if self.claim is not Claim.MINIMAL:
            return ()
        undecided = (Verdict.REFUTED, Verdict.NOT_PROVEN)
        return tuple(detail for detail in self.details if detail.verdict in undecided)

    @property
    def suggested(self) -> tuple[str, ...]:
        """Tests that would show more of the code."""
        return tuple(each.what for each in self.details if each.kind == "suggested-test")

    @property
    def unneeded_effects(self) -> tuple[Detail, ...]:
        """What added code does outside of itself, and no test requires."""
        return tuple(detail for detail in self.details if detail.kind == "outside-effect")

    @property
    def notices(self) -> tuple[Detail, ...]:
        """What a person should look at in code that is green: nothing is refused for it."""
        if self.claim is not Claim.GREEN or self.verdict is not Verdict.PROVEN:
            return ()
        return tuple(detail for detail in self.details if detail.kind in _BY_HEART)

    @property
    def only_reports(self) -> bool:
        """Whether it tells of unneeded code, and nothing is refused for it."""
        return bool(self.unneeded) and self.verdict is not Verdict.REFUTED
