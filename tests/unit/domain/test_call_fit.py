import ast

import pytest

from seenred.domain.call_fit import fits, gives
from seenred.domain.public_surface import public_surface


def call_and_parameters(call, parameters):
    node = ast.parse(call, mode="eval").body
    offer = public_surface({"shop": f"def f({parameters}): pass".encode()})["shop.f"]
    return node, offer.parameters


@pytest.mark.parametrize(
    ("call", "parameters"),
    [
        ("f(1, 2)", "a, b"),
        ("f(1, b=2)", "a, b"),
        ("f(1)", "a, b=2"),
        ("f(1, 2, 3)", "a, *more"),
        ("f(1, c=3)", "a, **more"),
        ("f(1, b=2)", "a, *, b"),
        ("f(*both)", "a, b"),
        ("f(**both)", "a, b"),
    ],
)
def test_a_call_that_can_be_made_fits(call, parameters):
    assert fits(*call_and_parameters(call, parameters))


@pytest.mark.parametrize(
    ("call", "parameters"),
    [
        ("f(1, 2, 3)", "a, b"),
        ("f(1)", "a, b"),
        ("f(1, c=3)", "a"),
        ("f(1)", "a, *, b"),
        ("f(a=1)", "a, /"),
    ],
)
def test_a_call_that_cannot_be_made_does_not(call, parameters):
    assert not fits(*call_and_parameters(call, parameters))


@pytest.mark.parametrize(
    ("call", "given"), [("f(1, 2)", True), ("f(1, b=2)", True), ("f(**x)", True), ("f(1)", False)]
)
def test_a_call_gives_a_parameter_by_place_or_by_name(call, given):
    node, parameters = call_and_parameters(call, "a, b=0")
    assert given is gives(node, "b", parameters)
