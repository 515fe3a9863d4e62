"""One trip through red, green, refactor, as a state machine: what to do next, and what that shows.

    LOCATE ─▶ (TIDY) ─▶ TEST ─▶ CODE ─▶ MINIMISE ─▶ COMMIT ─▶ REFACTOR ─▶ COMMIT ─▶ end
                ▲ ▲       │       │         │
                │ └─ hard ┤       │         │
                └─ RESTART ◀──────┴─────────┘      … or ABANDON

It knows no clock, no model and no repository: the engine performs each action and says what was
seen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from seenred.domain.cycle_event import Ending


class Minimality(StrEnum):
    """What becomes of code that no test requires."""

    REPORT = "report"
    SHRINK = "shrink"
    STRICT = "strict"
    OFF = "off"


class Action(StrEnum):
    """What is to be done next."""

    LOCATE = "locate"
    TIDY = "tidy"
    COMMIT_TIDYING = "commit the tidying"
    TEST = "write the test"
    COMMIT_TEST = "commit the test"
    CODE = "write the code"
    MINIMISE = "minimise"
    COMMIT = "commit"
    REFACTOR = "refactor"
    COMMIT_REFACTORING = "commit the refactoring"
    RESTART = "restart"
    ABANDON = "abandon"


class Seen(StrEnum):
    """What performing an action showed."""

    DONE = "done"  # the action has no other outcome, or the best one
    NOTHING = "nothing to do"
    RED = "red"
    HARD = "red, and hard to write"  # the design is to be made easier first
    COVERED = "covered"
    GREEN = "green"
    REFUSED = "refused"
    UNNEEDED = "unneeded"
    HOPELESS = "hopeless"  # asking again cannot help
    UNWANTED = "unwanted"  # a person does not want this item


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen; `why` is the decisive line of what did not go well."""

    seen: Seen
    why: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """How long a cycle tries.

    Attributes:
        tests: proposals for the test, in each attempt.
        codes: proposals for the code, in each attempt.
        structures: proposals for a refactoring or a tidying.
        restarts: how often an attempt is dropped for another one, which tidies first.
        refactoring: whether a green is looked at for what could be put more simply.
    """

    tests: int = 4
    codes: int = 8
    structures: int = 2
    restarts: int = 1
    minimality: Minimality = Minimality.REPORT
    refactoring: bool = True


@dataclass(frozen=True, slots=True)
class Cycle:
    """Where a cycle stands.

    Attributes:
        action: what comes next; None when it is over.
        tries: how often this action was tried already and refused, in this attempt.
        restarts: attempts that were dropped.
        tidied: a tidying was asked for, successful or not: it is not asked for again.
        ending: how it ended.
        reason: the latest refusal; of an abandoned cycle, why.
    """

    policy: Policy = Policy()
    action: Action | None = Action.LOCATE
    tries: int = 0
    restarts: int = 0
    tidied: bool = False
    ending: Ending | None = None
    reason: str = ""


def next_action(cycle: Cycle) -> Action | None:
    """What is to be done now; None when the cycle is over."""
    return cycle.action


def apply(cycle: Cycle, evidence: Evidence) -> Cycle:
    """The cycle after its action showed `evidence`.

    Raises:
        ValueError: the action cannot show that, or the cycle is over.
    """
    if cycle.action is None or evidence.seen not in _SHOWN[cycle.action]:
        raise ValueError(f"{cycle.action or 'a cycle that is over'} cannot show {evidence.seen}")
    if evidence.seen is Seen.UNWANTED:
        return _go(cycle, Action.ABANDON, evidence.why)
    if evidence.seen in (Seen.REFUSED, Seen.UNNEEDED, Seen.HOPELESS):
        return _refused(cycle, cycle.action, evidence)
    return _accepted(cycle, cycle.action, evidence.seen)


def _go(cycle: Cycle, action: Action, why: str = "") -> Cycle:
    return replace(cycle, action=action, tries=0, reason=why)


