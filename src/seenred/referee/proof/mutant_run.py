"""Runs the tests on mutants: first those that reach the edited lines, then the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from seenred.domain.mutant import Mutant
from seenred.domain.observation import Ending, Observation, Outcome
from seenred.domain.tree import Tree
from seenred.referee.proof.ports import Selection, SuiteRunner, Variant

# A mutant that takes this many times as long as the slowest of its tests took is no longer the
# same program; on a busy machine anything less is noise.
_PATIENCE_FACTOR = 5.0
# Seconds that any test may take, however quick it was on the original.
_LEAST_SECONDS = 2.0
# Seconds of suite time that may be spent to run survivors against tests that do not reach them.
_WHOLE_SUITE = 60.0


@dataclass(frozen=True, slots=True)
class Ground:
    """What the tests do on the code as it is.

    Attributes:
        passing: ids in the order they ran; only these can notice anything.
        executed: lines per test and path; "" holds what ran at import and collection.
        seconds: of each test.
        total: of the whole run, seconds.
    """

    passing: tuple[str, ...]
    executed: dict[str, dict[str, frozenset[int]]]
    seconds: dict[str, float]
    total: float

    @classmethod
    def of(cls, observation: Observation) -> Ground:
        """The ground that one run of the whole suite gives."""
        passed = [test for test in observation.tests if test.outcome is Outcome.PASSED]
        executed = {test: dict(paths) for test, paths in observation.executed.items()}
        seconds = {test.test_id: test.seconds for test in passed}
        return cls(tuple(seconds), executed, seconds, observation.seconds)

    def reaching(self, mutant: Mutant) -> tuple[str, ...]:
        """Tests that execute the edited lines; for what runs at import, any line of the file.

        All of them, when the lines that are executed were not recorded.
        """
        if not self.executed:
            return self.passing
        lines = None if mutant.at_import else range(mutant.first, mutant.last + 1)
        return tuple(test for test in self.passing if self._reaches(test, mutant.path, lines))

    def reaches_at_import(self, mutant: Mutant) -> bool:
        """Whether the edited lines run before any test does."""
        return self._reaches("", mutant.path, range(mutant.first, mutant.last + 1))

    def limit(self, tests: Iterable[str]) -> float:
        """Seconds that one of these tests may take on a mutant."""
        slowest = max((self.seconds.get(test, 0.0) for test in tests), default=0.0)
        return max(_LEAST_SECONDS, _PATIENCE_FACTOR * slowest)

    def _reaches(self, test: str, path: str, lines: range | None) -> bool:
        executed = self.executed.get(test, {}).get(path, frozenset())
        return bool(executed) if lines is None else not executed.isdisjoint(lines)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mutant.

    Attributes:
        noticed_by: the test that no longer passed, or what else gave it away; "" for a survivor.
        reached: at least one test executes what was edited.
    """

    mutant: Mutant
    noticed_by: str
    reached: bool

    @property
    def survived(self) -> bool:
        """Whether every test stayed green."""
        return not self.noticed_by


async def run_mutants(
    runner: SuiteRunner, tree: Tree, mutants: Sequence[Mutant], ground: Ground
) -> list[Fate]:
    """The fate of each mutant, in order.

    A test that passes only after others have run is believed only when all of them have run.
    """
    fates = await _fates(runner, tree, mutants, ground)
    needy = await _needy(runner, tree, {fate.noticed_by for fate in fates}, ground)
    doubtful = [index for index, fate in enumerate(fates) if fate.noticed_by in needy]
    whole = [ground.passing for _ in doubtful]
    again = await _notice(runner, tree, [mutants[index] for index in doubtful], whole, ground)
    for index, noticed in zip(doubtful, again, strict=True):
        fates[index] = replace(fates[index], noticed_by=noticed)
    return fates


async def _needy(
    runner: SuiteRunner, tree: Tree, tests: Collection[str], ground: Ground
) -> frozenset[str]:
    """Those that pass only after others have run: alone they say nothing of a mutant."""
    chosen = [test for test in ground.passing if test in tests]
    variants = [Variant({}, Selection((test,), seconds=ground.limit((test,)))) for test in chosen]
    seen = await runner.observe_variants(tree, variants) if variants else []
    pairs = zip(chosen, seen, strict=True)
    return frozenset(test for test, each in pairs if noticed_by(each, (test,)))


async def _fates(
    runner: SuiteRunner, tree: Tree, mutants: Sequence[Mutant], ground: Ground
) -> list[Fate]:
    reaching = [ground.reaching(mutant) for mutant in mutants]
    noticed = await _notice(runner, tree, mutants, reaching, ground)
    left = [index for index, by in enumerate(noticed) if not by]
    if len(left) * ground.total <= _WHOLE_SUITE:
        rest = [_others(ground.passing, reaching[index]) for index in left]
        late = await _notice(runner, tree, [mutants[index] for index in left], rest, ground)
        for index, by in zip(left, late, strict=True):
            noticed[index] = by
    return [
        Fate(mutant, by, bool(tests) or ground.reaches_at_import(mutant))
        for mutant, by, tests in zip(mutants, noticed, reaching, strict=True)
    ]


async def _notice(
    runner: SuiteRunner,
    tree: Tree,
    mutants: Sequence[Mutant],
    tests: Sequence[tuple[str, ...]],
    ground: Ground,
) -> list[str]:
    """For each mutant what gave it away when some tests ran; "" without a test."""
    asked = [index for index, chosen in enumerate(tests) if chosen]
    variants = [_variant(mutants[index], tests[index], ground) for index in asked]
    noticed = [""] * len(mutants)
    seen = await runner.observe_variants(tree, variants) if variants else []
    for index, observation in zip(asked, seen, strict=True):
        noticed[index] = noticed_by(observation, tests[index])
    return noticed


def _variant(mutant: Mutant, tests: tuple[str, ...], ground: Ground) -> Variant:
    selection = Selection(tests=tests, stop_at_failure=True, seconds=ground.limit(tests))
    return Variant({mutant.path: mutant.source}, selection)


def noticed_by(observation: Observation, tests: Sequence[str]) -> str:
    """The first of the tests that no longer passes, or how else the run shows a difference."""
    for test in observation.tests:
        if test.outcome is not Outcome.PASSED and test.test_id in tests:
            return test.test_id
    if observation.ending is not Ending.COMPLETED:
        return observation.running or str(observation.ending)
    if observation.uncollected:
        return observation.uncollected[0].path
    return next((test for test in tests if observation.of(test) is None), "")


def _others(tests: tuple[str, ...], without: tuple[str, ...]) -> tuple[str, ...]:
    left_out = frozenset(without)
    return tuple(test for test in tests if test not in left_out)
