"""Brings the commits of a cycle onto the user's branch, also when that has moved meanwhile."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from seenred.domain.cycle_event import Committed, Rebased
from seenred.domain.layout import is_production, is_test
from seenred.domain.proof import Claim, Proof, Verdict
from seenred.domain.tree import Tree
from seenred.engine.cycle.desk import Aim, CycleDesk, RedTest
from seenred.engine.cycle.ports import Delivery
from seenred.referee.audit.settled import settled
from seenred.referee.configuration import layout_of
from seenred.referee.proof.covered import prove_covered
from seenred.referee.proof.green import prove_green
from seenred.referee.proof.red import prove_red
from seenred.referee.proof.structural import prove_structural
from seenred.referee.proof.test_only import prove_test_only


async def deliver(desk: CycleDesk) -> str:
    """Fast-forward the user's branch; why the commits stay on the run's branch, or ""."""
    workshop = desk.workshop
    delivered = workshop.deliver()
    if delivered is Delivery.MOVED:
        if not workshop.rebase():
            return "your branch has moved on, and its new commits conflict with these"
        _rename(desk)
        if refused := await _refused_there(desk):
            return f"your branch has moved on, and upon it this is not proven: {refused}"
        delivered = workshop.deliver()
    return "" if delivered is Delivery.DELIVERED else workshop.obstacle


def _rename(desk: CycleDesk) -> None:
    """Take down the names that the commits have upon the user's new ones, and tell them."""
    ahead = desk.workshop.ahead
    desk.commits = list(ahead[len(ahead) - len(desk.commits) :])
    named = zip(desk.commits, desk.subjects, strict=False)
    desk.listener(Rebased(tuple(Committed(name, subject) for name, subject in named)))


async def _refused_there(desk: CycleDesk) -> str:
    """What is not proven of the cycle's work upon the user's new commits; "" if it all is."""
    for prove in _proofs(desk):
        proof = await desk.steps.run(desk.step("again"), prove)
        if proof.verdict is not Verdict.PROVEN:
            return f"{proof.claim}: {proof.decisive or proof.reason}"
    return ""


def _proofs(desk: CycleDesk) -> list[Callable[[], Awaitable[Proof]]]:
    """What has to be proven of the commits as they are now."""
    test = desk.test
    if test is not None and desk.code is not None:
        reds = [partial(_red, desk, test, each) for each in (test.test_id, *desk.beside)]
        return [*reds, partial(_green, desk, test)]
    if test is not None and test.proof.claim is Claim.COVERED:
        return [partial(_covered, desk, test)]
    return [partial(_same, desk)] if _code_changed(desk) else []


def _with_test(desk: CycleDesk, test: RedTest) -> Tree:
    """The test, as it is now, on the user's code."""
    file = desk.workshop.tree.files[test.path]
    return desk.workshop.onto.with_changes({test.path: file})


async def _red(desk: CycleDesk, test: RedTest, test_id: str) -> Proof:
    return await prove_red(
        desk.court.runner,
        desk.court.blobs,
        _with_test(desk, test),
        desk.workshop.tree,
        test_id,
        hang_is_red=desk.aim is Aim.DEFECT,
    )


async def _green(desk: CycleDesk, test: RedTest) -> Proof:
    court, moved, tree = desk.court, desk.workshop.onto, desk.workshop.tree
    before = await court.runner.observe(moved)
    proof = await prove_green(
        court.runner,
        court.blobs,
        before,
        _with_test(desk, test),
        tree,
        [test.test_id, *desk.beside],
        parent=moved,
        driving=True,
    )
    return await settled(proof, court.certifier, moved, tree)


async def _covered(desk: CycleDesk, test: RedTest) -> Proof:
    court = desk.court
    return await prove_covered(court.runner, court.blobs, desk.workshop.tree, test.test_id)


def _code_changed(desk: CycleDesk) -> list[str]:
    """Files of code and tests that the commits change."""
    changed = desk.workshop.tree.changed_from(desk.workshop.onto)
    layout = layout_of(desk.workshop.tree, desk.court.blobs)
    return [path for path in changed if is_production(path, layout) or is_test(path, layout)]


async def _same(desk: CycleDesk) -> Proof:
    """Of commits that change the structure only."""
    court, layout = desk.court, layout_of(desk.workshop.tree, desk.court.blobs)
    tests = all(is_test(path, layout) for path in _code_changed(desk))
    prove = prove_test_only if tests else prove_structural
    return await prove(court.runner, court.blobs, desk.workshop.onto, desk.workshop.tree)
