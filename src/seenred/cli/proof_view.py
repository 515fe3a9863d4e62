"""Proofs for a person: the decisive line, or everything that was seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from seenred.cli.row import COLOURS, Mark, Row, harmless, show_text
from seenred.domain.proof import Claim, Detail, Proof, Verdict
from seenred.errors import ExitCode
from seenred.referee.proof.green import REMEDIES

MARKS = {
    Verdict.PROVEN: Mark.PROVEN,
    Verdict.REFUTED: Mark.REFUTED,
    Verdict.NOT_PROVEN: Mark.NOT_PROVEN,
    Verdict.NOT_APPLICABLE: Mark.UNJUDGED,
}
_DIGEST = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
# cells of the column that names a part of an explained proof
LABEL = 9


def proof_row(proof: Proof, about: str = "", aside: str = "") -> Row:
    """A proof in one line."""
    text = proof.decisive or proof.reason.replace("-", " ")
    refused = proof.claim is Claim.STRUCTURAL and proof.verdict is Verdict.REFUTED
    if refused and not text.startswith("not structural"):
        text = f"not structural: {text}"
    known = " ".join(part for part in (proof.strength and f"by {proof.strength}", aside) if part)
    return Row(MARKS[proof.verdict], text, about or proof.subject, proof.remedy, known)


def proof_rows(proof: Proof) -> Iterator[Row]:
    """A proof in one line, and one for each piece of code that no test requires."""
    if proof.unneeded:
        yield from unneeded_rows(proof)
    else:
        yield proof_row(proof)
        yield from notice_rows(proof)


def notice_rows(proof: Proof, aside: str = "") -> Iterator[Row]:
    """A line for each place where green code knows its tests by heart."""
    for notice in proof.notices:
        remedy = REMEDIES.get(notice.kind, "")
        yield Row(Mark.NOTICE, notice.what, notice.where, remedy, aside)


def unneeded_rows(proof: Proof, aside: str = "") -> Iterator[Row]:
    """A line for each piece of code that no test requires, with the test to write."""
    suggested = {d.where: d.what for d in proof.details if d.kind == "suggested-test"}
    for piece in proof.unneeded:
        test = suggested.get(piece.where, "")
        remedy = f"test {test}" if test else ""
        yield Row(Mark.NOTICE, piece.what, piece.where, remedy, aside)


def suite_told(suite: Sequence[str]) -> str:
    """That of a suite a part was chosen; "" where it was not."""
    return f"of the other tests only {', '.join(suite)}" if suite else ""


def unjudged_row(reasons: Mapping[str, Sequence[str]]) -> Row:
    """A line for all that nothing is said of: paths by the reason."""
    texts = (_listed(reason, paths) for reason, paths in reasons.items())
    return Row(Mark.UNJUDGED, f"not judged: {'; '.join(texts)}")


def _listed(reason: str, paths: Sequence[str]) -> str:
    shown = ", ".join(paths[:3])
    more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    return f"{shown}{more} ({reason})"


def explain_proof(console: Console, proof: Proof, subject: str = "", again: bool = True) -> None:
    """Print all that a proof holds: what ran, what was seen, how to see it again.

    Args:
        subject: what the proof is about, where a shorter word is known.
        again: name the command; it holds for the working tree.
    """
    mark = Mark.NOTICE if proof.only_reports else MARKS[proof.verdict]
    strength = f" ({proof.strength})" if proof.strength else ""
    title = Text.assemble((f"{proof.claim} ", "bold"), harmless(subject or proof.subject))
    title.append(f"  {proof.verdict}: {proof.reason}{strength}", style="dim")
    show_text(console, title, Text(f"{mark} ", style=COLOURS[mark]))
    parts = [*_parts(proof), *([("again", Text(harmless(proof.command)))] if again else [])]
    for label, text in parts:
        if text.plain:
            show_text(console, text, Text(f"    {label:<{LABEL}}", style="dim"))


def _parts(proof: Proof) -> Iterator[tuple[str, Text]]:
    yield "because", Text(harmless(proof.decisive))
    for label, detail in zip(("seen", *[""] * len(proof.details)), proof.details, strict=False):
        yield label, _detail(detail)
    yield from _facts(proof)
    yield "next", Text(harmless(proof.remedy))
    hashes = [f"{path} {digest[:12]}" for path, digest in proof.inputs.items()]
    yield "judged", Text(", ".join(hashes), style="dim")


def _detail(detail: Detail) -> Text:
    mark = MARKS[detail.verdict]
    where = f"{detail.where}  " if detail.where else ""
    return Text.assemble((f"{mark} ", COLOURS[mark]), harmless(where), harmless(detail.what))


def _facts(proof: Proof) -> Iterator[tuple[str, Text]]:
    """What else a reader may want, one fact a line; what the title says already is left out."""
    facts = {n: _plain(v) for n, v in proof.values.items() if v not in (None, "", proof.subject)}
    width = max(map(len, facts), default=0)
    for label, (name, value) in zip(("facts", *[""] * len(facts)), facts.items(), strict=False):
        yield label, Text(f"{name:<{width}}  {harmless(value)}", style="dim")


def _plain(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3g}"
    text = str(value)
    return text[:12] if _DIGEST.fullmatch(text) else text.splitlines()[0] if text else text


def totals(proofs: Sequence[Proof], seconds: float, hint: bool = True) -> Text:
    """How many of which verdict, the time, and how to see more."""
    counts = {v: sum(p.verdict is v for p in proofs) for v in Verdict}
    line = Text()
    for verdict in (Verdict.PROVEN, Verdict.REFUTED, Verdict.NOT_PROVEN):
        style = f"bold {COLOURS[MARKS[verdict]]}" if counts[verdict] else "dim"
        if counts[verdict]:
            line.append(f"{counts[verdict]} {verdict}", style=style).append(" · ", style="dim")
    line.append(spent(seconds), style="dim")
    if hint:
        line.append("       details: --explain", style="dim")
    return line


def spent(seconds: float) -> str:
    """A time as people say it."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def exit_code(proofs: Sequence[Proof]) -> ExitCode:
    """0 when all is proven, 1 when something is refuted, else 125."""
    verdicts = {proof.verdict for proof in proofs}
    if Verdict.REFUTED in verdicts:
        return ExitCode.NO
    return ExitCode.NOT_PROVEN if Verdict.NOT_PROVEN in verdicts else ExitCode.YES
