import pytest

from seenred.referee.proof.inside.growing import growable, grown
from seenred.referee.proof.inside.recipe import Kitchen
from seenred.referee.proof.inside.recorder import Call

RECIPE = Kitchen(lambda _: False, {}).recipe


def large(value, size=100):
    (recipe,) = grown(Call({"x": RECIPE(value)}), size).arguments.values()
    return recipe.build(lambda *_: None)


@pytest.mark.parametrize("value", [[3, 1], ["a"], "ab", {"a": 1}, [(1, "a")], [1.5], [], {3, 4}])
def test_a_sized_value_grows_to_the_size_and_keeps_its_kind(value):
    found = large(value)
    assert type(value) is type(found)
    assert 90 <= len(found) <= 100


def test_what_was_in_order_stays_in_order():
    assert sorted(large([1, 2, 5])) == large([1, 2, 5])
    assert sorted(large([5, 2, 1])) != large([5, 2, 1])


def test_a_number_grows_where_nothing_is_long():
    assert 100 == large(7)
    call = grown(Call({"xs": RECIPE([1]), "n": RECIPE(7)}), 100)
    assert "7" == call.arguments["n"].show()


def test_the_longest_call_grows():
    short, long = Call({"x": RECIPE([1])}), Call({"x": RECIPE([1, 2])})
    assert long is growable([short, long])
    assert growable([Call({"x": RECIPE(None)})]) is None


def test_the_same_size_gives_the_same_input():
    assert large([3, 1]) == large([3, 1])
