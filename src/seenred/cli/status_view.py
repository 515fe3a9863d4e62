"""A test list for a person: what is done, what is next, what the last cycle proved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.text import Text

from seenred.cli.proof_view import MARKS
from seenred.cli.row import Mark as Sign
from seenred.cli.row import Row, harmless, show_rows, show_text
from seenred.domain.count import counted
from seenred.domain.plan import Mark, Plan, PlanItem
from seenred.domain.proof import Proof
from seenred.infrastructure.history.git_runs import RunBranch, RunCommit

# a longer list shows of the sections that are done only how many tests they have
LONG = 30
# cells of the column that says what a line is about
LABEL = 12
_SIGNS = {Mark.OPEN: ("·", "dim"), Mark.DONE: ("✓", "green"), Mark.ABANDONED: ("-", "yellow")}


@dataclass(frozen=True, slots=True)
class Status:
    """Where a plan stands.

    Attributes:
        unclear: why the next item cannot be taken, or "".
        commits: of the last cycle, newest first, each with its proofs.
        remarks: what keeps from going on, or wants a look.
        next_step: what to do, a command where there is one.
    """

    plan: Plan
    next_step: str
    unclear: str = ""
    commits: tuple[tuple[RunCommit, tuple[Proof, ...]], ...] = ()
    branches: tuple[RunBranch, ...] = ()
    remarks: tuple[Row, ...] = ()


def show_status(console: Console, status: Status) -> None:
    """Print the list, then where it stands."""
    plan = status.plan
    title = Text.assemble((plan.name, "bold"), f"  {plan.done}/{plan.total}")
    if plan.abandoned:
        title.append(f" · {plan.abandoned} abandoned", style="yellow")
    show_text(console, title)
    for section, items in groupby(plan.items, lambda item: item.section):
        _section(console, status, section, [*items])
    if plan.discovered:
        _heading(console, "Discovered", "waits until you move it to another heading")
        _items(console, plan.discovered, None)
    _cycle(console, status)
    if status.remarks:
        console.print()
        show_rows(console, status.remarks)
    console.print(f"\nNext: [bold]{_escaped(status.next_step)}[/]", soft_wrap=True, highlight=False)


def _section(console: Console, status: Status, section: str, items: list[PlanItem]) -> None:
    done = sum(item.mark is Mark.DONE for item in items)
    if done == len(items) and status.plan.total > LONG:
        text = Text(harmless(section or "without a heading"))
        text.append(f"  all {done}", style="dim")
        show_text(console, text, Text("✓ ", style="green"))
        return
    _heading(console, section, f"{done}/{len(items)}" if section else "")
    _items(console, items, status.plan.next_item)


def _heading(console: Console, name: str, aside: str = "") -> None:
    console.print()
    if name:
        show_text(console, Text.assemble((harmless(name), "bold"), (f"  {aside}", "dim")))


def _items(console: Console, items: Sequence[PlanItem], next_item: PlanItem | None) -> None:
    """Each item in its place; an entry that only groups some is shown above them."""
    shown: set[tuple[str, ...]] = set()
    for item in items:
        for depth in range(len(item.parents)):
            path = item.parents[: depth + 1]
            if path not in shown:
                shown.add(path)
                show_text(console, Text(harmless(path[-1]), style="dim"), _lead(depth, "  "))
        shown.add((*item.parents, item.text))
        sign, style = ("→", "bold") if item == next_item else _SIGNS[item.mark]
        show_text(console, _told(item, item == next_item), _lead(len(item.parents), sign, style))


def _lead(depth: int, sign: str, style: str = "") -> Text:
    return Text.assemble("  " * (depth + 1), (f"{sign:<2}", style))


def _told(item: PlanItem, is_next: bool) -> Text:
    text = Text(harmless(item.text) or "(no words)", style="bold" if is_next else "")
    if item.mark is Mark.DONE:
        text.stylize("dim")
    if item.reason:
        text.append(f"  abandoned: {harmless(item.reason)}", style="dim")
    return text


def _cycle(console: Console, status: Status) -> None:
    """The commits of the last cycle, each with the proofs noted on it."""
    if status.commits:
        console.print()
    for number, (commit, proofs) in enumerate(status.commits):
        label = "last cycle" if number == 0 else ""
        title = Text.assemble((commit.name[:7], "yellow"), f" {harmless(commit.subject)}")
        title.append(f"  {commit.age}", style="dim")
        show_text(console, title, Text(f"{label:<{LABEL}}", style="bold"))
        show_rows(console, [_proof(proof) for proof in proofs])


def _proof(proof: Proof) -> Row:
    text = proof.decisive or proof.reason.replace("-", " ")
    # of a test id the name: with its file it would not fit into a line
    subject = proof.subject.partition("::")[2] or proof.subject
    return Row(MARKS[proof.verdict], f"{subject}: {text}", proof.claim)


def branch_row(branch: RunBranch) -> Row:
    """What a run has left beside the user's branch, and how to get it."""
    commits = counted(branch.ahead, "commit")
    if branch.in_use:
        return Row(Sign.UNJUDGED, f"a run is at work, {commits} so far", branch.name)
    taken = "seenred go takes them over"
    if branch.behind:
        taken = f"git cherry-pick HEAD..{branch.name} takes them"
    remedy = f"{taken}, git branch -D {branch.name} drops them"
    return Row(Sign.NOTICE, f"{commits} that your branch lacks", branch.name, remedy)


def status_data(status: Status) -> dict[str, Any]:
    """The same for programs."""
    plan = status.plan
    return {
        "schema": "seenred.status/1",
        "plan": plan.name,
        "done": plan.done,
        "abandoned": plan.abandoned,
        "total": plan.total,
        "next": _item_data(plan.next_item) if plan.next_item else None,
        "unclear": status.unclear,
        "items": [_item_data(item) for item in plan.items],
        "discovered": [_item_data(item) for item in plan.discovered],
        "last_cycle": [*_cycle_data(status)],
        "branches": [
            {"name": b.name, "ahead": b.ahead, "behind": b.behind, "in_use": b.in_use}
            for b in status.branches
        ],
        "next_step": status.next_step,
    }


def _item_data(item: PlanItem) -> dict[str, Any]:
    return {
        "text": item.text,
        "section": item.section,
        "parents": [*item.parents],
        "line": item.line,
        "mark": item.mark,
        "test_id": item.test_id,
        "details": item.details,
        "reason": item.reason,
    }


def _cycle_data(status: Status) -> Iterator[dict[str, Any]]:
    for commit, proofs in status.commits:
        yield {
            "commit": commit.name,
            "subject": commit.subject,
            "kind": commit.kind,
            "run": commit.run,
            "proofs": [
                {
                    "claim": proof.claim,
                    "verdict": proof.verdict,
                    "subject": proof.subject,
                    "reason": proof.reason,
                    "decisive": proof.decisive,
                }
                for proof in proofs
            ],
        }


def _escaped(text: str) -> str:
    return harmless(text).replace("[", r"\[")
