"""Reads a reply as new contents of the files that a phase may change."""

from __future__ import annotations

from collections.abc import Collection

from seenred.agents.code_reply import NoCode
from seenred.agents.edit.edit import Refusal, apply_edit, read_edit
from seenred.domain.conversation import Reply
from seenred.domain.tree import Tree
from seenred.engine.cycle.equipment import Court


def read_texts(
    court: Court,
    tree: Tree,
    reply: Reply,
    allowed: Collection[str],
    *,
    owner: str = "",
    wanted: Collection[str] = (),
) -> dict[str, str] | NoCode:
    """Path to the whole new file, for each that the reply changes.

    Args:
        allowed: what the phase may change; what belongs nowhere goes to the first.
        owner: class that takes methods which the reply wrote outside of any.
        wanted: names that a test needs: they stay, though nothing else uses them.
    """
    path = next(iter(allowed))
    sources = {each: court.text(tree, each) for each in allowed if each in tree}
    edit = read_edit(
        reply.text, sources, path, owner=owner, wanted=wanted, truncated=reply.truncated
    )
    if isinstance(edit, NoCode):
        return edit
    changed = apply_edit(sources, edit, allowed)
    return NoCode(changed.reason) if isinstance(changed, Refusal) else dict(changed)
