"""Has gaps in the code filled, one after the other, until the tests are green."""

from __future__ import annotations

from dataclasses import dataclass, field

from seenred.agents.code_reply import NoCode
from seenred.agents.code_writer import CodeRequest
from seenred.agents.gap_writer import filled, gap_prompt, places
from seenred.domain.conversation import Reply
from seenred.domain.observation import Ending, Observation, Outcome
from seenred.domain.proof import Verdict
from seenred.engine.cycle.desk import CycleDesk
from seenred.engine.cycle.proposal import Proposal, judge, place, read_reply

# Of one round; the first ones are the cheapest. Twice as many took as long as five whole replies.
MOST = 12


@dataclass(slots=True)
class _Round:
    """What came of the fillings so far.

    Attributes:
        seen: file contents that were tried.
        best: of those that do not stand, the one with the fewest failing tests.
    """

    seen: set[tuple[tuple[str, str], ...]] = field(default_factory=set)
    best: Proposal | None = None
    failing: int = 0

    def is_new(self, proposal: Proposal) -> bool:
        """Whether nothing of the same text was tried; it counts as tried from now on."""
        key = tuple(sorted(proposal.texts.items()))
        known = key in self.seen
        self.seen.add(key)
        return not known

    def keep(self, proposal: Proposal, observation: Observation) -> None:
        failing = _failing(observation)
        if self.best is None or failing < self.failing:
            self.best, self.failing = proposal, failing


async def fill_gaps(desk: CycleDesk, request: CodeRequest, number: int) -> Proposal | NoCode:
    """The first filling that the referee accepts, or else the one that fails least.

    Args:
        number: of the round, from 1.
    """
    so_far = _Round()
    for where in places(request.code)[:MOST]:
        reply = await desk.asker.ask(desk.step("fill"), gap_prompt(request, where, number))
        code = filled(where, reply.text)
        texts = code if isinstance(code, NoCode) else read_reply(desk, _as_reply(reply, code))
        if isinstance(texts, NoCode):
            continue
        proposal = await place(desk, texts)
        if so_far.is_new(proposal) and await _stands(desk, proposal, so_far):
            return proposal
    return so_far.best or NoCode("fills no gap so that the code changes")


def _as_reply(reply: Reply, code: str) -> Reply:
    return Reply(f"```python\n{code}\n```", reply.model)


async def _stands(desk: CycleDesk, proposal: Proposal, so_far: _Round) -> bool:
    observation = await desk.court.recollecting.observe(proposal.tree)
    if not _failing(observation):
        observation, proof = await judge(desk, proposal.tree)
        if proof.verdict is Verdict.PROVEN:
            return True
    so_far.keep(proposal, observation)
    return False


def _failing(seen: Observation) -> int:
    """Tests that do not pass; all of them where the run did not come to its end."""
    bad = sum(test.outcome in (Outcome.FAILED, Outcome.ERROR) for test in seen.tests)
    whole = seen.ending is Ending.COMPLETED and not seen.uncollected
    return bad if whole else max(bad, len(seen.tests), 1)
