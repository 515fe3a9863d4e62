from itertools import islice

import pytest

from seenred.referee.proof.inside.recipe import Kitchen
from seenred.referee.proof.inside.recorder import Call
from seenred.referee.proof.inside.variation import Constants, calls_near, varied

RECIPE = Kitchen(lambda _: False, {}).recipe


def shown(value, *constants):
    return {each.show() for each in varied(RECIPE(value), Constants(constants))}


@pytest.mark.parametrize(
    ("value", "constants", "among"),
    [
        (5, (), {"0", "4", "6", "-5", "1"}),
        (5, (100,), {"99", "100", "101"}),
        (2.0, (), {"0.0", "-2.0", "3.0"}),
        ("ab", ("x",), {"''", "'x'", "'AB'", "'ba'", "' ab'"}),
        (True, (), {"False"}),
        ([1, 2], (), {"[]", "[2, 1]", "[1]", "[0, 2]", "[1, 2, 2]"}),
        ({"a": 1}, (), {"{}", "{'a': 0}"}),
        ((1, 2), (), {"(2, 1)"}),
    ],
)
def test_values_near_are_of_the_same_type(value, constants, among):
    found = shown(value, *constants)
    assert among <= found
    assert not any("None" in each for each in found)


def test_none_is_varied_by_nothing():
    assert set() == shown(None)


def test_the_calls_themselves_come_first_and_defaults_are_left_out():
    calls = [Call({"n": RECIPE(2), "off": RECIPE(0)})]
    near = list(islice(calls_near(calls, Constants(), ["off"]), 3))
    assert [["n", "off"], ["n"], ["n", "off"]] == [list(call.arguments) for call in near]


def test_mixtures_are_the_same_each_time():
    calls = [Call({"n": RECIPE(2), "xs": RECIPE([1, 2])}), Call({"n": RECIPE(9), "xs": RECIPE([])})]

    def written():
        near = islice(calls_near(calls, Constants(), []), 150)
        return [[each.show() for each in call.recipes] for call in near]

    assert written() == written()


def test_a_call_without_arguments_is_one_input():
    assert 1 == len(list(calls_near([Call({})], Constants(), [])))
