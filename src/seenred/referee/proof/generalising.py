"""Is a change the generalisation of the green right before it: fake it, then make it?"""

from __future__ import annotations

import time
from dataclasses import replace

from seenred.domain.count import counted
from seenred.domain.layout import is_production, is_test, is_test_config, is_test_support
from seenred.domain.proof import Claim, Proof, Verdict
from seenred.domain.renaming import Renaming
from seenred.domain.tree import Tree
from seenred.domain.version_pair import changed_functions
from seenred.referee.configuration import layout_of
from seenred.referee.proof.differential import compare, version_of
from seenred.referee.proof.objection import Objection
from seenred.referee.proof.outcome_change import outcome_objection
from seenred.referee.proof.ports import Blobs, SuiteRunner
from seenred.referee.proof.whole_run import problem_of, whole_suite


async def prove_generalising(
    runner: SuiteRunner, blobs: Blobs, red: Tree, green: Tree, tree: Tree
) -> Proof:
    """Does `tree` change only what `green` had just written, and are the same tests green?

    Args:
        red: the tree before the green step: with the test, without the code.
        green: the tree that the step `tree` follows directly.
    """
    began = time.monotonic()
    objection = _elsewhere(blobs, red, green, tree)
    proof = _proof(objection) if objection else await _run(runner, blobs, green, tree)
    inputs = {"red": red.digest, "green": green.digest, "tree": tree.digest}
    return replace(proof, inputs=inputs, seconds=time.monotonic() - began)


def _elsewhere(blobs: Blobs, red: Tree, green: Tree, tree: Tree) -> Objection | None:
    """Why the change isn't one of the code that the green has just written."""
    changed, layout = tree.changed_from(green), layout_of(tree, blobs)
    ours = [p for p in changed if is_test(p, layout) or is_test_support(p, layout)]
    frozen = [p for p in changed if p in ours or is_test_config(p)]
    if frozen:
        return Objection(Verdict.REFUTED, "tests-changed", f"{frozen[0]} has changed with it")
    code = [path for path in changed if is_production(path, layout)]
    if not code:
        return Objection(Verdict.NOT_APPLICABLE, "nothing-changed", "no code has changed")
    data = [path for path in code if not path.endswith(".py")]
    if data:
        return Objection(Verdict.NOT_PROVEN, "data-changed", f"{data[0]} is data beside the code")
    try:
        written = _functions(blobs, red, green)
        touched = _functions(blobs, green, tree, only_old=True)
    except SyntaxError as error:
        return Objection(Verdict.NOT_PROVEN, "not-python", f"not Python: {error.msg}")
    other = sorted(touched - written)
    if other or not touched:
        path, name = other[0] if other else (code[0], "what it changes")
        told = f"{path} {name} was not written by the green before"
        return Objection(Verdict.REFUTED, "not-after-its-green", told, remedy=_REMEDY)
    return None


_REMEDY = "write the test that needs it first, or show that it is structural"


def _functions(
    blobs: Blobs, base: Tree, tree: Tree, *, only_old: bool = False
) -> set[tuple[str, str]]:
    """The functions that a step changed; those that the base has too, or all of them."""
    paths = tuple(p for p in _code(blobs, base, tree) if p.endswith(".py"))
    old, new = version_of(blobs, base, paths), version_of(blobs, tree, paths)
    changed = changed_functions(old, new)
    return {place for place in changed if not only_old or place in old.functions}


def _code(blobs: Blobs, base: Tree, tree: Tree) -> tuple[str, ...]:
    layout = layout_of(tree, blobs)
    return tuple(path for path in tree.changed_from(base) if is_production(path, layout))


async def _run(runner: SuiteRunner, blobs: Blobs, green: Tree, tree: Tree) -> Proof:
    before = await runner.observe(green, whole_suite())
    if broken := problem_of(before):
        told = f"before the change: {broken}"
        return _proof(Objection(Verdict.NOT_PROVEN, "suite-unusable", told))
    paths = _code(blobs, green, tree)
    after = await runner.observe(tree, whole_suite(paths))
    objection = await outcome_objection(runner, (green, before), (tree, after), Renaming())
    if objection:
        return _proof(objection)
    shown = await compare(runner, blobs, green, tree, Renaming(), after, paths)
    more = f", otherwise on {shown.differences[0].what}" if shown.differences else ""
    decisive = f"{counted(len(after.tests), 'test')} green again{more}"
    proof = _proof(Objection(Verdict.PROVEN, "green-again", decisive, shown.differences))
    return replace(proof, values={"inputs": shown.inputs, "tests": len(after.tests)})


def _proof(objection: Objection) -> Proof:
    return objection.proof(Claim.GENERALISING, "change")
