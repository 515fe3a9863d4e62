"""How often the test that is written for a plan's item is right: passes on right code, only there.

Small domains lie in `red_items`, half of them held back from whoever tunes: a plan, for each item
a test that a person wrote, and the module with the item at which each line comes in (`#@3`) or
from when to when it is there (`#@1-2`). For each item the model sees the code as it was before.
`python benches/red_writer.py [seen|held|check] [--model local] [--draws 4] [--only DOMAIN]`;
`check` asks no model, but whether each person's test is red before its item and green at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import textwrap
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from seenred.agents.code_reply import NoCode
from seenred.agents.red.claimed import claimed_test
from seenred.agents.red.place import place_test
from seenred.agents.red.writer import RedRequest, WrittenTest, read_red, red_prompt
from seenred.domain.conversation import Prompt, Reply
from seenred.domain.plan import PlanItem
from seenred.domain.provenance import Origin
from seenred.engine.cycle.voting import voted
from seenred.engine.ports import Model
from seenred.errors import SeenredError
from seenred.infrastructure.models.registry import open_model

ITEMS = Path(__file__).parent / "red_items"
CACHE = Path.home() / ".cache" / "seenred" / "models"
WARMTH = 0.8


@dataclass(frozen=True, slots=True)
class Step:
    """An item at the moment when its test is to be written.

    Attributes:
        before: the module as it is then.
        after: the module when all is done.
        test: what a person would have written.
    """

    item: PlanItem
    module: str
    title: str
    before: str
    after: str
    tests: str
    test: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate and what became of it.

    Attributes:
        red: it fails on the code as it was.
        right: it passes on the right code as well.
    """

    test: WrittenTest | None
    why: str
    red: bool = False
    right: bool = False
    text: str = ""


def steps(path: Path) -> Iterator[Step]:
    """The items of a domain, in order."""
    text = path.read_text()
    title = text.splitlines()[0].removeprefix("# ")
    module = re.search(r"Module `(\w+)`", text)[1]  # type: ignore[index]
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    source = blocks.pop()
    tests = ""
    for number, (item, block) in enumerate(zip(_items(text), blocks, strict=True), 1):
        before = _at(source, number - 1)
        names = " , ".join(sorted(set(_names(_at(source, 99))) & set(re.findall(r"\w+", block))))
        imports = tuple(f"from {module} import {name}" for name in names.split(" , ") if name)
        imports += ("import pytest",) if "pytest" in block else ()
        body = textwrap.indent(block, "    ")
        name = f"test_{re.sub(r'[^a-z0-9]+', '_', item.text.lower()).strip('_')[:40]}"
        written = WrittenTest(name, f"def {name}():\n{body}", imports)
        step = Step(item, module, title, before, _at(source, 99), tests, place_test("", written))
        yield step
        tests = place_test(tests, written)


def _items(text: str) -> Iterator[PlanItem]:
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("## "):
            section = line[3:]
        if line.startswith("- [ ] "):
            yield PlanItem(line[6:], section, number)


def _at(source: str, step: int) -> str:
    """The module when the first `step` items are done."""
    lines = []
    for line in source.splitlines():
        tag = re.search(r"\s*#@(\d+)(?:-(\d+))?$", line)
        if tag and not int(tag[1]) <= step <= int(tag[2] or 99):
            continue
        lines.append(line[: tag.start()] if tag else line)
    text = "\n".join(lines).strip()
    return re.sub(r"\n{4,}", "\n\n\n", text) + "\n" if text else ""


def _names(source: str) -> list[str]:
    return re.findall(r"^(?:def|class) (\w+)", source, re.MULTILINE)


