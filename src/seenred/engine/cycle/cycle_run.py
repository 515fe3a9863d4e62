"""Performs one cycle: asks the state machine what to do, does it, says what was seen."""

from __future__ import annotations

from seenred.domain.cycle import Action, Cycle, Evidence, Seen, apply, next_action
from seenred.domain.cycle_event import Phase, PhaseStarted
from seenred.domain.event import Noted
from seenred.engine.cycle.committing import (
    commit_abandonment,
    commit_behaviour,
    commit_structure,
    commit_test,
)
from seenred.engine.cycle.desk import CycleDesk
from seenred.engine.cycle.green import write_code
from seenred.engine.cycle.minimising import minimise
from seenred.engine.cycle.refactoring import refactor, tidy
from seenred.engine.cycle.reproducing import reproduce
from seenred.engine.cycle.siting import site

_PHASES = {
    Action.LOCATE: Phase.LOCATE,
    Action.TIDY: Phase.TIDY,
    Action.TEST: Phase.RED,
    Action.CODE: Phase.GREEN,
    Action.MINIMISE: Phase.MINIMAL,
    Action.REFACTOR: Phase.REFACTOR,
}


async def run_cycle(desk: CycleDesk) -> Cycle:
    """One item of the plan, to its end; what it commits is on the run's branch."""
    cycle, told = Cycle(desk.command.policy), None
    while (action := next_action(cycle)) is not None:
        phase = _PHASES.get(action)
        if phase and phase is not told:
            desk.listener(PhaseStarted(phase))
            told = phase
        cycle = apply(cycle, await _perform(desk, action, cycle))
    return cycle


async def _perform(desk: CycleDesk, action: Action, cycle: Cycle) -> Evidence:
    if action in _TRIED:
        return await _TRIED[action](desk, cycle.tries)
    if action is Action.LOCATE:
        await site(desk)
    elif action is Action.RESTART:
        _restart(desk, cycle.reason)
    elif action is Action.ABANDON:
        commit_abandonment(desk, cycle.reason)
    else:
        _COMMITTED[action](desk)
    return Evidence(Seen.DONE)


def _restart(desk: CycleDesk, reason: str) -> None:
    """Drop the attempt; what was tidied and committed stays."""
    desk.listener(Noted(f"Starting over: {reason}"))
    desk.test = desk.code = desk.refactored = None
    desk.held, desk.eased = None, True
    desk.beside = ()
    desk.refusals.clear()
    desk.proofs.clear()
    desk.start()
    desk.dropped += 1


def _commit_tidying(desk: CycleDesk) -> None:
    commit_structure(desk)
    desk.held = None  # it was written for the code as it was
    desk.start()


_TRIED = {
    Action.TEST: reproduce,
    Action.CODE: write_code,
    Action.MINIMISE: minimise,
    Action.TIDY: tidy,
    Action.REFACTOR: refactor,
}

_COMMITTED = {
    Action.COMMIT: commit_behaviour,
    Action.COMMIT_TEST: commit_test,
    Action.COMMIT_REFACTORING: commit_structure,
    Action.COMMIT_TIDYING: _commit_tidying,
}
