"""Whether candidates that were written independently do the same where no test looks."""

from __future__ import annotations

from dataclasses import dataclass, field

from seenred.domain.problem import Comparison
from seenred.engine.workflow.desk import Desk
from seenred.engine.workflow.drafting import Draft, behaviour, same_code
from seenred.referee.suite import ProblemSuite

# The fewest that are believed: one alone may be wrong in its own way.
AGREEING = 2
# Of replies with the very same code so many count as agreement: a short right answer is written
# alike each time, but so is a common mistake.
ALIKE = 3


def comparable(desk: Desk) -> bool:
    """Whether agreement says anything: inputs to compare on, one right answer, no better judge."""
    suite = desk.suite
    return (
        isinstance(suite, ProblemSuite)
        and suite.tests is None
        and suite.problem.comparison is not Comparison.ANY_VALID
        and desk.candidates >= AGREEING
        and bool(desk.generated)
    )


@dataclass(slots=True)
class Pool:
    """The candidates of one step.

    Attributes:
        drafts: those whose code differs.
        repeats: how many failing replies had code that was there before.
        behaviours: what each that passes does with the generated inputs, by its number; those
            whose code was there before too.
        copied: a reply was the code that it was shown.
    """

    drafts: list[Draft] = field(default_factory=list)
    behaviours: dict[int, tuple[str, ...]] = field(default_factory=dict)
    repeats: int = 0
    copied: bool = False

    def saw_nothing_new(self) -> None:
        """Count a reply that only repeats a failing one."""
        self.repeats += 1

    async def add(self, desk: Desk, name: str, made: Draft) -> None:
        """Take in one candidate."""
        same = next((d for d in self.drafts if same_code(d.source, made.source)), None)
        if same is None:
            self.drafts.append(made)
        elif not made.result.all_pass:
            self.saw_nothing_new()
        if not made.result.all_pass:
            return
        if same is not None and same.number in self.behaviours:
            self.behaviours[made.number] = self.behaviours[same.number]
            return
        step = f"{name}/candidate-{made.number}"
        self.behaviours[made.number] = await behaviour(desk, step, made.source)

    @property
    def agreeing(self) -> list[int]:
        """Numbers of the candidates that form the largest group of one behaviour."""
        groups: dict[tuple[str, ...], list[int]] = {}
        for number, values in self.behaviours.items():
            groups.setdefault(values, []).append(number)
        return max(groups.values(), key=len, default=[])

    @property
    def settled(self) -> bool:
        """Two that differ in their code do the same, or several have the very same code."""
        agreeing = self.agreeing
        different = [d for d in self.drafts if d.number in agreeing]
        return len(different) >= AGREEING or len(agreeing) >= ALIKE

    @property
    def votes(self) -> int:
        """How many agree; one while nothing is settled."""
        return len(self.agreeing) if self.settled else 1

    @property
    def best(self) -> Draft:
        """The first of the largest group, or the best of those that fail."""
        agreeing = self.agreeing
        if agreeing:
            return next(d for d in self.drafts if d.number == agreeing[0])
        return max(self.drafts, key=lambda d: d.result.passed)

    @property
    def peers(self) -> list[str]:
        """The others that pass."""
        best = self.best
        return [d.source for d in self.drafts if d.result.all_pass and d is not best]
