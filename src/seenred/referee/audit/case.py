"""Everything that is known of one commit before anything about it is proven."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from seenred.domain.layout import Layout
from seenred.domain.observation import Ending, Observation, Outcome
from seenred.domain.proof import Claim, Detail, Proof, Verdict
from seenred.domain.tree import Tree
from seenred.referee.audit.change import Change
from seenred.referee.audit.changed_tests import ChangedTests
from seenred.referee.audit.coded_test import without_parameters
from seenred.referee.proof.foreign_module import RENAME
from seenred.referee.proof.ports import Commit
from seenred.referee.proof.whole_run import breakdown_of, unimportable

NOTHING = Observation()


@dataclass(frozen=True, slots=True)
class Case:
    """One commit under audit.

    Attributes:
        head: the tree at the end of the range.
        red_before: the tree in which the tests of the commit before were red, if it had some.
        before, after: the suite on the parent and on the commit, as far as it can differ.
        laid: the suite on the parent under the commit's tests; not run when the commit changed
            nothing that untouched tests may share.
    """

    commit: Commit
    change: Change
    tests: ChangedTests
    head: Tree
    layout: Layout
    red_before: Tree | None = None
    before: Observation = NOTHING
    laid: Observation = NOTHING
    after: Observation = NOTHING

    def seen(self, before: Observation, laid: Observation, after: Observation) -> Case:
        """The case with what was seen."""
        return replace(self, before=before, laid=laid, after=after)

    @property
    def short(self) -> str:
        """The commit's hash as people write it."""
        return self.commit.name[:7]

    def outcomes_of(self, test_id: str) -> list[Outcome]:
        """What became of a test function on the commit, in each of its cases."""
        return [
            test.outcome for test in self.after.tests if without_parameters(test.test_id) == test_id
        ]

    def proof(
        self,
        claim: Claim,
        verdict: Verdict,
        subject: str,
        reason: str,
        decisive: str,
        remedy: str = "",
        details: Iterable[Detail] = (),
    ) -> Proof:
        """A proof that binds to both trees of the commit."""
        return Proof(
            claim,
            verdict,
            subject,
            reason,
            decisive,
            remedy,
            inputs={"base": self.change.base.digest, "tree": self.change.tree.digest},
            command=f"seenred verify {self.commit.name[:12]}~1..{self.commit.name[:12]}",
            details=tuple(details),
        )


def is_usable(observation: Observation) -> bool:
    """Whether a run came to its end and tells something of at least one test."""
    return observation.ending is Ending.COMPLETED and bool(
        observation.tests or not observation.uncollected
    )


def is_undecided(observation: Observation) -> bool:
    """Whether it broke off for want of time or memory: a busy machine refutes nothing."""
    return observation.ending in (Ending.TIMED_OUT, Ending.OUT_OF_MEMORY, Ending.CRASHED)


def why_unusable(observation: Observation) -> str:
    """The decisive line of a run that tells nothing."""
    return breakdown_of(observation) or unimportable(observation)


def remedy_of_unusable(observation: Observation) -> str:
    """What to do about it."""
    if observation.foreign:
        return RENAME
    if is_undecided(observation) or not observation.uncollected:
        return "see `python -m pytest` in a checkout of it"
    return "mend that import"
