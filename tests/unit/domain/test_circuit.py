import pytest

from seenred.domain.circuit import FAILURES, REST_SECONDS, SUCCESSES, Circuit, State


def after(*moves: str | float) -> tuple[Circuit, float]:
    """The circuit after moves; a number is time that goes by."""
    circuit, now = Circuit(), 1000.0
    for move in moves:
        if isinstance(move, float):
            now += move
        elif move == "fail":
            circuit = circuit.failed(now)
        elif move == "enter":
            assert circuit.admits(now)
            circuit = circuit.entered(now)
        elif move == "work":
            circuit = circuit.succeeded()
        else:
            circuit = circuit.left()
    return circuit, now


OPENED = ("fail",) * 5
TRIED = (*OPENED, 60.0, "enter")
WORKS = ("enter", "work")


@pytest.mark.parametrize(
    ("moves", "state", "admits"),
    [
        ((), State.CLOSED, True),
        (("fail",) * 4, State.CLOSED, True),
        (("fail",) * 4 + ("work",) + ("fail",) * 4, State.CLOSED, True),
        (("fail",) * 4 + ("leave",) + ("fail",), State.OPEN, False),
        (OPENED, State.OPEN, False),
        ((*OPENED, 59.9), State.OPEN, False),
        ((*OPENED, 60.0), State.OPEN, True),
        ((*OPENED, 30.0, "fail", 30.0), State.OPEN, True),
        ((*OPENED, 30.0, "work"), State.OPEN, False),
        (TRIED, State.HALF_OPEN, False),
        ((*TRIED, "leave"), State.HALF_OPEN, True),
        ((*TRIED, "work"), State.HALF_OPEN, True),
        ((*TRIED, "work", *WORKS), State.HALF_OPEN, True),
        ((*TRIED, "work", *WORKS, *WORKS), State.CLOSED, True),
        ((*TRIED, "work", *WORKS, *WORKS, *("fail",) * 4), State.CLOSED, True),
        ((*TRIED, "fail"), State.OPEN, False),
        ((*TRIED, "work", *WORKS, "enter", "fail"), State.OPEN, False),
        ((*TRIED, "fail", 60.0, *WORKS, *WORKS), State.HALF_OPEN, True),
    ],
)
def test_what_was_seen_decides_whether_the_provider_is_asked(moves, state, admits):
    circuit, now = after(*moves)
    assert (state, admits) == (circuit.state, circuit.admits(now))


def test_the_rest_is_counted_from_the_failure_that_opened_it():
    circuit, now = after(*OPENED, 20.0, "fail")
    assert circuit.rest(now) == 40.0
    circuit, now = after(*TRIED, "fail", 10.0)
    assert circuit.rest(now) == 50.0


def test_the_numbers_are_those_that_the_documentation_tells():
    assert (FAILURES, REST_SECONDS, SUCCESSES) == (5, 60.0, 3)
