from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from memory_blobs import MemoryBlobs
from scripted_runner import ScriptedRunner

from seenred.domain.observation import Ending, Observation, Outcome, SeenTest
from seenred.domain.tree import Tree
from seenred.referee.audit.recollecting import RecollectingRunner
from seenred.referee.proof.ports import Selection

BLOBS = MemoryBlobs()
FILES = {
    "cart.py": "",
    "price.py": "",
    "pytest.ini": "[pytest]\n",
    "README.md": "A shop.\n",
    "tests/test_cart.py": "import cart\n",
    "tests/test_price.py": "import price\n",
}
CART, PRICE = "tests/test_cart.py", "tests/test_price.py"
IDS = (f"{CART}::test_a", f"{PRICE}::test_b")


class Memory:
    """Keeps observations in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, Observation] = {}

    def recall(self, keys: Sequence[str]) -> Mapping[str, Observation]:
        return {key: self.kept[key] for key in keys if key in self.kept}

    def keep(self, seen: Mapping[str, Observation]) -> None:
        self.kept.update(seen)


def ending(*outcomes: Outcome, **more: object) -> Callable[[Tree, Selection], Observation]:
    """Answers with these outcomes for the two tests."""

    def answer(_: Tree, selection: Selection) -> Observation:
        chosen = [t for t in IDS if not selection.tests or t.partition("::")[0] in selection.tests]
        tests = [SeenTest(t, dict(zip(IDS, outcomes, strict=True))[t]) for t in chosen]
        return replace(Observation(tuple(chosen), tuple(tests), seconds=1.0), **more)  # type: ignore[arg-type]

    return answer


PASSING = ending(Outcome.PASSED, Outcome.PASSED)


def observe(
    memory: Memory,
    files: Mapping[str, str],
    selection: Selection = Selection(),
    answer: Callable[[Tree, Selection], Observation] = PASSING,
) -> tuple[Observation, list[tuple[str, ...]], int]:
    """What a new runner tells, what it ran, and how many files it did not run."""
    scripted = ScriptedRunner(answer)
    runner = RecollectingRunner(scripted, memory, BLOBS)
    seen = asyncio.run(runner.observe(BLOBS.tree(files), selection))
    return seen, [asked.tests for asked in scripted.asked], runner.recalled


def test_what_passed_on_the_same_tree_is_not_run_again() -> None:
    memory = Memory()
    first, ran, recalled = observe(memory, FILES)
    assert ([()], 0) == (ran, recalled)
    again, ran, recalled = observe(memory, FILES)
    assert ([], 2) == (ran, recalled)
    assert first.outcomes == again.outcomes
    assert (0, 2) == (first.recalled, again.recalled)
    assert set(first.selected) == set(again.selected)


def test_only_files_that_reach_a_difference_are_run() -> None:
    memory = Memory()
    observe(memory, FILES)
    seen, ran, _ = observe(memory, {**FILES, "cart.py": "x = 1\n"})
    assert [(CART,)] == ran
    assert set(IDS) == set(seen.outcomes)


def test_a_new_test_file_is_run() -> None:
    memory = Memory()
    observe(memory, FILES)
    _, ran, _ = observe(memory, {**FILES, "tests/test_new.py": "import cart\n"})
    assert [("tests/test_new.py",)] == ran


def test_settings_and_data_may_change_any_test_and_words_none() -> None:
    for changed, expected in (
        ({"pytest.ini": "[pytest]\naddopts = -x\n"}, [()]),
        ({"tests/data.json": "{}"}, [()]),
        ({"README.md": "Two shops.\n"}, []),
    ):
        memory = Memory()
        observe(memory, FILES)
        assert expected == observe(memory, {**FILES, **changed})[1]


def test_what_failed_is_never_remembered() -> None:
    memory = Memory()
    observe(memory, FILES, answer=ending(Outcome.FAILED, Outcome.PASSED))
    seen, ran, _ = observe(memory, FILES)
    assert [(CART,)] == ran
    assert Outcome.PASSED == seen.outcomes[IDS[0]]


def test_a_run_that_broke_off_is_not_remembered() -> None:
    memory = Memory()
    observe(memory, FILES, answer=ending(*[Outcome.PASSED] * 2, ending=Ending.TIMED_OUT))
    observe(memory, FILES, answer=ending(*[Outcome.PASSED] * 2, foreign={"cart": "/opt/cart.py"}))
    assert {} == memory.kept


def test_tests_that_lie_where_none_was_looked_for_stop_remembering() -> None:
    memory = Memory()
    inline = SeenTest("cart.py::cart.add", Outcome.PASSED)
    tests = (inline, *(SeenTest(t, Outcome.PASSED) for t in IDS))
    observe(memory, FILES, answer=ending(*[Outcome.PASSED] * 2, tests=tests))
    assert {} == memory.kept


def test_only_the_project_as_it_is_run_is_remembered() -> None:
    memory = Memory()
    observe(memory, FILES)
    for asked in (
        Selection((IDS[0],)),
        Selection(shuffle=1),
        Selection(hash_seed=1),
        Selection(trace=("cart.py",)),
    ):
        assert [asked.tests] == observe(memory, FILES, asked)[1]


def test_a_file_that_stand_ins_are_lent_to_is_run_and_not_remembered() -> None:
    memory = Memory()
    observe(memory, FILES)
    before = dict(memory.kept)
    lent = Selection(stand_ins={CART: ("cart:add",)})
    seen, ran, _ = observe(memory, {**FILES, CART: "from cart import add\n"}, lent)
    assert [(CART,)] == ran
    assert set(IDS) == set(seen.outcomes)
    assert before == memory.kept
    _, ran, _ = observe(Memory(), FILES, lent)
    assert [()] == ran


def test_files_are_shared_out_among_runs_beside_each_other() -> None:
    memory, files = Memory(), {**FILES, "tests/test_none.py": "def test_c(): pass\n"}
    observe(memory, files)
    scripted = ScriptedRunner(PASSING)
    runner = RecollectingRunner(scripted, memory, BLOBS, at_once=2)
    tree = BLOBS.tree({**files, "cart.py": "x = 1\n", "price.py": "x = 1\n"})
    seen = asyncio.run(runner.observe(tree))
    assert [(CART,), (PRICE,)] == [asked.tests for asked in scripted.asked]
    assert set(IDS) == set(seen.outcomes)
    assert 1 == runner.recalled
