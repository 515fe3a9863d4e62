"""What a reviewer says of a change, and what of it may hold the change up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from seenred.domain.proof import Claim, Proof, Verdict


class Topic(StrEnum):
    """What an objection is about, as far as a run may have settled it already."""

    WRONG_RESULT = "wrong result"
    TEST_FAILS = "test fails"
    NOTHING_NEW = "test asks for nothing new"
    UNNEEDED = "code that no test needs"
    BEHAVIOUR = "changes other behaviour"
    PLACE = "wrong place"
    OTHER = "other"


# what a proof of that claim has seen to be otherwise
_SETTLED = {
    Topic.TEST_FAILS: (Claim.GREEN,),
    Topic.NOTHING_NEW: (Claim.RED,),
    Topic.UNNEEDED: (Claim.MINIMAL,),
    Topic.BEHAVIOUR: (Claim.STRUCTURAL,),
}


@dataclass(frozen=True, slots=True)
class ChangeObjection:
    """One thing that a reviewer holds against a change.

    Attributes:
        location: `path:line`, a path or the name of a definition.
        hint: why it cannot hold the change up; "" where it can.
    """

    topic: Topic
    location: str
    issue: str
    impact: str = ""
    fix: str = ""
    hint: str = ""

    def __str__(self) -> str:
        """Where and what, and what would mend it."""
        place = f"{self.location}: " if self.location else ""
        remedy = f" Fix: {self.fix}" if self.fix else ""
        return f"{place}{self.issue}{remedy}"


@dataclass(frozen=True, slots=True)
class ChangeReview:
    """A reviewer's verdict; no objection is an agreement."""

    objections: tuple[ChangeObjection, ...] = ()

    @property
    def holding(self) -> tuple[ChangeObjection, ...]:
        """Objections that may hold the change up."""
        return tuple(each for each in self.objections if not each.hint)

    @property
    def hints(self) -> tuple[ChangeObjection, ...]:
        """Objections that are only told."""
        return tuple(each for each in self.objections if each.hint)

    def weighed(self, proofs: Iterable[Proof], shown: str) -> ChangeReview:
        """The same, where what a run contradicts, or nobody can find, is a hint.

        Args:
            proofs: of the change; what they prove is not open to an opinion.
            shown: all that the reviewer was given: an objection names a place in it.
        """
        proven = {proof.claim for proof in proofs if proof.verdict is Verdict.PROVEN}
        return ChangeReview(tuple(_weighed(each, proven, shown) for each in self.objections))


def _weighed(objection: ChangeObjection, proven: set[Claim], shown: str) -> ChangeObjection:
    contradicting = [claim for claim in _SETTLED.get(objection.topic, ()) if claim in proven]
    if contradicting:
        return replace(objection, hint=f"a run has proven the contrary ({contradicting[0]})")
    if not _is_placed(objection.location, shown):
        return replace(objection, hint="it names no place in the change")
    return objection


def _is_placed(location: str, shown: str) -> bool:
    """Whether a name or a path of the location was among what was shown."""
    named = [part for part in re.findall(r"[\w./]+", location) if not part.isdecimal()]
    words = set(re.findall(r"\w+", shown))
    return any(part in words or (len(part) > 1 and "." in part and part in shown) for part in named)
