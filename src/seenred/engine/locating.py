"""Finds the part of a long module that the failing inputs run."""

from __future__ import annotations

from dataclasses import replace

from seenred.agents.excerpt import excerpt
from seenred.agents.given import Given
from seenred.engine.desk import LONG, Desk
from seenred.referee.suite import SourceSuite


async def located(desk: Desk, given: Given, name: str) -> Given:
    """Of a long module, only the functions that the failing inputs run are shown whole."""
    suite = desk.suite
    source = desk.current.source
    if not isinstance(suite, SourceSuite) or len(source.splitlines()) <= LONG:
        return given
    failing = {r.name for r in desk.results[desk.current.name].failures}
    expressions = [claim.expression for test, claim, _ in suite.claims if test in failing]
    lines: set[int] = set()
    for expression in expressions:
        lines |= set(
            await desk.perform(
                f"{name}/trace",
                lambda e=expression: suite.runner.trace(  # type: ignore[misc]
                    source, suite.module, e, suite.limits
                ),
            )
        )
    if not lines:
        return given
    return replace(given, inputs={**given.inputs, "version": excerpt(source, lines)})
