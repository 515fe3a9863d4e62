"""The test that an item's own words make, without a model: each call with what must come of it."""

from __future__ import annotations

import re

from seenred.agents.code_reply import NoCode
from seenred.agents.red.reply import TakenTest
from seenred.agents.red.writer import RedRequest, WrittenTest, finished, wanted_name
from seenred.domain.item_claim import item_claims
from seenred.domain.literal import evaluate
from seenred.domain.provenance import Origin
from seenred.domain.report import Claim, parse_report

# a float with few binary digits comes out of most calculations as it is
_EXACT = 1024


def claimed_test(request: RedRequest) -> WrittenTest | None:
    """The test of the claims of an item and its details; None when they don't make a whole one."""
    item = request.item
    classes = _classes(request)
    origin, claims = Origin.ITEM, item_claims(item.text, classes)
    if not claims:
        origin, claims = Origin.DETAILS, _claims_of_details(request, classes)
    if not claims or not all(_stands_alone(claim, request) for claim in claims):
        return None
    lines = [line for claim in claims for line in _lines(claim)]
    body = "".join(f"    {line}\n" for line in lines)
    source = f"def {wanted_name(request)}():\n{body}"
    written = finished(TakenTest(source), request, said_by=origin)
    return None if isinstance(written, NoCode) else written


def _claims_of_details(request: RedRequest, classes: list[str]) -> tuple[Claim, ...]:
    """Of an item's details, which may be a whole bug report."""
    details = request.item.details
    told = item_claims(details, classes) or parse_report(details, request.names)
    return tuple(claim for claim in told if not claim.must_not_raise)


def _stands_alone(claim: Claim, request: RedRequest) -> bool:
    """Whether a call is one of a function or a class; a method without its object shows nothing.

    Where the plan or the code has a class, a function that nobody has seen is one of its methods.
    """
    called = re.split(r"\W", claim.expression)[0]
    if called in request.names or called[:1].isupper():
        return True
    return not _classes(request)


def _classes(request: RedRequest) -> list[str]:
    """The classes that the module has and that the plan names."""
    named = (*request.names, *re.findall(r"`([A-Z]\w*[a-z]\w*)", request.words))
    return [name for name in named if name[:1].isupper() and not name.endswith("Error")]


def _lines(claim: Claim) -> list[str]:
    if claim.raises is not None:
        return [f"with pytest.raises({claim.raises}):", f"    {claim.expression}"]
    expected = claim.expected or "None"
    if expected in ("True", "False", "None"):
        return [f"assert {claim.expression} is {expected}"]
    value = evaluate(expected)
    if isinstance(value, float) and not (value * _EXACT).is_integer():
        expected = f"pytest.approx({expected})"
    return [f"assert {claim.expression} == {_written(expected)}"]


def _written(literal: str) -> str:
    """A plain text in double quotes, as most code has it."""
    if literal.startswith("'") and '"' not in literal and "\\'" not in literal:
        return f'"{literal[1:-1]}"'
    return literal