def _accepted(cycle: Cycle, action: Action, seen: Seen) -> Cycle:
    if action is Action.CODE:
        off = cycle.policy.minimality is Minimality.OFF
        # the tries stay: what is minimised may have to be written again
        return replace(cycle, action=Action.COMMIT if off else Action.MINIMISE)
    if action is Action.COMMIT and cycle.policy.refactoring:
        return _go(cycle, Action.REFACTOR)
    if seen is Seen.HARD:
        return replace(_go(cycle, Action.CODE if cycle.tidied else Action.TIDY), tidied=True)
    if (end := _ENDS.get((action, seen))) is not None:
        return replace(cycle, action=None, ending=end)
    following = _go(cycle, _FOLLOWS[action, seen])
    again = action is Action.RESTART
    return replace(following, restarts=cycle.restarts + again, tidied=cycle.tidied or again)


def _refused(cycle: Cycle, action: Action, evidence: Evidence) -> Cycle:
    """Once more with the evidence, while there are tries; else on without it, or another way."""
    if evidence.seen is Seen.UNNEEDED:
        # the code was green: what it lacks is shown to the next proposal for it
        return _or_restart(replace(cycle, action=Action.CODE), Action.CODE, evidence)
    if action in _OPTIONAL:
        tries = cycle.tries + 1
        if evidence.seen is Seen.REFUSED and tries < cycle.policy.structures:
            return replace(cycle, tries=tries, reason=evidence.why)
        without = _OPTIONAL[action]
        if without is None:
            return replace(cycle, action=None, ending=Ending.COMMITTED, reason=evidence.why)
        return _go(cycle, without, evidence.why)
    return _or_restart(cycle, action, evidence)


def _or_restart(cycle: Cycle, action: Action, evidence: Evidence) -> Cycle:
    limit = {Action.TEST: cycle.policy.tests, Action.CODE: cycle.policy.codes}.get(action, 1)
    tries = cycle.tries + 1
    if evidence.seen is not Seen.HOPELESS and tries < limit:
        return replace(cycle, tries=tries, reason=evidence.why)
    if action in (Action.TEST, Action.CODE) and cycle.restarts < cycle.policy.restarts:
        return _go(cycle, Action.RESTART, evidence.why)
    return _go(cycle, Action.ABANDON, evidence.why)


_FOLLOWS = {
    (Action.LOCATE, Seen.DONE): Action.TEST,
    (Action.RESTART, Seen.DONE): Action.TIDY,
    (Action.TIDY, Seen.NOTHING): Action.TEST,
    (Action.TIDY, Seen.DONE): Action.COMMIT_TIDYING,
    (Action.COMMIT_TIDYING, Seen.DONE): Action.TEST,
    (Action.TEST, Seen.RED): Action.CODE,
    (Action.TEST, Seen.COVERED): Action.COMMIT_TEST,
    (Action.MINIMISE, Seen.DONE): Action.COMMIT,
    (Action.REFACTOR, Seen.DONE): Action.COMMIT_REFACTORING,
}

_ENDS = {
    (Action.COMMIT_TEST, Seen.DONE): Ending.COVERED,
    (Action.COMMIT, Seen.DONE): Ending.COMMITTED,
    (Action.REFACTOR, Seen.NOTHING): Ending.COMMITTED,
    (Action.COMMIT_REFACTORING, Seen.DONE): Ending.COMMITTED,
    (Action.ABANDON, Seen.DONE): Ending.ABANDONED,
}

# what a cycle can do without, and where it goes on when it has to; None is the end
_OPTIONAL: dict[Action, Action | None] = {Action.TIDY: Action.TEST, Action.REFACTOR: None}

_SHOWN = {
    Action.LOCATE: {Seen.DONE, Seen.HOPELESS, Seen.UNWANTED},
    Action.TIDY: {Seen.DONE, Seen.NOTHING, Seen.REFUSED, Seen.HOPELESS},
    Action.COMMIT_TIDYING: {Seen.DONE},
    Action.TEST: {Seen.RED, Seen.HARD, Seen.COVERED, Seen.REFUSED, Seen.HOPELESS, Seen.UNWANTED},
    Action.COMMIT_TEST: {Seen.DONE},
    Action.CODE: {Seen.GREEN, Seen.REFUSED, Seen.HOPELESS},
    Action.MINIMISE: {Seen.DONE, Seen.UNNEEDED},
    Action.COMMIT: {Seen.DONE},
    Action.REFACTOR: {Seen.DONE, Seen.NOTHING, Seen.REFUSED, Seen.HOPELESS},
    Action.COMMIT_REFACTORING: {Seen.DONE},
    Action.RESTART: {Seen.DONE},
    Action.ABANDON: {Seen.DONE},
}
