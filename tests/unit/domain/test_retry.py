import pytest

from seenred.domain.retry import LONGEST_WAIT, MOST_TRIES, POLICIES, Retries


def waits(code: str, asked: float | None = None) -> list[float]:
    """All waits until nobody tries again."""
    retries, found = Retries().after(code), []
    while (wait := retries.wait(code, asked)) is not None:
        found.append(wait)
        retries = retries.after(code)
    return found


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("model-busy", [2, 4, 8, 16, 32]),
        ("model-unavailable", [1, 2, 4]),
        ("model-unreachable", [0.5, 1, 2]),
        ("model-timeout", [1]),
        ("model-broken-off", [0.5, 1]),
        ("model-resting", [5]),
        ("model-refused", []),
        ("model-not-found", []),
    ],
)
def test_each_kind_is_tried_again_as_often_as_it_is_worth(code, expected):
    assert waits(code) == expected


def test_a_provider_that_says_when_is_asked_then_and_not_before():
    assert waits("model-busy", 20.0) == [20, 20, 20, 20, 32]


def test_a_provider_that_wants_to_be_asked_at_once_is_still_given_time():
    assert waits("model-busy", 0.0)[0] == 2


def test_what_wants_a_longer_wait_than_anybody_has_is_not_tried_again():
    assert waits("model-busy", LONGEST_WAIT + 1) == []
    assert waits("model-busy", LONGEST_WAIT)[0] == LONGEST_WAIT


def test_failures_of_changing_kinds_come_to_an_end():
    retries, tries = Retries(), 0
    kinds = sorted(POLICIES)
    while True:
        code = kinds[tries % len(kinds)]
        retries, tries = retries.after(code), tries + 1
        if retries.wait(code) is None:
            break
    assert tries <= MOST_TRIES
