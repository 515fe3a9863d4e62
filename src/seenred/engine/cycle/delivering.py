"""Brings the commits of a cycle onto the user's branch, also when that has moved meanwhile."""

from __future__ import annotations

from seenred.domain.proof import Proof, Verdict
from seenred.engine.cycle.desk import CycleDesk, RedTest
from seenred.engine.cycle.ports import Delivery
from seenred.referee.audit.settled import settled
from seenred.referee.proof.green import prove_green
from seenred.referee.proof.red import prove_red


async def deliver(desk: CycleDesk) -> str:
    """Fast-forward the user's branch; why the commits stay on the run's branch, or ""."""
    workshop = desk.workshop
    delivered = workshop.deliver()
    if delivered is Delivery.MOVED:
        if not workshop.rebase():
            return "your branch has moved on, and its new commits conflict with these"
        # their names are others now
        desk.commits = list(workshop.ahead[len(workshop.ahead) - len(desk.commits) :])
        if refused := await _refused_there(desk):
            return f"your branch has moved on, and upon it this is not proven: {refused}"
        delivered = workshop.deliver()
    return "" if delivered is Delivery.DELIVERED else workshop.obstacle


async def _refused_there(desk: CycleDesk) -> str:
    """What is not proven of the cycle's work upon the user's new commits; "" if it all is."""
    test = desk.test
    if test is None or desk.code is None:
        return ""
    red = await _red_there(desk, test)
    if red.verdict is not Verdict.PROVEN:
        return f"red: {red.decisive or red.reason}"
    green = await _green_there(desk, test)
    return "" if green.verdict is Verdict.PROVEN else f"green: {green.decisive or green.reason}"


async def _red_there(desk: CycleDesk, test: RedTest) -> Proof:
    """The test, as it is now, on the user's code."""
    court, moved = desk.court, desk.workshop.onto
    file = desk.workshop.tree.files[test.path]
    tree = moved.with_changes({test.path: file})
    return await desk.steps.run(
        desk.step("red-again"),
        lambda: prove_red(court.runner, court.blobs, tree, desk.workshop.tree, test.test_id),
    )


async def _green_there(desk: CycleDesk, test: RedTest) -> Proof:
    court, moved, tree = desk.court, desk.workshop.onto, desk.workshop.tree
    red_tree = moved.with_changes({test.path: tree.files[test.path]})

    async def judge() -> Proof:
        before = await court.runner.observe(moved)
        proof = await prove_green(
            court.runner,
            court.blobs,
            before,
            red_tree,
            tree,
            [test.test_id],
            parent=moved,
            driving=True,
        )
        return await settled(proof, court.certifier, moved, tree)

    return await desk.steps.run(desk.step("green-again"), judge)
