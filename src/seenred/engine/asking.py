"""Asks a model within a budget: one step a call, one repair, then the reply has failed."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from seenred.agents.code_reply import NoCode
from seenred.agents.repair import repair_prompt
from seenred.domain.account import Account, Amount
from seenred.domain.budget import Budget, Usage
from seenred.domain.conversation import Prompt, Reply, request_text
from seenred.domain.event import Replied, TextArrived
from seenred.domain.prompt_size import about_tokens
from seenred.domain.run import ModelCall
from seenred.engine.metering import Meter, NoMeter
from seenred.engine.ports import Model, Steps
from seenred.errors import BudgetSpent, UsageError

T = TypeVar("T")

# Sampling of the second and later candidates: the setting at which one more sample of the embedded
# model solved 5 of 26 problems that the greedy one had failed.
TEMPERATURE = 0.8
# Each reply that only repeats an earlier one makes the next sampling hotter. Both numbers were
# chosen, not measured: small steps, and an end well below 2, where a sampler writes noise.
HOTTER, HOTTEST = 0.15, 1.4

# US dollars of a call: the model's name, tokens of the prompt, tokens of the reply
Priced = Callable[[str, int, int], float]


@dataclass(frozen=True, slots=True)
class Answered:
    """What a step that asks a model gives.

    Attributes:
        request: as `request_hash` of what was asked.
        withheld: why the reply's text is not on record; "" where it is.
    """

    request: str
    reply: Reply
    withheld: str = ""


@dataclass(slots=True)
class Ledger:
    """What the models of one run have used together.

    Attributes:
        keep: puts each call on record, with the text of its request.
        meter: counts what outlives the run: an owner's day.
        priced: what a call may cost, before it is made.
        kept: what of an answer goes on record, as the step's result.
        secrets: known ones, which no request that is on record names.
    """

    usage: Usage = field(default_factory=Usage)
    keep: Callable[[ModelCall, str], object] = lambda _call, _request: None
    meter: Meter = field(default_factory=NoMeter)
    priced: Priced = lambda *_: 0.0
    kept: Callable[[Answered], Answered] | None = None
    secrets: tuple[str, ...] = ()


class ReplyWithheld(UsageError):
    """A run cannot be performed from its record, which holds no text of a reply."""

    def __init__(self, step: str, why: str) -> None:
        super().__init__(
            "reply-not-kept",
            f"What the model replied in the step {step} cannot be recalled, for {why}; `seenred "
            "retry` begins the run anew.",
        )


class RequestChanged(UsageError):
    """A run would ask something else than it has recorded.

    Attributes:
        recorded: `request_hash` of what was asked.
        asked: `request_text` of what would be.
    """

    def __init__(self, step: str, model: str, recorded: str, asked: str) -> None:
        super().__init__(
            "request-changed",
            f"The step {step} would ask {model} something else than it has recorded, for the "
            "prompts or the settings are others; `seenred retry` begins the run anew.",
        )
        self.step = step
        self.recorded = recorded
        self.asked = asked


class Asker:
    """The only way from a workflow to a model."""

    def __init__(
        self,
        model: Model,
        steps: Steps,
        budget: Budget,
        elapsed: Callable[[], float],
        listener: Callable[[Replied | TextArrived], object],
        reasoning: str = "high",
        ledger: Ledger | None = None,
    ) -> None:
        self._ledger = ledger or Ledger()
        self._model = model
        self._steps = steps
        self._budget = budget
        self._elapsed = elapsed
        self._listener = listener
        self._reasoning = reasoning

    @property
    def model(self) -> str:
        return self._model.name

    @property
    def fills_gaps(self) -> bool:
        """Whether the model takes prompts that have a gap."""
        return self._model.fills_gaps

    @property
    def steps(self) -> Steps:
        """Those that its calls are steps of."""
        return self._steps

    @property
    def usage(self) -> Usage:
        """Of this run so far."""
        return self._ledger.usage

    def beside(self, model: Model) -> Asker:
        """Another model for the same run: same budget, same effort, one account."""
        parts = (self._steps, self._budget, self._elapsed, self._listener)
        return Asker(model, *parts, self._reasoning, self._ledger)

    def spent(self) -> str | None:
        """What of the budget ran out, or None."""
        return self._budget.spent(self.usage, self._elapsed())

    async def ask(self, name: str, prompt: Prompt) -> Reply:
        """One recorded call.

        Raises:
            BudgetSpent: nothing is left, or the time ran out during the call.
            ReplyWithheld: the step is on record without its reply.
            RequestChanged: the recalled reply is one to another request.
        """
        allowed = self._allowed(prompt)
        text = request_text(allowed, self.model, self._ledger.secrets)
        request = hashlib.sha256(text.encode()).hexdigest()

        async def step() -> Answered:
            return Answered(request, await self._metered(allowed))

        answered = await self._steps.run(name, step, Answered, self._ledger.kept)
        if answered.withheld:
            raise ReplyWithheld(name, answered.withheld)
        if answered.request != request:
            raise RequestChanged(name, self.model, answered.request, text)
        self._account(name, answered, text)
        return answered.reply

    def _account(self, step: str, answered: Answered, request: str) -> None:
        reply = answered.reply
        self._ledger.usage = self.usage.plus(reply)
        self._ledger.keep(
            ModelCall(
                step=step,
                request=answered.request,
                model=reply.model,
                reply=reply.text,
                prompt_tokens=reply.prompt_tokens,
                reply_tokens=reply.reply_tokens,
                cached_tokens=reply.cached_tokens,
                seconds=reply.seconds,
                cost=reply.cost,
                truncated=reply.truncated,
            ),
            request,
        )
        self._listener(Replied(reply))

    async def ask_for(
        self, name: str, prompt: Prompt, read: Callable[[Reply], T | NoCode]
    ) -> T | NoCode:
        """Ask, read the reply, ask once more when it cannot be read."""
        reply = await self.ask(name, prompt)
        result = read(reply)
        if not isinstance(result, NoCode):
            return result
        return read(
            await self.ask(f"{name}/repair", repair_prompt(prompt, reply.text, result.reason))
        )

    async def begin_iteration(self, name: str) -> None:
        """Count one cycle, or one review with its fix.

        Raises:
            BudgetSpent: the owner's day has no more of them.
        """
        meter = self._ledger.meter
        if isinstance(meter, NoMeter):
            return

        async def step() -> bool:
            await meter.charge(Amount(iterations=1))
            return True

        await self._steps.run(name, step, bool)

    def _allowed(self, prompt: Prompt) -> Prompt:
        """The prompt within what is left of the budget, with the effort of this run.

        Raises:
            BudgetSpent: a limit is reached, or the call might pass it.
        """
        asked = replace(prompt, reasoning=self._reasoning)
        left = self._budget.tokens_left(self.usage)
        if left is not None:
            room = max(1, left - about_tokens(asked))
            asked = replace(asked, max_tokens=min(asked.max_tokens, room), most_tokens=room)
        usage = self.usage
        account = Account(Amount(usage.tokens, usage.cost, self._elapsed()))
        if told := account.refusal(self._wanted(asked), self._budget):
            raise BudgetSpent("budget-spent", f"The budget is spent: {told}.")
        return asked

    def _wanted(self, prompt: Prompt) -> Amount:
        """What a call takes at most, as far as that can be told before."""
        size = about_tokens(prompt)
        cost = self._ledger.priced(self.model, size, prompt.max_tokens)
        return Amount(size + prompt.max_tokens, cost)

    async def _metered(self, prompt: Prompt) -> Reply:
        async with self._ledger.meter.holding(self._wanted(prompt)) as bill:
            reply = await self._within_time(prompt)
            tokens = reply.prompt_tokens + reply.reply_tokens
            bill.spent = Amount(tokens, reply.cost, reply.seconds)
            return reply

    async def _within_time(self, prompt: Prompt) -> Reply:
        limit = self._budget.max_seconds
        left = None if limit is None else max(0.0, limit - self._elapsed())
        try:
            async with asyncio.timeout(left):
                return await self._model.complete(prompt, self._on_text)
        except TimeoutError:
            raise BudgetSpent(
                "budget-spent", f"The budget is spent: {limit:g} seconds are over."
            ) from None

    def _on_text(self, text: str) -> None:
        self._listener(TextArrived(text))


def candidate(prompt: Prompt, number: int, first: bool = False, repeats: int = 0) -> Prompt:
    """The prompt of the candidate with this number; the first of its kind is not sampled.

    Args:
        repeats: how many replies of the step so far only repeated another one.
    """
    if first or number == 1:
        return prompt
    temperature = round(min(TEMPERATURE + HOTTER * repeats, HOTTEST), 2)
    return replace(prompt, temperature=temperature, seed=number)
