"""`seenred plan FEATURE.md`."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from seenred.bootstrap.budget import run_budget
from seenred.cli.place import working_folder
from seenred.cli.row import Mark, Row, harmless, show_rows, show_text
from seenred.cli.session import settings_from, watched
from seenred.domain.checkbox import read_checklist
from seenred.domain.count import counted
from seenred.domain.drafted_item import DraftedItem
from seenred.domain.left_out import LeftOut, left_out
from seenred.domain.plan import add_section, parse_plan
from seenred.errors import ExitCode, UsageError
from seenred.infrastructure.workspace.document import read_document
from seenred.infrastructure.workspace.plan_file import (
    find_plan,
    plan_to_be,
    read_plan,
    write_plan,
)

# sentences of a description that are told
_SHOWN = 6


def plan(given: Path, options: dict[str, Any]) -> int:
    """Draft a list, add it to the plan, and print what was added."""
    settings = settings_from(options)
    description = read_document(given)
    target = options["into"] or _target(settings.go.plan)
    _text(target, description, given)
    budget = run_budget(settings)
    items = watched(settings, lambda application: application.draft(description, budget))
    title = _title(description) or given.stem
    before = _text(target, description, given)
    known = {item.text for item in parse_plan(before).items}
    remarks = {one.text: _remark(one, given) for one in items if one.invented}
    write_plan(target, add_section(before, title, [one.text for one in items], remarks))
    added = [one for one in items if one.text not in known]
    missing = left_out(description, [*known, *(one.text for one in items)])
    if options["as_json"]:
        print(json.dumps(_data(target, added, missing), indent=2, ensure_ascii=False))
    else:
        _show(target, given, added, missing)
    return ExitCode.YES


def _target(named: str | None) -> Path:
    """The plan that holds here, or the one to be made."""
    folder = working_folder()
    try:
        found = find_plan(folder, named)
    except UsageError:
        found = plan_to_be(folder, named)
    return found.relative_to(folder) if found.is_relative_to(folder) else found


def _text(target: Path, description: str, given: Path) -> str:
    """The plan as it is now, or the beginning of a new one.

    Raises:
        UsageError: it cannot be read, or there is no folder to make it in.
    """
    if target.exists() or target.is_symlink():
        return read_plan(target)
    if not target.parent.is_dir():
        raise UsageError(
            "plan-folder-missing",
            f"{target.parent} is no folder, so {target.name} cannot be made there; make it first.",
        )
    about = _first_paragraph(description)
    title = _title(description) or given.stem
    return "\n\n".join([f"# {title}", *([about] if about else []), "## Test list"]) + "\n"


def _title(description: str) -> str:
    """The first heading of a description, or ""."""
    return next((heading.text for heading in read_checklist(description).headings), "")


def _first_paragraph(description: str) -> str:
    """The first words that are neither a heading nor a list."""
    paragraphs = re.split(r"\n\s*\n", description.strip())
    marks = re.compile(r"\s*(?:#|[-*+] |\d+[.)] |```|~~~|<|>|\|)")
    return next((one.strip() for one in paragraphs if not marks.match(one)), "")


def _remark(item: DraftedItem, given: Path) -> str:
    values = ", ".join(item.invented)
    return f"not in {given.name}, so check it: {values}"


def _show(
    target: Path, given: Path, items: Sequence[DraftedItem], missing: Sequence[LeftOut]
) -> None:
    console = Console(highlight=False)
    told = f"{counted(len(items), 'test')} drafted from {given.name}"
    show_text(console, Text.assemble((harmless(str(target)), "bold"), f"  {harmless(told)}"))
    for item in items:
        sign = Text("  ! ", style="yellow") if item.invented else Text("  · ", style="dim")
        show_text(console, Text(harmless(item.text)), sign)
    strange = list(dict.fromkeys(value for item in items for value in item.invented))
    if strange:
        console.print()
        text = f"not in {given.name}: {', '.join(strange)}"
        show_rows(console, [Row(Mark.NOTICE, text, remedy="check each, or take it out")])
    if missing:
        console.print()
        _show_left_out(console, given, missing)
    step = f"edit {target}, then seenred go" if items else "seenred status"
    console.print(f"\nNext: [bold]{step}[/]", soft_wrap=True)


def _show_left_out(console: Console, given: Path, missing: Sequence[LeftOut]) -> None:
    said = f"{given.name} has values that no test has"
    show_rows(console, [Row(Mark.NOTICE, said, remedy="add a test for what is to hold")])
    for each in missing[:_SHOWN]:
        show_text(console, Text(harmless(each.sentence)), Text("  · ", style="dim"))
    if len(missing) > _SHOWN:
        show_text(console, Text(f"and {len(missing) - _SHOWN} more", style="dim"), Text("    "))


def _data(target: Path, items: Sequence[DraftedItem], missing: Sequence[LeftOut]) -> dict[str, Any]:
    return {
        "schema": "seenred.plan/1",
        "plan": str(target),
        "items": [{"text": item.text, "invented": [*item.invented]} for item in items],
        "left_out": [{"text": one.sentence, "values": [*one.values]} for one in missing],
    }
