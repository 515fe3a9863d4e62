"""May tests be changed so? Production code stays, and nothing that was noticed goes unnoticed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from seenred.domain.count import counted
from seenred.domain.layout import (
    Layout,
    is_production,
    is_test,
    is_test_config,
    is_test_support,
)
from seenred.domain.mutant import Mutant, statement_mutants
from seenred.domain.observation import Observation, Outcome
from seenred.domain.proof import Claim, Detail, Proof, Verdict
from seenred.domain.tree import Tree
from seenred.referee.configuration import layout_of
from seenred.referee.proof.mutant_run import Fate, Ground, run_mutants
from seenred.referee.proof.objection import Objection
from seenred.referee.proof.ports import Blobs, SuiteRunner
from seenred.referee.proof.whole_run import problem_of, whole_suite

# mutants that are tried at most; more are thinned out evenly, and it is said
MOST_MUTANTS = 300


async def prove_test_only(runner: SuiteRunner, blobs: Blobs, base: Tree, tree: Tree) -> Proof:
    """Is only test code changed, and do the tests notice all that they noticed before?"""
    began = time.monotonic()
    changed = tree.changed_from(base)
    layout = layout_of(tree, blobs)
    objection = _not_tests(changed, layout)
    if objection is None:
        judged = await _judged(runner, blobs, base, tree, layout)
    proof = _proof(objection) if objection else judged
    inputs = {"base": base.digest, "tree": tree.digest}
    return replace(proof, inputs=inputs, seconds=time.monotonic() - began)


def _not_tests(changed: Sequence[str], layout: Layout) -> Objection | None:
    code = [path for path in changed if is_production(path, layout)]
    if code:
        return Objection(Verdict.REFUTED, "production-changed", f"{code[0]} is production code")
    settings = [path for path in changed if is_test_config(path)]
    if settings:
        what = f"{settings[0]} sets how the tests run"
        return Objection(Verdict.NOT_PROVEN, "configuration-changed", what)
    if not any(is_test(path, layout) or is_test_support(path, layout) for path in changed):
        return Objection(Verdict.NOT_APPLICABLE, "nothing-changed", "no test code has changed")
    return None


async def _judged(
    runner: SuiteRunner, blobs: Blobs, base: Tree, tree: Tree, layout: Layout
) -> Proof:
    code = tuple(p for p in tree.files if p.endswith(".py") and is_production(p, layout))
    before = await runner.observe(base, whole_suite(code))
    after = await runner.observe(tree, whole_suite(code))
    for seen, when in ((before, "before the change"), (after, "after the change")):
        if broken := problem_of(seen):
            return _proof(Objection(Verdict.NOT_PROVEN, "suite-unusable", f"{when}: {broken}"))
    if worse := _worse(before, after):
        return _proof(Objection(Verdict.REFUTED, "not-green", worse))
    changed = frozenset(tree.changed_from(base))
    old, new = _touched(before, changed, layout), Ground.of(after)
    mutants = _thinned(_mutants(blobs, base, old))
    noticed = [f for f in await run_mutants(runner, base, mutants, old) if not f.survived]
    again = await run_mutants(runner, tree, [fate.mutant for fate in noticed], new)
    return _compared(noticed, again, len(changed))


def _worse(before: Observation, after: Observation) -> str:
    """A test that fails now and did not fail under that id before."""
    for test in after.tests:
        was = before.of(test.test_id)
        fails = test.outcome in (Outcome.FAILED, Outcome.ERROR)
        if fails and (was is None or was.outcome is not test.outcome):
            return f"{test.test_id} {test.outcome}"
    known = {each.path for each in before.uncollected}
    new = [each for each in after.uncollected if each.path not in known]
    return f"{new[0].path} {new[0].failure.decisive}" if new else ""


def _touched(seen: Observation, changed: frozenset[str], layout: Layout) -> Ground:
    """What the tests of changed files do; all tests, when what serves them has changed."""
    ground = Ground.of(seen)
    if any(is_test_support(path, layout) for path in changed):
        return ground
    passing = tuple(t for t in ground.passing if t.partition("::")[0] in changed)
    return replace(ground, passing=passing)


def _mutants(blobs: Blobs, tree: Tree, ground: Ground) -> list[Mutant]:
    """Mutants of the code that those tests execute."""
    lines: dict[str, set[int]] = {}
    for test in ground.passing:
        for path, executed in ground.executed.get(test, {}).items():
            lines.setdefault(path, set()).update(executed)
    found: list[Mutant] = []
    for path in sorted(lines):
        source = blobs.read(tree.files[path].blob)
        found += statement_mutants(source, lines[path], path=path, values=True)
    return found


def _thinned(mutants: Sequence[Mutant]) -> list[Mutant]:
    step = max(1, -(-len(mutants) // MOST_MUTANTS))
    return list(mutants[::step])


def _compared(noticed: Sequence[Fate], again: Sequence[Fate], changed: int) -> Proof:
    lost = [(was, now) for was, now in zip(noticed, again, strict=True) if now.survived]
    values = {"mutants": len(noticed), "lost": len(lost), "files": changed}
    if lost:
        details = tuple(_lost(was) for was, _ in lost)
        decisive = f"{details[0].where} {details[0].what}"
        remedy = "keep the assertion that noticed it"
        refusal = Objection(Verdict.REFUTED, "notices-less", decisive, details, remedy)
        return replace(_proof(refusal), values=values)
    if not noticed:
        what = "the changed tests noticed no mutant before either"
        return replace(_proof(Objection(Verdict.PROVEN, "nothing-lost", what)), values=values)
    what = f"{counted(len(noticed), 'mutant')} noticed before, and still noticed"
    return replace(_proof(Objection(Verdict.PROVEN, "notices-as-much", what)), values=values)


def _lost(fate: Fate) -> Detail:
    what = f"{fate.noticed_by} noticed {fate.mutant.what}; now no test does"
    return Detail(what, fate.mutant.where, "lost", Verdict.REFUTED)


def _proof(objection: Objection) -> Proof:
    return objection.proof(Claim.TEST_ONLY, "tests")
