"""Finds the part of a long module that the failing inputs run."""

from __future__ import annotations

from dataclasses import replace

from seenred.agents.excerpt import documented, excerpt
from seenred.agents.given import Given
from seenred.engine.workflow.desk import LONG, Desk
from seenred.referee.suite import SourceSuite


async def located(desk: Desk, given: Given, name: str) -> Given:
    """Of a long module, only the functions that the failing tests run are shown whole."""
    source = desk.current.source
    lines = await failing_lines(desk, name) if len(source.splitlines()) > LONG else set()
    if not lines:
        return given
    return replace(given, inputs={**given.inputs, "version": excerpt(source, lines)})


async def failing_lines(desk: Desk, name: str) -> set[int]:
    """The lines of the current module that its failing tests run, 1-based."""
    suite, source = desk.suite, desk.current.source
    if not isinstance(suite, SourceSuite):
        return set()
    failing = {r.name for r in desk.results[desk.current.name].failures}
    lines: set[int] = set()
    for test, claim, _ in suite.claims:
        if test in failing:
            lines |= set(
                await desk.perform(
                    f"{name}/trace",
                    lambda e=claim.expression: suite.runner.trace(  # type: ignore[misc]
                        source, suite.module, e, suite.limits
                    ),
                    tuple[int, ...],
                )
            )
    return lines


async def to_write_anew(desk: Desk, name: str) -> list[str]:
    """Functions that say what they do: those that the failing tests name, else that they run."""
    suite = desk.suite
    if not isinstance(suite, SourceSuite):
        return []
    failing = {r.name for r in desk.results[desk.current.name].failures}
    called = " ".join(claim.expression for test, claim, _ in suite.claims if test in failing)
    found = documented(desk.current.source, await failing_lines(desk, name))
    return [function for function in found if f"{function}(" in called] or found
