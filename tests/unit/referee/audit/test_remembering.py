from __future__ import annotations

import asyncio
from collections.abc import Sequence

from memory_blobs import MemoryBlobs

from seenred.domain.observation import Observation
from seenred.domain.tree import Tree
from seenred.referee.audit.remembering import RememberingRunner
from seenred.referee.proof.ports import Selection, Variant

BLOBS = MemoryBlobs()
ONE, OTHER = BLOBS.tree({"a.py": "1"}), BLOBS.tree({"a.py": "2"})


class CountingRunner:
    """Gives each run the number of the runs so far."""

    name = "counting"
    interpreter = "none"

    def __init__(self) -> None:
        self.asked: list[tuple[Tree, Selection]] = []

    async def observe(self, tree: Tree, selection: Selection = Selection()) -> Observation:
        self.asked.append((tree, selection))
        return Observation(message=f"{len(self.asked)}")

    async def observe_variants(self, tree: Tree, variants: Sequence[Variant]) -> list[Observation]:
        return [await self.observe(tree, variant.selection) for variant in variants]

    async def close(self) -> None:
        self.asked.clear()


def messages(*asked: tuple[Tree, Selection]) -> list[str]:
    runner = RememberingRunner(CountingRunner())

    async def ask() -> list[Observation]:
        return [await runner.observe(tree, selection) for tree, selection in asked]

    return [observation.message for observation in asyncio.run(ask())]


def test_the_same_tree_and_selection_are_run_once() -> None:
    again = Tree(dict(ONE.files))
    assert ["1", "1", "2"] == messages(
        (ONE, Selection()), (again, Selection()), (OTHER, Selection())
    )


def test_another_selection_is_run() -> None:
    asked = (Selection(("a",)), Selection(("a",), hash_seed=1), Selection(stand_ins={"a": ("b",)}))
    assert ["1", "2", "3"] == messages(*((ONE, selection) for selection in asked))


def test_what_was_traced_answers_for_less() -> None:
    traced, more = Selection(trace=("a.py", "b.py")), Selection(trace=("c.py",))
    asked = (traced, Selection(), Selection(trace=("b.py",)), more)
    assert ["1", "1", "1", "2"] == messages(*((ONE, selection) for selection in asked))


def test_the_same_variant_is_run_once() -> None:
    counting = CountingRunner()
    runner = RememberingRunner(counting)
    variants = [Variant({"a.py": text}, Selection()) for text in (b"1", b"2", b"1")]

    async def ask() -> list[Observation]:
        await runner.observe_variants(ONE, variants[:1])
        return await runner.observe_variants(ONE, variants)

    assert ["1", "2", "1"] == [each.message for each in asyncio.run(ask())]
    assert 2 == len(counting.asked)
