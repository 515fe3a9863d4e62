"""bug-report-reviewer on one change: does it agree, and if not, what is wrong, where?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from seenred.agents.code_reply import NoCode
from seenred.agents.json_reply import object_schema, read_json
from seenred.domain.change_review import ChangeObjection, ChangeReview, Topic
from seenred.domain.conversation import Message, Prompt, Speaker

# Three objections fit; further ones of a small model are noise.
MAX_TOKENS = 512
MAX_OBJECTIONS = 3
# characters of one part of what is reviewed; a longer one is cut in its middle
_LONGEST = 8000
_SYSTEM = (
    "You review one small change to a program that is developed test-first. You object only to "
    "what is wrong, never to taste. Agreeing is a good answer."
)


class Moment(StrEnum):
    """When a change is reviewed."""

    BEFORE = "before"  # it is located, and nothing is written
    AFTER = "after"  # it is written, and the referee has let it pass


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """What a reviewer is given.

    Attributes:
        item: of the test list, or what a refactoring is to do.
        plan: the files and definitions that are to be changed.
        code: the located code as it is before the change.
        test: source of the test.
        diff: added and removed lines; "" before anything is written.
        proven: what the referee has proven of it, a line each.
        earlier: objections that were raised before and that this change answers.
    """

    moment: Moment
    item: str
    plan: str = ""
    code: str = ""
    test: str = ""
    diff: str = ""
    proven: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """All in which an objection may name a place."""
        return "\n".join((self.plan, self.code, self.test, self.diff))


def change_review_prompt(request: ReviewRequest) -> Prompt:
    """Ask for a verdict as JSON; the parts that all reviews of a change share come first."""
    parts: Mapping[str, str] = {
        "The item": request.item,
        "Located code": _fenced(request.code),
        "To be changed": request.plan,
        "The test": _fenced(request.test),
        "The change": _fenced(request.diff, "diff"),
        "Proven by running it": _listed(request.proven),
        "Objections to the version before": _listed(request.earlier),
    }
    sections = [f"# {name}\n{text.strip()}" for name, text in parts.items() if text.strip()]
    text = "\n\n".join([*sections, f"# Task\n{_TASKS[request.moment]} {_FORM}"])
    messages = (Message(Speaker.SYSTEM, _SYSTEM), Message(Speaker.USER, text))
    return Prompt(messages, max_tokens=MAX_TOKENS, schema=SCHEMA)


_TASKS = {
    Moment.BEFORE: (
        "Nothing is written yet. Is this the right place for the item, and is anything missing "
        "that has to change with it?"
    ),
    Moment.AFTER: (
        "Does the change do what the item asks, and nothing else? What was proven by running it "
        "is certain: do not object to that."
    ),
}
_FORM = (
    'Reply with JSON: {"agrees": true, "objections": []}, or {"agrees": false, "objections": '
    '[{"about": "...", "location": "path:line or name", "issue": "what is wrong", '
    f'"impact": "what comes of it", "fix": "what to write instead"}}]}} with at most '
    f"{MAX_OBJECTIONS} objections. `about` is one of: {', '.join(Topic)}."
)


def parse_change_review(text: str) -> ChangeReview | NoCode:
    """Read the reply into a typed review, or say why it cannot be read."""
    reply = read_json(_Reply, text)
    if isinstance(reply, NoCode):
        return reply
    if not reply.agrees and not reply.objections:
        return NoCode("does not agree, and objects to nothing")
    hint = "the reviewer agrees all the same" if reply.agrees else ""
    return ChangeReview(
        tuple(
            ChangeObjection(o.about, o.location, o.issue, o.impact, o.fix, hint)
            for o in reply.objections[:MAX_OBJECTIONS]
        )
    )


def _text(value: Any) -> Any:
    """Models write a line number or a list where a text is asked for."""
    return value.strip() if isinstance(value, str) else json.dumps(value)


def _topic(value: Any) -> Any:
    told = value.strip().lower() if isinstance(value, str) else ""
    return told if told in {*Topic} else Topic.OTHER


_Text = Annotated[str, BeforeValidator(_text)]


class _Objection(BaseModel):
    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    about: Annotated[Topic, BeforeValidator(_topic)] = Topic.OTHER
    location: _Text = ""
    issue: _Text
    impact: _Text = ""
    fix: _Text = ""


class _Reply(BaseModel):
    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    agrees: bool
    objections: list[_Objection] = []


def _schema() -> dict[str, Any]:
    text = {"type": "string"}
    fields: dict[str, Any] = {
        "about": {"type": "string", "enum": [*Topic]},
        "location": text,
        "issue": text,
        "impact": text,
        "fix": text,
    }
    objections = {"type": "array", "items": object_schema(fields), "maxItems": MAX_OBJECTIONS}
    return object_schema({"agrees": {"type": "boolean"}, "objections": objections})


SCHEMA = _schema()


def _fenced(text: str, language: str = "python") -> str:
    return f"```{language}\n{_cut(text).rstrip()}\n```" if text.strip() else ""


def _cut(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    half = _LONGEST // 2
    return f"{text[:half]}\n… cut …\n{text[-half:]}"


def _listed(lines: tuple[str, ...]) -> str:
    return "\n".join(f"- {line}" for line in lines)
