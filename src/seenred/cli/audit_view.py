"""An audit on one screen: what holds in a few lines, everything else by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from seenred.cli.proof_view import (
    explain_proof,
    notice_rows,
    proof_row,
    suite_told,
    totals,
    unjudged_row,
    unneeded_rows,
)
from seenred.cli.row import SHARE, Mark, Row, harmless, show_rows, show_text
from seenred.domain.audit import Audit, JudgedCommit
from seenred.domain.count import counted
from seenred.domain.proof import Claim, Proof, Verdict
from seenred.referee.proof.placed_test import function_id

# cells of a commit's subject that a line shows in a pipe
SUBJECT = 34
# cells around it: the hash and the quotes
_AROUND = 10


@dataclass(frozen=True, slots=True)
class Named:
    """What the two ends of the range are called.

    Attributes:
        told: how the range was chosen when nobody named it, else "".
        uncommitted: files of the working tree that differ from the head.
    """

    base: str
    head: str
    told: str = ""
    uncommitted: int = 0


def show_audit(console: Console, audit: Audit, named: Named) -> None:
    """Print the result of `verify` on one screen."""
    show_text(console, Text(harmless(header(audit, named))))
    room = int(console.width * SHARE) - _AROUND if console.is_terminal else SUBJECT
    show_rows(console, [*audit_rows(audit, named.head, room), *_uncommitted_rows(named)])
    show_text(console, totals(decided(audit), audit.seconds, hint=_has_more(audit)))


def explain_audit(console: Console, audit: Audit, named: Named) -> None:
    """Print every proof in full, commit by commit."""
    show_text(console, Text(harmless(header(audit, named))))
    for commit in audit.commits:
        console.print()
        _explain_commit(console, commit)
    if audit.certification is not None:
        console.print()
        explain_proof(console, audit.certification, f"{named.head} as a whole", again=False)
    console.print()
    show_text(console, Text(harmless(audit.runner), style="dim"))
    show_text(console, totals(decided(audit), audit.seconds, hint=False))


def _explain_commit(console: Console, commit: JudgedCommit) -> None:
    says = f", says {commit.label}" if commit.is_mislabelled else ""
    title = Text(f"{commit.name[:7]} {harmless(commit.subject)}", style="bold")
    title.append(f"  {commit.kind}{says}: {commit.verdict}", style="not bold dim")
    show_text(console, title)
    for proof in commit.proofs:
        explain_proof(console, proof, _short(commit, proof.subject), again=False)
    show_rows(console, [Row(Mark.UNJUDGED, f"{path}: {why}") for path, why in commit.unjudged])
    if commit.proofs:
        short = commit.name[:7]
        again = f"  again: seenred verify {short}~1..{short} --explain"
        show_text(console, Text(again, style="dim"))


def header(audit: Audit, named: Named) -> str:
    """What was judged, with what, in one line."""
    commits, tests = len(audit.commits), len(_tests(audit))
    return " · ".join(
        (
            audit.interpreter,
            _range(audit, named),
            f"{counted(commits, 'commit')}, {counted(tests, 'changed test')}",
            *filter(None, [suite_told(audit.suite)]),
            "nothing written",
        )
    )


def _range(audit: Audit, named: Named) -> str:
    base = audit.base[:7]
    if named.told:
        return f"{named.told} since {base}" if base else named.told
    own = base if audit.base.startswith(named.base) else f"{named.base} {base}"
    return f"{own}..{named.head}"


def audit_rows(audit: Audit, head: str, room: int = SUBJECT) -> Iterator[Row]:
    """Proven things summed up, then each refuted, each undecided, notices, what was not judged."""
    yield from _proven_rows(audit, head)
    judged = [(commit, proof) for commit in audit.commits for proof in commit.proofs]
    for verdict in (Verdict.REFUTED, Verdict.NOT_PROVEN):
        for commit, proof in judged:
            if proof.verdict is verdict and not proof.unneeded:
                yield commit_row(commit, proof, room)
        if audit.certification is not None and audit.certification.verdict is verdict:
            yield proof_row(audit.certification, about=f"{head} as a whole")
    for commit, proof in judged:
        yield from unneeded_rows(proof, commit.name[:7])
        yield from notice_rows(proof, commit.name[:7])
    yield from (_label_row(c, room) for c in audit.commits if c.is_mislabelled)
    whole = audit.certification
    if whole is not None and whole.verdict is Verdict.NOT_APPLICABLE:
        yield proof_row(whole, about=f"{head} as a whole")
    yield from _unjudged_rows(audit)


def commit_row(commit: JudgedCommit, proof: Proof, room: int = SUBJECT) -> Row:
    """A verdict on a commit bears the commit's subject, any other the commit's hash."""
    if commit.name.startswith(proof.subject) and proof.subject:
        return proof_row(proof, about=_titled(commit, room))
    short = commit.name[:7]
    return proof_row(proof, aside="" if short in proof.decisive else short)


def decided(audit: Audit) -> list[Proof]:
    """What counts: unneeded code is shown, and keeps nothing from being proven."""
    return [proof for proof in _proofs(audit) if not proof.only_reports]


def _proofs(audit: Audit) -> list[Proof]:
    proofs = [proof for commit in audit.commits for proof in commit.proofs]
    return [*proofs, audit.certification] if audit.certification else proofs


def _tests(audit: Audit) -> set[str]:
    claims = (Claim.RED, Claim.COVERED, Claim.TEST_ONLY)
    judged = {function_id(p.subject) for p in _proofs(audit) if p.claim in claims}
    return {test for test in judged if "::" in test}.union(
        *(commit.tests for commit in audit.commits)
    )


def _has_more(audit: Audit) -> bool:
    return any(p.verdict is not Verdict.PROVEN or p.notices for p in _proofs(audit))


def _short(commit: JudgedCommit, subject: str) -> str:
    return commit.name[:7] if subject == commit.name else ""


def _titled(commit: JudgedCommit, room: int) -> str:
    subject = commit.subject
    if len(subject) > room:
        subject = f"{subject[: room - 1].rstrip()}…"
    return f'{commit.name[:7]} "{subject}"'


def _proven_rows(audit: Audit, head: str) -> Iterator[Row]:
    proofs = [proof for proof in _proofs(audit) if not proof.unneeded]
    proven = [proof for proof in proofs if proof.verdict is Verdict.PROVEN]
    counts = Counter(proof.claim for proof in proven)
    whole = audit.certification
    certified = whole is not None and whole.verdict is Verdict.PROVEN
    known = whole.decisive if whole and certified else ""
    if number := counts[Claim.RED]:
        green = f", green on {head}" if certified else ""
        text = f"{counted(number, 'test')} red before the change for the right reason{green}"
        yield Row(Mark.PROVEN, text, aside=known)
    elif certified:
        yield Row(Mark.PROVEN, f"{head} is green", aside=known)
    for claim, noun, text in _SUMS:
        if number := counts[claim]:
            strengths = Counter(p.strength for p in proven if p.claim is claim and p.strength)
            yield Row(Mark.PROVEN, f"{counted(number, noun)} {text}", aside=_known(strengths))


def _known(strengths: Counter[str]) -> str:
    if len(strengths) == 1:
        return f"by {next(iter(strengths))}"
    return ", ".join(f"{count} by {name}" for name, count in sorted(strengths.items()))


_SUMS = (
    (Claim.COVERED, "test", "of behaviour that was there before, and would notice its loss"),
    (Claim.GENERALISING, "commit", "generalising what was green"),
    (Claim.STRUCTURAL, "commit", "purely structural"),
    (Claim.TEST_ONLY, "commit", "changing tests only, which notice no less"),
    (Claim.MINIMAL, "commit", "without a statement that no test requires"),
)


def _label_row(commit: JudgedCommit, room: int) -> Row:
    return Row(Mark.NOTICE, f"says {commit.label}, is {commit.kind}", _titled(commit, room))


def _unjudged_rows(audit: Audit) -> Iterator[Row]:
    reasons: dict[str, list[str]] = {}
    for commit in audit.commits:
        for path, reason in commit.unjudged:
            paths = reasons.setdefault(reason, [])
            if path not in paths:
                paths.append(path)
    if reasons:
        yield unjudged_row(reasons)


def _uncommitted_rows(named: Named) -> Iterator[Row]:
    if named.uncommitted:
        text = f"not judged: {counted(named.uncommitted, 'file')} with uncommitted changes"
        yield Row(Mark.UNJUDGED, text, remedy="seenred prove red, green or minimal")