def passes(module: str, code: str, test_file: str) -> bool:
    """Whether a test file's last test passes beside a module."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, f"{module}.py").write_text(code)
        Path(folder, "test_it.py").write_text(test_file)
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "."]
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=60, check=False
        )
        return done.returncode == 0


def request_of(step: Step) -> RedRequest:
    return RedRequest(
        step.item, step.module, step.before, step.tests, tuple(_names(step.before)), "", step.title
    )


def judge(step: Step, read: WrittenTest | NoCode, text: str = "") -> Judged:
    if isinstance(read, NoCode):
        return Judged(None, read.reason, text=text)
    file = place_test("", read)
    try:
        if passes(step.module, step.before, file):
            return Judged(read, "passes already", text=text)
        right = passes(step.module, step.after, file)
    except subprocess.TimeoutExpired:
        return Judged(read, "hangs", text=text)
    return Judged(read, "" if right else "wrong", red=True, right=right, text=text)


class NotRecordedError(Exception):
    """The reply is not among the recorded ones, and no model is asked."""


class Recorded:
    """A model whose replies are kept in a folder, so that a changed reading costs no new ones."""

    def __init__(self, model: Model, folder: Path | None, offline: bool) -> None:
        self._model, self._folder, self._offline = model, folder, offline

    async def complete(self, prompt: Prompt) -> Reply:
        key = hashlib.sha256(repr((self._model.name, prompt)).encode()).hexdigest()[:24]
        path = self._folder / f"{key}.json" if self._folder else None
        if path is not None and path.exists():
            return Reply(**json.loads(path.read_text()))
        if self._offline:
            raise NotRecordedError
        reply = await self._model.complete(prompt)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(asdict(reply)))
        return reply


async def candidates(model: Recorded, step: Step, draws: int) -> list[Judged]:
    """The item's own claim, else the greedy candidate, and more until one is red; last the vote."""
    found: list[Judged] = []
    request = request_of(step)
    if (claimed := claimed_test(request)) is not None:
        found.append(judge(step, claimed))
        if found[0].red:
            return found
    for number in range(draws):
        warmth = WARMTH if number else 0.0
        reply: Reply = await model.complete(red_prompt(request, warmth, number or None))
        found.append(judge(step, read_red(reply, request), reply.text))
        if found[-1].red:
            break
        request = replace(request, lesson=f"it {found[-1].why}")
    latest = found[-1].test
    if found[-1].red and latest is not None and not latest.is_vouched:
        settled = await voted(model.complete, request, latest)
        if settled is not None:
            found.append(judge(step, settled))
    return found


def picked(found: list[Judged]) -> tuple[Judged, str]:
    """What a cycle that nobody watches would take, and why it may; else what it would show."""
    latest = found[-1]
    if not latest.red or latest.test is None or not latest.test.is_vouched:
        return latest, "open"
    is_voted = any(origin.origin is Origin.AGREED for origin in latest.test.origins)
    return latest, "voted" if is_voted else "vouched"


def show(step: Step, found: list[Judged], seconds: float, verbose: bool) -> None:
    chosen, why = picked(found)
    mark = "✓" if chosen.right else "✗"
    print(f"{mark} {step.item.text[:70]:70} {len(found)} drawn  {why:7} {seconds:4.0f} s")
    if chosen.right and not verbose:
        return
    for each in found:
        print(f"    · {each.why or 'right'}")
        shown = each.test.source if each.test else each.text
        print(textwrap.indent(shown.rstrip(), "        "))
        for origin in each.test.origins if each.test else ():
            print(f"        # {origin.line}: {origin.value} — {origin.origin.value}")


async def run(arguments: argparse.Namespace) -> None:
    opened = open_model(arguments.model, cache=CACHE)
    folder = Path(arguments.record) if arguments.record else None
    model = Recorded(opened, folder, arguments.offline)
    counts: Counter[str] = Counter()
    spent: list[float] = []
    for path in sorted((ITEMS / arguments.part).glob("*.md")):
        if arguments.only and arguments.only not in path.stem:
            continue
        print(f"\n{path.stem}")
        for step in steps(path):
            begun = time.monotonic()
            try:
                found = await candidates(model, step, arguments.draws)
            except NotRecordedError:
                continue
            spent.append(time.monotonic() - begun)
            show(step, found, spent[-1], arguments.verbose)
            chosen, why = picked(found)
            counts["items"] += 1
            counts["first right"] += found[0].right
            counts[
                f"{why} {'right' if chosen.right else 'wrong' if chosen.red else 'not red'}"
            ] += 1
            sys.stdout.flush()
    await opened.close()
    print(f"\n{dict(sorted(counts.items()))}  median {sorted(spent)[len(spent) // 2]:.0f} s")


def check() -> None:
    """The oracle itself: each test of a person's is red before and green after."""
    for path in sorted(ITEMS.rglob("*.md")):
        for step in steps(path):
            red = not passes(step.module, step.before, step.test)
            green = passes(step.module, step.after, step.test)
            if not (red and green):
                print(
                    path.stem,
                    step.item.text,
                    "red" if red else "NOT RED",
                    "green" if green else "NOT GREEN",
                )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("part", nargs="?", default="seen", choices=["seen", "held", "check"])
    parser.add_argument("--model", default="local")
    parser.add_argument("--draws", type=int, default=4)
    parser.add_argument("--only", default="")
    parser.add_argument("--record", default="", help="folder for the replies, to read them again")
    parser.add_argument("--offline", action="store_true", help="only what is recorded")
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    if arguments.part == "check":
        check()
        return
    try:
        asyncio.run(run(arguments))
    except SeenredError as error:
        sys.exit(error.message)


if __name__ == "__main__":
    main()
