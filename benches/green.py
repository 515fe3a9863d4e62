"""How often a model's code makes a right test green: what the green step of a cycle can do.

Each file of `right_tests` is one domain: items in order, each with a test that a person wrote and
that no prompt holds before its turn. An item whose candidates are all refused is left out, as an
abandoned one would be, and the next is tried. What counts as green is the referee's word, as when
Seenred drives: every earlier test too, controls red, no branch on a test's own input.
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import hashlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from seenred.agents.code_reply import NoCode
from seenred.agents.code_writer import CodeRequest, Refused, Way, code_prompt, way_of
from seenred.agents.edit.edit import Refusal, apply_edit, read_edit
from seenred.agents.shadowed_method import with_callable_methods
from seenred.bootstrap.cache import user_cache
from seenred.bootstrap.referee import Referee, Surroundings, open_referee
from seenred.domain.conversation import Prompt, Reply
from seenred.domain.observation import Observation, Outcome
from seenred.domain.proof import Verdict
from seenred.domain.tree import Entry, Tree
from seenred.engine.asking import candidate
from seenred.engine.cycle.refusing import refusal
from seenred.engine.ports import Model
from seenred.infrastructure.models.registry import open_model
from seenred.referee.proof.green import prove_green

DOMAINS = Path(__file__).parent / "right_tests"
CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a domain, with the test that a person wrote."""

    text: str
    imports: tuple[str, ...]
    test: str

    @property
    def name(self) -> str:
        """The test's name."""
        found = [n.name for n in ast.parse(self.test).body if isinstance(n, ast.FunctionDef)]
        return found[0]


@dataclass(slots=True)
class Tried:
    """What became of one item."""

    item: str
    way: str = ""
    candidates: int = 0
    tokens: int = 0
    model_seconds: float = 0.0
    seconds: float = 0.0
    why: list[str] = field(default_factory=list)


class Recorded:
    """A model whose replies are kept in a folder, so that what was asked once costs nothing."""

    def __init__(self, model: Model, folder: Path | None, log: Path | None) -> None:
        self.name = model.name
        self._model = model
        self._folder = folder
        self._log = log

    async def complete(self, prompt: Prompt, on_text: Callable[[str], None] | None = None) -> Reply:
        reply = await self._reply(prompt, on_text)
        if self._log is not None:
            with self._log.open("a") as log:
                asked = prompt.messages[-1].text
                log.write(f"{'=' * 40}\n{asked}\n{'-' * 40}\n{reply.text}\n")
        return reply

    async def _reply(self, prompt: Prompt, on_text: Callable[[str], None] | None) -> Reply:
        if self._folder is None:
            return await self._model.complete(prompt, on_text)
        asked = hashlib.sha256(repr((self.name, prompt)).encode()).hexdigest()
        path = self._folder / f"{asked}.json"
        if path.exists():
            return Reply(**json.loads(path.read_text()))
        reply = await self._model.complete(prompt, on_text)
        self._folder.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(reply)))
        return reply

    async def close(self) -> None:
        await self._model.close()


def items_of(path: Path) -> tuple[str, list[Item]]:
    """The module's name and the items of a domain."""
    data = tomllib.loads(path.read_text())
    return data["module"], [_item(each["item"], each["test"]) for each in data["items"]]


def _item(text: str, source: str) -> Item:
    module = ast.parse(source)
    imports = [n for n in module.body if isinstance(n, ast.Import | ast.ImportFrom)]
    rows = source.splitlines()
    last = max(node.end_lineno or 0 for node in imports)
    test = "\n".join(rows[last:]).strip("\n") + "\n"
    return Item(text, tuple(ast.unparse(node) for node in imports), test)


def test_file(items: list[Item]) -> str:
    """A test file that holds the items' tests."""
    imports = dict.fromkeys(line for item in items for line in item.imports)
    return "\n".join(imports) + "\n\n\n" + "\n\n".join(item.test for item in items)


