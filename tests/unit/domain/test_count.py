import pytest

from seenred.domain.count import agreed, counted


@pytest.mark.parametrize(("number", "told"), [(0, "0 tests"), (1, "1 test"), (2, "2 tests")])
def test_one_is_singular(number, told):
    assert told == counted(number, "test")


@pytest.mark.parametrize(("number", "told"), [(1, "1 test ends"), (2, "2 tests end")])
def test_the_verb_agrees_with_the_number(number, told):
    assert told == agreed(number, "test", "end")
