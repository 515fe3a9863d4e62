"""What the actions of one cycle share: the item, the trees, and everything they may use."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum

from seenred.agents.code_writer import Refused
from seenred.agents.red.writer import WrittenTest
from seenred.domain.cycle_event import PhaseProven
from seenred.domain.observation import Observation
from seenred.domain.plan import Plan, PlanItem
from seenred.domain.proof import Proof
from seenred.domain.tree import Tree
from seenred.engine.cycle.equipment import Equipment
from seenred.engine.cycle.location.location import Location
from seenred.engine.cycle.location.ranking import Frame
from seenred.engine.cycle.own_test import without_own
from seenred.engine.cycle.reviewing import Reviewing


class Aim(StrEnum):
    """What a cycle is run for, as its commit says."""

    FEATURE = "feat"
    DEFECT = "fix"


class Quit(Exception):
    """A person wants no more; nothing of the present cycle is kept."""


@dataclass(frozen=True, slots=True)
class RedTest:
    """The test of this cycle, seen red.

    Attributes:
        path: of its file.
        source: of the test function alone.
        tree: the old code with the test.
        introduced: names that its module does not have yet.
        told: for a person: where its values are from.
        hard: why it was hard to write, and which design would help; "" where it was not.
    """

    test_id: str
    path: str
    source: str
    tree: Tree
    proof: Proof
    introduced: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    hard: str = ""


@dataclass(frozen=True, slots=True)
class GreenCode:
    """Code that makes the test pass, judged.

    Attributes:
        tree: with the test and the code.
        suggested: texts of tests that would show more of it, to be offered once it is committed.
    """

    tree: Tree
    proof: Proof
    told: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Restructured:
    """A refactoring or a tidying that was proven.

    Attributes:
        what: subject of its commit.
        tests: it is one of tests only.
    """

    tree: Tree
    what: str
    tests: bool = False


@dataclass(slots=True, kw_only=True)
class CycleDesk(Equipment):
    """The mutable middle of a cycle.

    Attributes:
        plan_name: path of the plan in the repository; `plan_text` is how it lies there.
        reviews: of this change.
        started_at: the run's commit when the cycle began.
        base: the files that the attempt starts from, without the item's own test.
        baseline: all tests on `base`.
        frames: places that a report shows, the innermost first.
        seen_at: where a user sees a defect, when that is not where the code is wrong.
        own: id of the item's test where a person has committed it before its code; else "".
        beside: ids of further tests that are red and must become green.
        held: a test that waits for a tidying, and is taken if there is none.
        eased: a tidying was asked for, so that hard tests are taken as they are.
        drawn: tests that were written before any code was, independently of each other.
        test_refusals: why tests did not stand, in a form that a model can use, latest last.
        refusals: proposals for the code that did not stand, latest last.
        structure_refusals: the same of refactorings.
        discovered: texts of items to be offered.
        following: text of an item to be taken next; "" for none.
        proofs: those that the next commit holds; `proven` are all of the cycle.
        commits: what the cycle has committed, oldest first; `subjects` are what they say.
        stands: what is committed is worth keeping, whatever becomes of the rest.
        refactored: the tree that was proven structural and is to be committed, and what it does.
        told: warnings that were given already.
        dropped: attempts that were; the next one's samples are to be others.
        proposals: a name for each proposal, so that no two steps have one.
    """

    reviews: Reviewing
    plan_name: str
    plan: Plan
    item: PlanItem
    started_at: str
    base: Tree
    baseline: Observation
    aim: Aim = Aim.FEATURE
    plan_text: str = ""
    own: str = ""
    location: Location | None = None
    frames: tuple[Frame, ...] = ()
    seen_at: Location | None = None
    test: RedTest | None = None
    beside: tuple[str, ...] = ()
    code: GreenCode | None = None
    refactored: Restructured | None = None
    held: WrittenTest | None = None
    eased: bool = False
    drawn: list[WrittenTest] = field(default_factory=list)
    test_refusals: list[str] = field(default_factory=list)
    refusals: list[Refused] = field(default_factory=list)
    discovered: list[str] = field(default_factory=list)
    following: str = ""
    proofs: list[Proof] = field(default_factory=list)
    proven: list[Proof] = field(default_factory=list)
    commits: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    structure_refusals: list[str] = field(default_factory=list)
    stands: bool = False
    told: set[str] = field(default_factory=set)
    dropped: int = 0
    proposals: int = 0

    @property
    def located(self) -> Location:
        """Where the change goes; known once the cycle has located it."""
        if self.location is None:
            raise RuntimeError("nothing was located yet")
        return self.location

    @property
    def tested(self) -> Location:
        """What the test is of."""
        return self.seen_at or self.located

    @property
    def red(self) -> RedTest:
        """The test; known once it was seen red."""
        if self.test is None:
            raise RuntimeError("no test was seen red yet")
        return self.test

    @property
    def green(self) -> GreenCode:
        """The code; known once it was green."""
        if self.code is None:
            raise RuntimeError("no code was green yet")
        return self.code

    def sample(self, number: int, most: int) -> int:
        """The number of a proposal among all of its kind, those of dropped attempts included."""
        return self.dropped * most + number

    @property
    def accepted(self) -> Tree:
        """What was there before and is not judged: a test of a person's own is not."""
        return self.workshop.tree if self.own else self.base

    def start(self) -> None:
        """Take the run's present commit as what the attempt starts from."""
        self.base = without_own(self.court, self.workshop.tree, self.own)

    def step(self, action: str) -> str:
        """A name for the next step of the run."""
        self.proposals += 1
        return f"{self.item.line}-{action}-{self.proposals}"

    def retract(self, proof: Proof) -> None:
        """Forget a proof, and what it suggests: what it is of will not be committed."""
        self.proofs = [each for each in self.proofs if each is not proof]
        self.proven = [each for each in self.proven if each is not proof]
        suggested = {d.what for d in proof.details if d.kind == "suggested-test"}
        self.discovered = [each for each in self.discovered if each not in suggested]

    def tell(self, proven: PhaseProven) -> None:
        """Keep the proof, and tell whoever watches."""
        if proven.proof is not None:
            self.proofs.append(proven.proof)
            self.proven.append(proven.proof)
        self.listener(proven)


def desk_for(
    equipment: Equipment,
    plan_name: str,
    plan: Plan,
    item: PlanItem,
    seen: Observation,
    aim: Aim = Aim.FEATURE,
    own: str = "",
) -> CycleDesk:
    """A desk for one item; `seen` are all tests but its own before anything is changed."""
    shared = {each.name: getattr(equipment, each.name) for each in fields(Equipment)}
    return CycleDesk(
        **shared,
        reviews=equipment.reviewing(),
        plan_name=plan_name,
        plan=plan,
        item=item,
        started_at=equipment.workshop.tip,
        base=without_own(equipment.court, equipment.workshop.tree, own),
        baseline=seen,
        aim=aim,
        own=own,
    )
