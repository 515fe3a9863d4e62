"""Why a claim is not proven, before a proof is made of it."""

from __future__ import annotations

from dataclasses import dataclass

from seenred.domain.proof import Claim, Detail, Proof, Verdict


@dataclass(frozen=True, slots=True)
class Objection:
    """What speaks against a claim.

    Attributes:
        verdict: `refuted`, `not proven`, or `not applicable` where there is nothing to claim.
        reason: stable code.
        decisive: the one line for a person.
    """

    verdict: Verdict
    reason: str
    decisive: str
    details: tuple[Detail, ...] = ()
    remedy: str = ""

    @classmethod
    def listed(
        cls, verdict: Verdict, reason: str, found: tuple[tuple[str, str], ...], remedy: str = ""
    ) -> Objection:
        """One made of places and what is there; the first decides."""
        details = tuple(Detail(what, where, reason, verdict) for where, what in found)
        where, what = found[0]
        return cls(verdict, reason, f"{where} {what}".strip(), details, remedy)

    def proof(self, claim: Claim, subject: str = "", command: str = "") -> Proof:
        """The claim, judged so."""
        return Proof(
            claim=claim,
            verdict=self.verdict,
            subject=subject,
            reason=self.reason,
            decisive=self.decisive,
            remedy=self.remedy,
            details=self.details,
            command=command,
        )
