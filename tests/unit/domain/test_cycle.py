"""The table of a cycle: each action, what it showed, what comes next."""

from itertools import product

import pytest

from seenred.domain.cycle import (
    Action,
    Cycle,
    Evidence,
    Minimality,
    Policy,
    Seen,
    apply,
    next_action,
)
from seenred.domain.cycle_event import Ending

A, S = Action, Seen


USUAL = Policy()


def after(*seen, policy=USUAL):
    """The cycle after these were seen, one after the other."""
    cycle = Cycle(policy)
    for each in seen:
        cycle = apply(cycle, each if isinstance(each, Evidence) else Evidence(each))
    return cycle


GREEN = (S.DONE, S.RED, S.GREEN, S.DONE)

WAY = [
    ((), A.LOCATE),
    ((S.DONE,), A.TEST),
    ((S.DONE, S.RED), A.CODE),
    ((S.DONE, S.RED, S.GREEN), A.MINIMISE),
    (GREEN, A.COMMIT),
    ((*GREEN, S.DONE), A.REFACTOR),
    ((*GREEN, S.DONE, S.DONE), A.COMMIT_REFACTORING),
    ((*GREEN, S.DONE, S.REFUSED), A.REFACTOR),
    ((S.DONE, S.COVERED), A.COMMIT_TEST),
    ((S.DONE, S.REFUSED), A.TEST),
    ((S.DONE, S.HOPELESS), A.RESTART),
    ((S.DONE, S.UNWANTED), A.ABANDON),
    ((S.HOPELESS,), A.ABANDON),
    ((S.UNWANTED,), A.ABANDON),
    ((S.DONE, S.RED, S.REFUSED), A.CODE),
    ((S.DONE, S.RED, *[S.REFUSED] * 8), A.RESTART),
    ((S.DONE, *[S.REFUSED] * 4), A.RESTART),
    ((S.DONE, S.HOPELESS, S.DONE), A.TIDY),
    ((S.DONE, S.HOPELESS, S.DONE, S.NOTHING), A.TEST),
    ((S.DONE, S.HOPELESS, S.DONE, S.REFUSED), A.TIDY),
    ((S.DONE, S.HOPELESS, S.DONE, S.REFUSED, S.REFUSED), A.TEST),
    ((S.DONE, S.HOPELESS, S.DONE, S.HOPELESS), A.TEST),
    ((S.DONE, S.HOPELESS, S.DONE, S.DONE), A.COMMIT_TIDYING),
    ((S.DONE, S.HOPELESS, S.DONE, S.DONE, S.DONE), A.TEST),
    ((S.DONE, S.HOPELESS, S.DONE, S.NOTHING, S.HOPELESS), A.ABANDON),
    ((S.DONE, S.RED, S.HOPELESS, S.DONE, S.NOTHING, S.RED, S.HOPELESS), A.ABANDON),
]


@pytest.mark.parametrize(("seen", "action"), WAY)
def test_what_was_seen_decides_what_comes_next(seen, action):
    assert next_action(after(*seen)) is action


HARD_WAY = [
    ((), A.TIDY),
    ((S.NOTHING,), A.TEST),
    ((S.REFUSED, S.REFUSED), A.TEST),
    ((S.DONE,), A.COMMIT_TIDYING),
    ((S.DONE, S.DONE), A.TEST),
    ((S.NOTHING, S.RED), A.CODE),
]


@pytest.mark.parametrize(("seen", "action"), HARD_WAY)
def test_before_a_test_that_is_hard_to_write_comes_a_tidying(seen, action):
    assert next_action(after(S.DONE, S.HARD, *seen)) is action


def test_a_test_is_taken_as_it_is_when_a_tidying_was_asked_for_already():
    hard = S.HARD
    assert next_action(after(S.DONE, hard, S.NOTHING, hard)) is A.CODE
    assert next_action(after(S.DONE, S.HOPELESS, S.DONE, S.NOTHING, hard)) is A.CODE


ENDS = [
    ((*GREEN, S.DONE, S.NOTHING), Ending.COMMITTED),
    ((*GREEN, S.DONE, S.DONE, S.DONE), Ending.COMMITTED),
    ((*GREEN, S.DONE, S.REFUSED, S.REFUSED), Ending.COMMITTED),
    ((*GREEN, S.DONE, S.HOPELESS), Ending.COMMITTED),
    ((S.DONE, S.COVERED, S.DONE), Ending.COVERED),
    ((S.UNWANTED, S.DONE), Ending.ABANDONED),
]


@pytest.mark.parametrize(("seen", "ending"), ENDS)
def test_a_cycle_ends_once(seen, ending):
    cycle = after(*seen)
    assert (next_action(cycle), cycle.ending) == (None, ending)
    with pytest.raises(ValueError, match="is over"):
        apply(cycle, Evidence(S.DONE))


def test_without_minimality_green_is_committed_at_once():
    policy = Policy(minimality=Minimality.OFF)
    assert next_action(after(S.DONE, S.RED, S.GREEN, policy=policy)) is A.COMMIT


def test_without_refactoring_a_commit_is_the_end():
    assert after(*GREEN, S.DONE, policy=Policy(refactoring=False)).ending is Ending.COMMITTED


def test_code_that_nobody_needs_is_written_again_and_not_for_ever():
    strict = Policy(codes=3, minimality=Minimality.STRICT)
    once = after(S.DONE, S.RED, S.GREEN, S.UNNEEDED, policy=strict)
    assert (once.action, once.tries) == (A.CODE, 1)
    for_ever = [S.GREEN, S.UNNEEDED] * 3
    assert after(S.DONE, S.RED, *for_ever, policy=strict).action is A.RESTART


def test_the_reason_of_the_latest_refusal_is_shown_to_the_next_proposal():
    refused = Evidence(S.REFUSED, "assert 3 == 4")
    assert after(S.DONE, S.RED, refused).reason == "assert 3 == 4"
    assert after(S.DONE, S.RED, refused, S.GREEN, S.DONE, S.DONE).reason == ""


def test_an_abandoned_cycle_says_why():
    hopeless = Evidence(S.HOPELESS, "no test could be written")
    cycle = after(S.DONE, hopeless, S.DONE, S.NOTHING, hopeless, S.DONE)
    assert (cycle.ending, cycle.reason) == (Ending.ABANDONED, "no test could be written")


@pytest.mark.parametrize(
    ("seen", "wrong"), [((), S.RED), ((S.DONE,), S.GREEN), ((S.DONE, S.RED), S.COVERED)]
)
def test_an_action_cannot_show_what_it_does_not_look_for(seen, wrong):
    with pytest.raises(ValueError, match="cannot show"):
        apply(after(*seen), Evidence(wrong))


def test_every_action_comes_to_an_end_whatever_is_refused():
    """However the evidence falls, a cycle is over within the sum of its limits."""
    policy = Policy(tests=2, codes=2, structures=1, restarts=1, minimality=Minimality.STRICT)
    answers = [(S.DONE, S.HARD, S.GREEN), (S.REFUSED, S.HOPELESS), (S.UNNEEDED, S.NOTHING)]
    for preference in product(range(3), repeat=6):
        cycle, steps = Cycle(policy), 0
        while cycle.action is not None:
            wanted = preference[steps % len(preference)]
            order = [*answers[wanted:], *answers[:wanted]]
            for seen in (each for group in order for each in group):
                try:
                    cycle = apply(cycle, Evidence(seen, "so"))
                except ValueError:
                    continue
                break
            steps += 1
            assert steps < 60
