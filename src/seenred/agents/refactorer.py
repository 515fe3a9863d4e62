"""solution-improver after a green: the same behaviour in a better structure, or nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from seenred.agents.code_reply import NoCode
from seenred.agents.edit.edit import NOTHING, Edit, read_edit
from seenred.agents.given import SYSTEM
from seenred.domain.conversation import Message, Prompt, Reply, Speaker
from seenred.domain.smell import Smell, smells

# of a reply: as for code
MAX_TOKENS = 1024
# a small model that is given several things to do does none of them well
SHOWN = 2

_ANY = (
    "Look at the code that was just written: duplication, a name that does not tell what it is, a "
    "function that does several things. Make the one improvement that helps a reader most."
)
_NOTHING = re.compile(r"^\W*nothing\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RefactorRequest:
    """Code that is green and may be put better.

    Attributes:
        path: of its file.
        code: the whole file as it is now.
        changed: its lines that were just written; None for all.
        goal: what a person wants of it; "" for what is measured.
        refused: why the latest proposal did not stand, in a form that a model can use.
        tests: it is a file of tests.
    """

    path: str
    code: str
    changed: frozenset[int] | None = None
    goal: str = ""
    refused: str = ""
    tests: bool = False

    @property
    def seen(self) -> tuple[Smell, ...]:
        """What is measured in it."""
        return smells(self.code, self.changed, tests=self.tests)


def worth_asking(request: RefactorRequest) -> bool:
    """Whether something measurable is there; a small model that is asked without invents."""
    return bool(request.goal or request.seen)


def refactor_prompt(request: RefactorRequest) -> Prompt:
    """Ask for one structural improvement."""
    sections = [f"# `{request.path}`\n```python\n{request.code.rstrip()}\n```"]
    if request.refused:
        sections.append(f"# An earlier proposal was refused\n{request.refused}")
    sections.append(f"# Task\n{_aim(request)} {_bounds(request)} {_form()}")
    messages = (
        Message(Speaker.SYSTEM, SYSTEM),
        Message(Speaker.USER, "\n\n".join(sections)),
    )
    return Prompt(messages, max_tokens=MAX_TOKENS)


def read_refactoring(reply: Reply, request: RefactorRequest) -> Edit | NoCode | None:
    """The edit of a reply; None where it says, or shows, that nothing is needed."""
    edit = read_edit(
        reply.text, {request.path: request.code}, request.path, truncated=reply.truncated
    )
    if isinstance(edit, Edit):
        return edit
    says_so = edit == NOTHING or ("```" not in reply.text and _NOTHING.search(reply.text))
    return None if says_so else edit


def is_better(before: str, after: str, *, tests: bool = False) -> bool:
    """Whether less is measured in it than before, or nothing was and nothing is."""
    old, new = smells(before, tests=tests), smells(after, tests=tests)
    return len(new) < len(old) or not (old or new)


def _aim(request: RefactorRequest) -> str:
    if request.goal:
        return f"Improve the structure of `{request.path}`: {request.goal.rstrip('.')}."
    if not request.seen:
        return _ANY
    told = _told(request.seen[:SHOWN])
    return f"Improve the structure of `{request.path}`: {told}. Take that away."


def _told(found: Collection[Smell]) -> str:
    return "; ".join(each.what for each in found)


def _bounds(request: RefactorRequest) -> str:
    if request.tests:
        return (
            "It must test exactly what it tests now: keep every assertion, every test and its name."
        )
    return (
        "It must behave exactly as before for every input: keep all public names and their "
        "parameters, add no feature and no check."
    )


def _form() -> str:
    return (
        "Reply with one ```python block that holds each function or class that changes, whole, "
        "and nothing else. If no change would make it better, reply with the word: nothing"
    )
