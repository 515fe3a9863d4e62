from __future__ import annotations

import asyncio

from seenred.domain.observation import Observation
from seenred.domain.tree import Tree
from seenred.infrastructure.runners.suite.pool import SuiteRunnerPool
from seenred.referee.proof.ports import Selection, Variant


class Worker:
    """Tells which variants it was given; never busy with two things."""

    interpreter = ".venv 3.12"
    name = "worker"

    def __init__(self) -> None:
        self.busy = False
        self.closed = 0
        self.seen: list[Variant] = []

    async def observe(self, tree: Tree, selection: Selection = Selection()) -> Observation:
        return (await self.observe_variants(tree, [Variant({}, selection)]))[0]

    async def observe_variants(self, _: Tree, variants: list[Variant]) -> list[Observation]:
        assert not self.busy
        self.busy = True
        await asyncio.sleep(0)
        self.seen += variants
        self.busy = False
        return [Observation(selected=v.selection.tests) for v in variants]

    async def close(self) -> None:
        self.closed += 1


def _variants(number):
    return [Variant({}, Selection((str(index),))) for index in range(number)]


def test_variants_are_shared_out_and_come_back_in_order():
    workers = [Worker(), Worker(), Worker()]
    found = asyncio.run(SuiteRunnerPool(workers).observe_variants(Tree({}), _variants(7)))
    assert [(str(index),) for index in range(7)] == [each.selected for each in found]
    assert [3, 3, 1] == [len(worker.seen) for worker in workers]


def test_no_variants_are_nobodys_work():
    assert [] == asyncio.run(SuiteRunnerPool([Worker()]).observe_variants(Tree({}), []))


def test_no_runner_is_given_two_things_at_once():
    async def crowd():
        pool = SuiteRunnerPool([Worker(), Worker()])
        return await asyncio.gather(*(pool.observe(Tree({})) for _ in range(6)))

    assert 6 == len(asyncio.run(crowd()))


def test_all_are_closed():
    workers = [Worker(), Worker()]
    asyncio.run(SuiteRunnerPool(workers).close())
    assert [1, 1] == [worker.closed for worker in workers]


def test_the_name_tells_how_many_there_are():
    assert "2 × worker" == SuiteRunnerPool([Worker(), Worker()]).name
