from __future__ import annotations

import asyncio
from collections.abc import Mapping

from memory_blobs import MemoryBlobs
from scripted_runner import ScriptedRunner

from seenred.domain.observation import Ending, Observation, Outcome, SeenTest
from seenred.domain.tree import Tree
from seenred.referee.audit.import_reach import ImportReach
from seenred.referee.audit.scoped import EnduringRunner, FilewiseRunner, ScopedRunner
from seenred.referee.proof.ports import Selection, SuiteRunner

BLOBS = MemoryBlobs()
FILES = {
    "cart.py": "",
    "price.py": "",
    "test_cart.py": "import cart\n",
    "test_price.py": "import price\n",
}
TREE = BLOBS.tree(FILES)
IDS = ("test_cart.py::test_a", "test_cart.py::test_b", "test_price.py::test_c")


def _chosen(selection: Selection) -> tuple[str, ...]:
    wanted = selection.tests or ("test_cart.py", "test_price.py")
    chosen = (t for t in IDS if t in wanted or t.partition("::")[0] in wanted)
    return tuple(test for test in chosen if test not in selection.deselected)


def passing(_: Tree, selection: Selection) -> Observation:
    chosen = _chosen(selection)
    executed = {"": {"cart.py": frozenset({1})}, **{t: {"cart.py": frozenset({2})} for t in chosen}}
    tests = tuple(SeenTest(test, Outcome.PASSED) for test in chosen)
    return Observation(chosen, tests, executed=executed, seconds=1.0)


def hanging(_: Tree, selection: Selection) -> Observation:
    """The second test never ends."""
    chosen = _chosen(selection)
    if IDS[1] not in chosen:
        return passing(_, selection)
    ended = tuple(SeenTest(t, Outcome.PASSED) for t in chosen[: chosen.index(IDS[1])])
    return Observation(chosen, ended, running=IDS[1], ending=Ending.TIMED_OUT, message="10 s")


def observe(runner: SuiteRunner, *asked: tuple[Mapping[str, str], Selection]) -> list[Observation]:
    async def each() -> list[Observation]:
        return [await runner.observe(BLOBS.tree(files), selection) for files, selection in asked]

    return asyncio.run(each())


def test_a_hanging_test_counts_as_failed_and_the_rest_is_run() -> None:
    scripted = ScriptedRunner(hanging)
    runner = EnduringRunner(scripted)
    first, again = observe(runner, (FILES, Selection()), (FILES, Selection()))
    expected = {IDS[0]: "passed", IDS[2]: "passed", IDS[1]: "failed"}
    assert expected == first.outcomes == again.outcomes
    assert (Ending.COMPLETED, IDS) == (first.ending, first.selected)
    assert [(), IDS[2:], ()] == [asked.tests for asked in scripted.asked]
    assert (IDS[1],) == scripted.asked[2].deselected


def test_who_asks_for_one_test_is_told_that_it_hangs() -> None:
    [seen] = observe(EnduringRunner(ScriptedRunner(hanging)), (FILES, Selection((IDS[1],))))
    assert Ending.TIMED_OUT == seen.ending


def test_only_files_that_reach_a_difference_are_run_again() -> None:
    scripted = ScriptedRunner(passing)
    runner = FilewiseRunner(scripted, ImportReach(BLOBS))
    both = Selection(("test_cart.py", "test_price.py"))
    changed = {**FILES, "cart.py": "x = 1\n"}
    first, second = observe(runner, (FILES, both), (changed, both))
    assert [both.tests, ("test_cart.py",)] == [asked.tests for asked in scripted.asked]
    assert first.outcomes == second.outcomes
    assert set(IDS) == set(second.selected)
    assert frozenset({1}) == second.executed[""]["cart.py"]


def test_lines_that_were_not_traced_are_traced_by_another_run() -> None:
    scripted = ScriptedRunner(passing)
    runner = FilewiseRunner(scripted, ImportReach(BLOBS))
    plain, traced = Selection(("test_cart.py",)), Selection(("test_cart.py",), trace=("cart.py",))
    observe(runner, (FILES, plain), (FILES, traced), (FILES, plain))
    assert [plain, traced] == scripted.asked


def test_anything_special_is_run_as_it_was_asked_for() -> None:
    scripted = ScriptedRunner(passing)
    runner = FilewiseRunner(scripted, ImportReach(BLOBS))
    special = [Selection(), Selection((IDS[0],)), Selection(("test_cart.py",), shuffle=1)]
    observe(runner, *((FILES, selection) for selection in special * 2))
    assert special * 2 == scripted.asked


def test_what_was_not_run_to_its_end_is_not_remembered() -> None:
    scripted = ScriptedRunner(hanging)
    runner = FilewiseRunner(scripted, ImportReach(BLOBS))
    asked = Selection(("test_cart.py",))
    observe(runner, (FILES, asked), (FILES, asked))
    assert [asked, asked] == scripted.asked


def test_the_whole_suite_means_the_files_of_the_scope() -> None:
    scripted = ScriptedRunner(passing)
    runner = ScopedRunner(scripted, {"test_price.py", "test_new.py"})
    one = Selection((IDS[0],))
    observe(runner, (FILES, Selection()), (FILES, one))
    assert [Selection(("test_price.py",)), one] == scripted.asked
    assert [Observation()] == observe(ScopedRunner(scripted, ()), (FILES, Selection()))
