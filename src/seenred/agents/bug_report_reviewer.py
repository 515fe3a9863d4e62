"""bug-report-reviewer: findings, each with an input that shows it."""

from __future__ import annotations

import ast
import json
from typing import Annotated, Any, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict

from seenred.agents.code_reply import NoCode
from seenred.agents.given import Given, conversation
from seenred.agents.json_reply import object_schema, read_json
from seenred.domain.conversation import Prompt
from seenred.domain.finding import Finding, Review, Severity, Trial
from seenred.domain.problem import ProblemKind

# Three findings with an input each fit; a small model's further ones are noise.
MAX_TOKENS = 512
MAX_FINDINGS = 3


def review_prompt(given: Given) -> Prompt:
    """Ask for a review as JSON."""
    task = (
        "Review the current code for defects. Report only a defect that you can show with a "
        f"concrete input: at most {MAX_FINDINGS}, the worst first; an empty list is a good "
        f"answer. `input` is {_input_form(given)}, `expected` the right result as "
        f"{_result(given)}. Reply with JSON: "
        '{"findings": [{"severity": "critical|major|minor", "location": "...", "issue": "...", '
        '"impact": "...", "fix": "...", "input": "...", "expected": "..."}], '
        '"recommendations": ["..."], "coverage_gaps": ["..."]}'
    )
    return Prompt(conversation(given, task), max_tokens=MAX_TOKENS, schema=SCHEMA)


def parse_review(text: str, given: Given) -> Review | NoCode:
    """Read the reply into a typed review, or say why it cannot be read."""
    reply = read_json(_ReviewReply, text)
    if isinstance(reply, NoCode):
        return reply
    return Review(
        findings=tuple(_finding(f, given) for f in reply.findings[:MAX_FINDINGS]),
        recommendations=tuple(reply.recommendations),
        coverage_gaps=tuple(reply.coverage_gaps),
    )


def _text(value: Any) -> str:
    """Models write numbers and lists where a text is asked for."""
    return value if isinstance(value, str) else json.dumps(value)


def _severity(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


_Text = Annotated[str, BeforeValidator(_text)]


class _FindingReply(BaseModel):
    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    severity: Annotated[Severity, BeforeValidator(_severity)]
    location: _Text = ""
    issue: _Text
    impact: _Text = ""
    fix: _Text = ""
    input: _Text = ""
    expected: _Text = ""


class _ReviewReply(BaseModel):
    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    findings: list[_FindingReply]
    recommendations: list[_Text] = []
    coverage_gaps: list[_Text] = []


def _schema() -> dict[str, Any]:
    text = {"type": "string"}
    fields: dict[str, Any] = {
        "severity": {"type": "string", "enum": [*Severity]},
        "location": text,
        "issue": text,
        "impact": text,
        "fix": text,
        "input": text,
        "expected": text,
    }
    texts = {"type": "array", "items": text, "maxItems": 3}
    parts = {
        "findings": {"type": "array", "items": object_schema(fields), "maxItems": MAX_FINDINGS},
        "recommendations": texts,
        "coverage_gaps": texts,
    }
    return object_schema(parts)


SCHEMA = _schema()


def _input_form(given: Given) -> str:
    if given.kind is ProblemKind.STDIO:
        return "the whole text on standard input"
    if given.kind is ProblemKind.FUNCTION:
        return "the arguments as Python literals separated by commas"
    return "one call as a Python expression"


def _result(given: Given) -> str:
    return "the printed text" if given.kind is ProblemKind.STDIO else "a Python literal"


def _finding(reply: _FindingReply, given: Given) -> Finding:
    return Finding(
        severity=reply.severity,
        location=reply.location.strip(),
        issue=reply.issue.strip(),
        impact=reply.impact.strip(),
        fix=reply.fix.strip(),
        trial=_trial(reply, given),
    )


def _trial(reply: _FindingReply, given: Given) -> Trial | None:
    """The input of a finding, or None when it is not one that can be run."""
    if given.kind is ProblemKind.STDIO:
        stdin = reply.input.replace("\\n", "\n")
        return Trial(stdin=stdin, expected=reply.expected) if stdin.strip() else None
    expected = _literal(reply.expected)
    if given.kind is ProblemKind.FUNCTION:
        arguments = literal_arguments(reply.input, given.wanted)
        return None if arguments is None else Trial(arguments=arguments, expected=expected)
    expression = _call(reply.input)
    return Trial(expression=expression, expected=expected) if expression else None


def literal_arguments(text: str, name: str | None) -> tuple[str, ...] | None:
    """`[1, 2], k=3`, or a call of `name` with them, as sources of literals, or None."""
    inside = text.strip()
    for form in (f"f({inside})", inside):
        try:
            node = ast.parse(form, mode="eval").body
        except (SyntaxError, ValueError):
            continue
        if not isinstance(node, ast.Call):
            continue
        if len(node.args) == 1 and not node.keywords and _calls(node.args[0], name):
            node = cast(ast.Call, node.args[0])
        values = [*node.args, *(k.value for k in node.keywords)]
        sources = [_literal(ast.unparse(value)) for value in values]
        return None if None in sources else tuple(s for s in sources if s is not None)
    return None


def _calls(node: ast.expr, name: str | None) -> bool:
    return isinstance(node, ast.Call) and name is not None and ast.unparse(node.func) == name


def _literal(text: str) -> str | None:
    try:
        return repr(ast.literal_eval(text.strip()))
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        return None


def _call(text: str) -> str:
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return ""
    return ast.unparse(node) if any(isinstance(n, ast.Call) for n in ast.walk(node)) else ""
