import asyncio

from memory_blobs import MemoryBlobs
from scripted_runner import ScriptedRunner

from seenred.domain.observation import Observation
from seenred.engine.cycle.lending import LendingRunner
from seenred.referee.proof.ports import Selection, Variant

BLOBS = MemoryBlobs()
LENT = BLOBS.tree({"data/rates.json": "{}", "calc.py": "old"}).files
TREE = BLOBS.tree({"calc.py": "new"})


class Seen:
    """A runner that answers nothing, and the trees that it got."""

    def __init__(self):
        self.trees = []
        self.runner = LendingRunner(ScriptedRunner(self._answer), LENT)

    def _answer(self, tree, _):
        self.trees.append(tree)
        return Observation()


def test_every_run_has_what_is_lent():
    seen = Seen()
    asyncio.run(seen.runner.observe(TREE))
    asyncio.run(seen.runner.observe(TREE, Selection(tests=("test_calc.py",))))
    asyncio.run(seen.runner.observe_variants(TREE, [Variant({"calc.py": b"x"}, Selection())]))
    assert [sorted(tree.files) for tree in seen.trees] == [["calc.py", "data/rates.json"]] * 3


def test_what_git_knows_is_as_git_knows_it():
    seen = Seen()
    asyncio.run(seen.runner.observe(TREE))
    assert seen.trees[0].files["calc.py"] == TREE.files["calc.py"]


def test_the_judged_tree_stays_as_it_is():
    before = dict(TREE.files)
    asyncio.run(Seen().runner.observe(TREE))
    assert before == TREE.files