class Domain:
    """The state of one domain while its items are tried."""

    def __init__(self, module: str, referee: Referee, model: Model, candidates: int) -> None:
        self.path = f"{module}.py"
        self.test_path = f"test_{module}.py"
        self.referee = referee
        self.model = model
        self.candidates = candidates
        self.tree = referee.history.working_tree()
        self.done: list[Item] = []

    async def try_item(self, item: Item, say: Callable[[str], None]) -> Tried:
        """Ask until a candidate is green, or all are refused."""
        tried, begun = Tried(item.text), time.monotonic()
        red = self._with(self.tree, self.test_path, test_file([*self.done, item]))
        test_id = f"{self.test_path}::{item.name}"
        before = await self.referee.runner.observe(self.tree)
        seen = await self.referee.runner.observe(red)
        if (failure := failure_of(seen, test_id)) is None:
            tried.way = "covered"
            self.tree, self.done = red, [*self.done, item]
            return tried
        request = CodeRequest(
            item=item.text,
            path=self.path,
            code=self._code(self.tree),
            test=item.test,
            failure=failure,
            earlier=tuple(each.test for each in self.done),
        )
        for number in range(1, self.candidates + 1):
            way = way_of(number, request)
            refused, tree = await self._candidate(request, way, number, red, before, test_id, tried)
            tried.candidates = number
            if refused is None and tree is not None:
                tried.way = str(way)
                self.tree, self.done = tree, [*self.done, item]
                break
            assert refused is not None
            tried.why.append(f"{way}: {refused.why}")
            say(f"    {number} {way}: {refused.why}")
            request = replace(request, refused=(*request.refused, refused))
        tried.seconds = time.monotonic() - begun
        return tried

    async def _candidate(
        self,
        request: CodeRequest,
        way: Way,
        number: int,
        red: Tree,
        before: Observation,
        test_id: str,
        tried: Tried,
    ) -> tuple[Refused | None, Tree | None]:
        first = way is Way.UNSEEN
        prompt = candidate(code_prompt(request, way), number, first, request.repeats)
        reply = await self.model.complete(prompt)
        tried.tokens += reply.prompt_tokens + reply.reply_tokens
        tried.model_seconds += reply.seconds
        code = written(reply, request)
        if isinstance(code, NoCode):
            return Refused("", f"the reply {code.reason}"), None
        tree = self._with(red, self.path, code)
        seen = await self.referee.runner.observe(tree)
        read = self._reader(tree)
        if any(each.outcome is not Outcome.PASSED for each in seen.tests) or not seen.tests:
            return refusal(code, seen, read, new=test_id), None
        proof = await prove_green(
            self.referee.runner,
            self.referee.blobs,
            before,
            red,
            tree,
            [test_id],
            observation=seen,
            parent=self.tree,
            driving=True,
        )
        if proof.verdict is not Verdict.PROVEN:
            return Refused(code, proof.decisive), None
        return None, tree

    def _reader(self, tree: Tree) -> Callable[[str], str]:
        return lambda path: self.referee.blobs.read(tree.files[path].blob).decode()

    def _code(self, tree: Tree) -> str:
        return self._reader(tree)(self.path) if self.path in tree else ""

    def _with(self, tree: Tree, path: str, text: str) -> Tree:
        return tree.with_changes({path: Entry(self.referee.blobs.add(text.encode()))})


def written(reply: Reply, request: CodeRequest) -> str | NoCode:
    """The file as the reply makes it."""
    sources = {request.path: request.code} if request.code else {}
    edit = read_edit(reply.text, sources, request.path, truncated=reply.truncated)
    if isinstance(edit, NoCode):
        return edit
    changed = apply_edit(sources, edit, (request.path,))
    if isinstance(changed, Refusal):
        return NoCode(changed.reason)
    return with_callable_methods(changed[request.path], request.test)


def failure_of(seen: Observation, test_id: str) -> str | None:
    """The decisive line of a test's failure, or None where it passed."""
    result = seen.of(test_id)
    if result is not None:
        return result.failure.decisive if result.failure else None
    return seen.uncollected[0].failure.decisive if seen.uncollected else seen.message


def make_repository(folder: Path) -> None:
    """An empty project of somebody's."""
    (folder / "pytest.ini").write_text("[pytest]\npythonpath = .\n")
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "begin")):
        subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


async def run_domain(path: Path, model: Model, candidates: int) -> list[Tried]:
    """All items of one domain."""
    module, items = items_of(path)
    print(module, flush=True)
    with tempfile.TemporaryDirectory() as name:
        make_repository(Path(name))
        around = Surroundings(python=Path(sys.executable))
        async with open_referee(Path(name), around) as referee:
            domain = Domain(module, referee, model, candidates)
            tried = []
            for item in items:
                each = await domain.try_item(item, lambda line: print(line, flush=True))
                tried.append(each)
                print(line_of(each), flush=True)
    return tried


def line_of(tried: Tried) -> str:
    """One item's result."""
    mark = "✓" if tried.way else "✗"
    figures = f"{tried.candidates} asked {tried.tokens} tokens {tried.model_seconds:.0f} s"
    return f"  {mark} {tried.way or 'lost':8} {figures:34} {tried.item}"


def summary(tried: list[Tried]) -> Iterator[str]:
    """What all of it comes to."""
    green = [each for each in tried if each.way]
    ways = Counter(each.way for each in green)
    yield f"{len(green)} of {len(tried)} green ({len(green) / len(tried):.0%}): {dict(ways)}"
    seconds = statistics.median(each.model_seconds for each in tried)
    yield (
        f"{sum(each.tokens for each in tried)} tokens, {sum(e.candidates for e in tried)} replies, "
        f"median {seconds:.0f} s of the model's an item"
    )


async def main() -> None:
    """Try the named domains, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("domains", nargs="*", type=Path)
    parser.add_argument("--model", default="local")
    parser.add_argument("--candidates", type=int, default=CANDIDATES)
    parser.add_argument("--record", type=Path, help="folder of replies that are not asked again")
    parser.add_argument("--log", type=Path, help="file for prompts and replies")
    given = parser.parse_args()
    opened = open_model(given.model, cache=user_cache() / "models")
    model = Recorded(opened, given.record, given.log)
    tried: list[Tried] = []
    try:
        for path in given.domains or sorted(DOMAINS.glob("*.toml")):
            tried += await run_domain(path, model, given.candidates)
    finally:
        await model.close()
    print(*summary(tried), sep="\n")


if __name__ == "__main__":
    asyncio.run(main())
