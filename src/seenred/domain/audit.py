"""What an audit of a git history says of each commit and of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from seenred.domain.proof import Claim, Proof, Verdict


class ChangeKind(StrEnum):
    """What a commit is by its content."""

    BEHAVIOURAL = "behavioral"
    STRUCTURAL = "structural"
    TEST_ONLY = "test-only"
    NEUTRAL = "neutral"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class JudgedCommit:
    """One commit under audit.

    Attributes:
        name: full hash.
        label: what its subject or trailer says that it is; None when they say nothing. It is
            compared with `kind` and never changes a verdict on the tests or the code.
        kind: what it is.
        verdict: of the commit as a whole: refuted when one of its proofs is, else not proven when
            one of them is.
        proofs: of each new, edited or removed test, then of the commit itself.
        unjudged: paths and the reason why nothing was judged about them.
        tests: ids of those that it adds or edits, judged or not.
    """

    name: str
    subject: str
    label: ChangeKind | None
    kind: ChangeKind
    verdict: Verdict
    proofs: tuple[Proof, ...] = ()
    unjudged: tuple[tuple[str, str], ...] = ()
    tests: tuple[str, ...] = ()

    @property
    def is_mislabelled(self) -> bool:
        """Whether it says another kind than it is; unsaid while it may still be structural."""
        return self.label not in (None, self.kind) and not any(
            proof.claim is Claim.STRUCTURAL and proof.verdict is Verdict.NOT_PROVEN
            for proof in self.proofs
        )


@dataclass(frozen=True, slots=True)
class Audit:
    """The whole of `base..head`.

    Attributes:
        interpreter: the Python that ran the tests and where it was found.
        runner: what ran them and what confined them.
        certification: the proof that the head is green, run cold; None when it was not run.
        seconds: wall-clock time.
        suite: the files and folders to which the untouched tests were confined; () for all tests.
    """

    base: str
    head: str
    interpreter: str
    runner: str
    commits: tuple[JudgedCommit, ...]
    certification: Proof | None = None
    seconds: float = 0.0
    suite: tuple[str, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """How many proofs say so."""
        proofs = [proof for commit in self.commits for proof in commit.proofs]
        return sum(proof.verdict is verdict for proof in proofs)
