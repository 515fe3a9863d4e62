"""Nobody watches: what the referee lets pass is accepted."""

from __future__ import annotations

from collections.abc import Sequence

from seenred.engine.cycle.ports import RedAnswer, RedChoice


class Unattended:
    """A `Person` that is not there."""

    async def judge_red(self, test_id: str, source: str, told: Sequence[str]) -> RedAnswer:  # noqa: ARG002
        """Accept it: its proof is all that is known."""
        return RedAnswer(RedChoice.ACCEPT)
