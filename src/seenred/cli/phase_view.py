"""What a phase of a cycle proved, as lines of the transcript."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rich.text import Text

from seenred.cli.changed_code import ChangedLine, changed_lines, decisive_lines
from seenred.cli.labelled import Line
from seenred.cli.proof_view import MARKS, spent
from seenred.cli.row import COLOURS, harmless
from seenred.domain.count import counted
from seenred.domain.cycle_event import Phase, PhaseProven
from seenred.domain.proof import Claim, Detail, Proof

# lines of a change that are shown
MOST = 24
# before and after: the same word, for both are structural
_LABELS = {Phase.RED: "RED", Phase.GREEN: "GREEN", Phase.TIDY: "TIDY", Phase.REFACTOR: "TIDY"}
_STYLES = {Phase.RED: "bold red", Phase.GREEN: "bold green"}
_WHERE = re.compile(r"(.+):(\d+)(?:-(\d+))?")
_DELETED = "no test notices deletion"


def red_lines(event: PhaseProven) -> Iterator[Line]:
    """A test that was seen red, or one of something that the code does already."""
    is_covered = _is(event.proof, Claim.COVERED)
    yield from lines_of_test(event.where, decisive_lines(event.code), is_covered=is_covered)
    yield from told_lines(event.told)
    if event.proof:
        yield Line(Text(harmless(event.proof.decisive)), aside=verdict(event))


def lines_of_test(test_id: str, code: Sequence[str], *, is_covered: bool = False) -> Iterator[Line]:
    """A test, without what was seen of it."""
    label, style = ("TEST", "bold") if is_covered else ("RED", "bold red")
    yield Line(Text(harmless(test_id)), label, style)
    for line in code:
        yield _code_line("  ", line)


def told_lines(told: Sequence[str]) -> Iterator[Line]:
    """What else a person may want to know."""
    for line in told:
        yield Line(Text(harmless(line), style="dim"))


def change_lines(event: PhaseProven, unneeded: Sequence[Detail] = ()) -> Iterator[Line]:
    """A change of code: where, what decides, its lines; what no test needs is pointed at."""
    proof, changes = event.proof, changed_lines(event.code)
    where = Text(harmless(event.where))
    if not event.where and not proof:
        where = Text(harmless(" · ".join(event.told)) or "nothing needed", style="dim")
    else:
        where.append(_counts(changes), style="dim")
    label, style = _LABELS.get(event.phase, ""), _STYLES.get(event.phase, "bold")
    yield Line(where, label, style, _decisive(proof), verdict(event))
    spots = [(_spot(detail, changes), detail) for detail in unneeded]
    remarks = {spot: _remark(detail) for spot, detail in spots if spot is not None}
    yield from _code(changes, remarks)
    for detail in (detail for spot, detail in spots if spot is None):
        told = harmless(f"{detail.where} {_remark(detail)}")
        yield Line(Text.assemble(("! ", "yellow"), told))
    if event.where or proof:
        yield from told_lines(event.told)


def verdict(event: PhaseProven) -> Text:
    """`proven 0.1 s`, in its colour."""
    if event.proof is None:
        return Text()
    kind = event.proof.verdict
    seconds = event.seconds or event.proof.seconds
    return Text.assemble((str(kind), COLOURS[MARKS[kind]]), (f" {spent(seconds)}", "dim"))


def _is(proof: Proof | None, claim: Claim) -> bool:
    return proof is not None and proof.claim is claim


def _decisive(proof: Proof | None) -> Text:
    """What decides; a change that is neither behaviour nor structure says what it is."""
    if proof is None:
        return Text()
    kind = f"{proof.claim}: " if proof.claim in (Claim.GENERALISING, Claim.TEST_ONLY) else ""
    strength = f", by {proof.strength}" if proof.strength else ""
    return Text(harmless(f"{kind}{proof.decisive}{strength}"))


def _counts(changes: Sequence[ChangedLine]) -> str:
    added = sum(line.sign == "+" for line in changes)
    removed = len(changes) - added
    return f"{f' +{added}' if added else ''}{f' −{removed}' if removed else ''}"


def _code(changes: Sequence[ChangedLine], remarks: Mapping[int, str]) -> Iterator[Line]:
    """The lines without the indentation that all of them have, and without empty ones."""
    shown = [index for index, line in enumerate(changes) if line.text.strip()]
    texts = [changes[index].text.expandtabs(4) for index in shown]
    margin = min((len(text) - len(text.lstrip()) for text in texts), default=0)
    several = len({changes[index].path for index in shown}) > 1
    path = ""
    for index, text in list(zip(shown, texts, strict=True))[: _kept(len(shown))]:
        line = changes[index]
        if several and line.path != path:
            path = line.path
            yield Line(Text(harmless(path), style="dim"))
        colour = "green" if line.sign == "+" else "red"
        yield _code_line(f"{line.sign} ", text[margin:], colour, remarks.get(index, ""))
    if len(shown) > MOST:
        yield Line(Text(f"… {len(shown) - _kept(len(shown))} more lines", style="dim"))


def _code_line(sign: str, code: str, colour: str = "", remark: str = "") -> Line:
    text = harmless(code.lstrip(" "))
    lead = Text(sign + " " * (len(code) - len(code.lstrip(" "))), style=colour)
    return Line(Text(text, style=colour), lead=lead, remark=harmless(remark))


def _kept(lines: int) -> int:
    return lines if lines <= MOST else MOST - 1


def _spot(detail: Detail, changes: Sequence[ChangedLine]) -> int | None:
    """Index of the shown line that a remark stands at."""
    found = _WHERE.fullmatch(detail.where)
    if not found:
        return None
    first, last = int(found[2]), int(found[3] or found[2])
    shown = [index for index, line in enumerate(changes) if line.text.strip()]
    for index in shown[: _kept(len(shown))]:
        line = changes[index]
        if line.sign == "+" and line.path == found[1] and first <= line.number <= last:
            return index
    return None


def _remark(detail: Detail) -> str:
    if detail.what != _DELETED:
        return f"{detail.what}; kept"
    found = _WHERE.fullmatch(detail.where)
    lines = int(found[3]) - int(found[2]) + 1 if found and found[3] else 1
    these = "this" if lines == 1 else f"these {counted(lines, 'line')}"
    return f"no test needs {these}; kept"
