"""A refused proof, in a form that a model can use: what was seen, where, and what to do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from seenred.agents.advice import advice_on
from seenred.domain.proof import Claim, Detail, Proof, Verdict
from seenred.domain.tree import Tree
from seenred.referee.proof.placed_test import function_id, source_of_test
from seenred.referee.proof.ports import Blobs

# a small model loses sight of its task in more; each proposal that is asked again pays for it
MOST_WORDS = 150
# things that are told of one refusal, and lines of a test that is shown
_MOST_THINGS, _MOST_LINES = 3, 12
_REFUSED = (Verdict.REFUTED, Verdict.NOT_PROVEN)
_SUBJECT = {
    Claim.RED: "test",
    Claim.COVERED: "test",
    Claim.GREEN: "code",
    Claim.MINIMAL: "code",
    Claim.STRUCTURAL: "refactoring",
    Claim.GENERALISING: "refactoring",
    Claim.TEST_ONLY: "change of the tests",
}


def evidence_of(proof: Proof, blobs: Blobs, tree: Tree) -> str:
    """Why a proposal was refused, in at most 150 words; "" where it was not.

    Args:
        tree: what was judged: the code and the tests that the proof names are shown from it.
    """
    if proof.verdict not in _REFUSED:
        return ""
    shown = _Shown(proof, blobs, tree)
    advice = advice_on(proof.claim, proof.reason)
    parts = [shown.first(), *shown.things(), *([advice] if advice else []), *shown.sources()]
    return "\n".join(_within(parts))


class _Shown:
    """The parts of what is told, the most useful first."""

    def __init__(self, proof: Proof, blobs: Blobs, tree: Tree) -> None:
        self._proof = proof
        self._blobs = blobs
        self._tree = tree
        details = [d for d in proof.details if d.verdict in _REFUSED]
        kind = proof.reason
        # what decides first: others than that are often its consequences
        chosen = [d for d in details if d.kind == kind] or details
        firsts: dict[str, Detail] = {}
        for detail in chosen:
            firsts.setdefault(detail.where or detail.what, detail)
        self._details = list(firsts.values())[:_MOST_THINGS]

    def first(self) -> str:
        """What was refused, and the line that decides."""
        subject = _SUBJECT.get(self._proof.claim, "claim")
        decisive = self._proof.decisive
        told = plain(decisive) if decisive else self._proof.reason.replace("-", " ")
        for detail in self._details:
            if decisive == f"{detail.where} {detail.what}":
                told = f"{detail.where} {plain(detail.what)}"
        return f"The {subject} was refused: {told.rstrip('.')}."

    def things(self) -> Iterator[str]:
        """What was seen besides that line, each with its place and the code there."""
        known = self._proof.decisive
        for detail in self._details:
            if detail.kind == "not-run" and self._proof.reason != "not-run":
                continue  # a consequence
            told = detail.beside(self._proof.subject)
            code = self._line(detail.where)
            if code or (detail.what not in known and told not in known):
                where = f"{detail.where}: " if detail.where not in ("", self._proof.subject) else ""
                what = "" if detail.what in known else plain(detail.what)
                yield f"- {where}{' '.join(part for part in (what, code) if part)}"

    def sources(self) -> Iterator[str]:
        """The tests that fare worse, as they are written; the subject's own is known."""
        own = function_id(self._proof.subject)
        ids = dict.fromkeys(function_id(d.where) for d in self._details if "::" in d.where)
        for test_id in ids:
            if test_id != own and (source := self._test(test_id)):
                yield f"```python\n{source}\n```"

    def _line(self, where: str) -> str:
        """The line of code that a place names, in backquotes."""
        path, _, numbers = where.rpartition(":")
        number = numbers.partition("-")[0]
        if not number.isdecimal():
            return ""
        lines = ("", *self._read(path).splitlines())
        code = lines[int(number)].strip() if int(number) < len(lines) else ""
        return f"`{code}`" if code else ""

    def _test(self, test_id: str) -> str:
        source = (source_of_test(self._read, test_id) or "").rstrip("\n")
        return source if source.count("\n") < _MOST_LINES else ""

    def _read(self, path: str) -> str:
        entry = self._tree.files.get(path)
        return self._blobs.read(entry.blob).decode(errors="replace") if entry else ""


_FAILED = re.compile(
    r"^(?P<before>.*?)(?:failed: |error: )?(?:AssertionError: )?assert (?P<of>.+)$"
)
_SURVIVED = re.compile(r"^stays green with (?P<other>.+ in place of .+)$")
_NOT_RAISED = re.compile(r"DID NOT RAISE (?:<class '(?:\w+\.)*(\w+)'>|(\w+))")
_BECAME = re.compile(r"^(?P<call>[^→]+?): (?P<old>[^→]+) → (?P<new>[^→]+)$")
_OUTCOME = re.compile(r"^(?P<old>passed|xfailed|skipped|failed|xpassed) → (?P<new>.+)$")


def plain(told: str) -> str:
    """A line of pytest's or the referee's, in words that need no knowledge of either."""
    if raised := _NOT_RAISED.search(told):
        return f"nothing was raised, and {raised[1] or raised[2]} is expected"
    if survived := _SURVIVED.match(told):
        return f"the test passes too when it expects {survived['other']}"
    if outcome := _OUTCOME.match(told):
        return f"{outcome['old']} before, and now {plain(outcome['new'])}"
    if (became := _BECAME.match(told)) and "::" not in became["call"]:
        return f"`{became['call']}` gave {became['old']} before, and gives {became['new']} now"
    if (failed := _FAILED.match(told)) and (sides := _sides(failed["of"])):
        seen, expected = sides
        return f"{failed['before']}the code gives {seen}, and the test expects {expected}"
    return told


def _sides(comparison: str) -> tuple[str, str] | None:
    """What `3 == 5` compares, where pytest shows both values."""
    try:
        node = ast.parse(comparison, mode="eval").body
    except (SyntaxError, ValueError, RecursionError):
        return None
    if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.Eq | ast.Is):
        return None
    sides = (node.left, *node.comparators)
    return (ast.unparse(sides[0]), ast.unparse(sides[1])) if len(sides) == 2 else None


def _within(parts: Iterable[str]) -> Iterator[str]:
    """The parts that fit; a first one that is too long is cut."""
    left = MOST_WORDS
    for number, part in enumerate(parts):
        words = len(part.split())
        if words <= left:
            left -= words
            yield part
        elif number == 0:
            yield " ".join([*part.split()[: left - 40], "…"])
            left = 39
