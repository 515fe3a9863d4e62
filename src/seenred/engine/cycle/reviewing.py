"""Has a change reviewed until the reviewer agrees, or has had its say often enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from seenred.agents.change_reviewer import (
    Moment,
    ReviewRequest,
    change_review_prompt,
    parse_change_review,
)
from seenred.agents.code_reply import NoCode
from seenred.domain.change_review import ChangeReview
from seenred.domain.event import Noted
from seenred.domain.file_protocol import ReviewMode
from seenred.domain.proof import Proof
from seenred.engine.asking import Asker
from seenred.errors import ModelFailed, NothingUsable


@dataclass(slots=True)
class Reviewing:
    """The reviews of one change, from where it goes to what it became.

    Attributes:
        asker: of the reviewer: the author's own, or one beside it with another model.
        rounds: at most so many reviews of each moment; no opinion blocks for ever.
        had: how often each moment was reviewed.
        raised: objections of the last review of each moment, which what follows may answer.
    """

    asker: Asker
    mode: ReviewMode
    rounds: int
    listener: Callable[[Noted], object]
    had: Counter[Moment] = field(default_factory=Counter)
    raised: dict[Moment, tuple[str, ...]] = field(default_factory=dict)

    async def objections(
        self, step: str, request: ReviewRequest, proofs: Iterable[Proof] = ()
    ) -> tuple[str, ...]:
        """What must be answered before the change goes on; nothing unless a review is required.

        Args:
            step: name of the step, unique within the run.
            proofs: of the change; an objection that contradicts one is only told.

        Raises:
            BudgetSpent: nothing is left to ask with.
            ModelFailed: the reviewer cannot be reached; no other takes its place.
            NothingUsable: a required review cannot be read, twice.
        """
        if self.mode is ReviewMode.OFF or self._is_over(request.moment):
            return ()
        review = (await self._asked(step, request)).weighed(proofs, request.shown)
        self.had[request.moment] += 1
        self._tell(review)
        found = tuple(str(objection) for objection in review.holding)
        self.raised[request.moment] = found
        return found if self.mode is ReviewMode.REQUIRED else ()

    def earlier(self, moment: Moment) -> tuple[str, ...]:
        """Objections of the last review, for the next proposal and for its review."""
        return self.raised.get(moment, ())

    def _is_over(self, moment: Moment) -> bool:
        """Whether the reviewer has had its say; told once if it never agreed."""
        if self.had[moment] < self.rounds:
            return False
        left = self.raised.pop(moment, ())
        if left and self.mode is ReviewMode.REQUIRED:
            told = f"{self.asker.model} did not agree in {self.rounds} rounds"
            self.listener(Noted(f"{told}; nothing proves it right, so it goes on: {left[0]}", True))
        return True

    async def _asked(self, step: str, request: ReviewRequest) -> ChangeReview:
        prompt = change_review_prompt(request)
        try:
            answer = await self.asker.ask_for(
                step, prompt, lambda reply: parse_change_review(reply.text)
            )
        except ModelFailed as failure:
            raise ModelFailed(
                "reviewer-failed",
                f"The reviewer {self.asker.model} gave no answer: {failure.message} No other takes"
                " its place; name another with protocol.reviewer, or turn it off: --review off.",
            ) from failure
        if not isinstance(answer, NoCode):
            return answer
        told = f"The review of {self.asker.model} cannot be used: it {answer.reason}."
        if self.mode is ReviewMode.REQUIRED:
            remedy = "Name another with protocol.reviewer, or let it advise: --review advisory."
            raise NothingUsable("review-unusable", f"{told} {remedy}")
        self.listener(Noted(told, warning=True))
        return ChangeReview()

    def _tell(self, review: ChangeReview) -> None:
        for objection in review.holding:
            self.listener(Noted(f"review: {objection}"))
        for objection in review.hints:
            self.listener(Noted(f"review, a hint only ({objection.hint}): {objection}"))
