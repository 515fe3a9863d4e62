"""Drafts a test list from a description."""

from __future__ import annotations

from seenred.agents.code_reply import NoCode
from seenred.agents.plan_writer import plan_prompt, read_items
from seenred.domain.drafted_item import DraftedItem
from seenred.engine.asking import Asker
from seenred.errors import NothingUsable


async def draft_plan(asker: Asker, description: str) -> tuple[DraftedItem, ...]:
    """The tests that a description asks for, simplest first.

    Raises:
        NothingUsable: `plan-unusable`, no reply held a list.
        BudgetSpent: before there was one.
    """
    prompt = plan_prompt(description)
    found = await asker.ask_for("plan", prompt, lambda reply: read_items(reply, description))
    if isinstance(found, NoCode):
        raise NothingUsable(
            "plan-unusable",
            f"The reply of {asker.model} {found.reason}; try another --model, or write the list "
            "yourself.",
        )
    return found
