"""Finds the part of a long module that the failing inputs run."""

from __future__ import annotations

from dataclasses import replace

from seenred.agents.excerpt import excerpt
from seenred.agents.given import Given
from seenred.domain.finding import Trial
from seenred.engine.desk import LONG, Desk
from seenred.referee.suite import SourceSuite


async def located(desk: Desk, given: Given, name: str) -> Given:
    """Of a long module, only the functions that the failing inputs run are shown whole."""
    suite = desk.suite
    source = desk.current.source
    if not isinstance(suite, SourceSuite) or len(source.splitlines()) <= LONG:
        return given
    failing = {r.shown_by for r in desk.results[desk.current.name].failures}
    trials = [f.trial for f in desk.confirmed if f.trial] + [
        Trial(expression=claim.expression)
        for _, claim, _ in suite.claims
        if claim.expression in failing
    ]
    lines: set[int] = set()
    for trial in trials:
        if trial.expression:
            lines |= set(
                await desk.perform(
                    f"{name}/trace",
                    lambda e=trial.expression: suite.runner.trace(source, e, suite.limits),  # type: ignore[misc]
                )
            )
    if not lines:
        return given
    return replace(given, inputs={**given.inputs, "version": excerpt(source, lines)})
