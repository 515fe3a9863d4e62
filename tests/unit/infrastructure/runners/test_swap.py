"""Functions of a loaded module become those of another version of its file."""

import importlib.util
import sys

import pytest

from seenred.infrastructure.runners.suite.inside.looks import Looks
from seenred.infrastructure.runners.suite.inside.runs import TracedRuns, runs_of
from seenred.infrastructure.runners.suite.inside.swap import CannotSwap, Loaded

SOURCE = """
import functools, inspect
def price(n, discount=0, *, rounded=False):
    return (round(n - discount) if rounded else n - discount)
class Cart:
    def add(self, n=1):
        return n
def kept(function):
    function.kept = function.__defaults__
    return function
@kept
def noted(n=1):
    return noted.kept
def made(n=1):
    return n
MADE = made()
def seen(n=1, *, m=1):
    return n
SEEN = inspect.signature(seen)
def given(n=1):
    return n
given.__defaults__ = (3,)
def gone():
    return 1
del gone
"""


@pytest.fixture(scope="module")
def looks():
    return Looks()


@pytest.fixture(params=[runs_of, TracedRuns])
def swapped(request, tmp_path, monkeypatch, looks):
    """The module as it was loaded, and how it is swapped."""
    path = tmp_path / "shop.py"
    path.write_text(SOURCE)
    spec = importlib.util.spec_from_file_location("shop_to_swap", path)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "shop_to_swap", module)
    runs = request.param(str(tmp_path), ["shop.py"])
    runs.start()
    spec.loader.exec_module(module)
    runs.stop()

    def swap(old, new):
        assert old in SOURCE
        loaded = Loaded(str(tmp_path), ["shop.py"], runs, None, looks)
        loaded.swap("shop.py", SOURCE.replace(old, new).encode()).make()
        return module

    return swap


@pytest.mark.parametrize(
    ("old", "new", "call", "value"),
    [
        ("discount=0", "discount=1", "price(5)", 4),
        ("rounded=False", "rounded=True", "price(5.4)", 5),
        ("add(self, n=1)", "add(self, n=[2])", "Cart().add()", [2]),
        ("n - discount)", "n + discount)", "price(5, 1)", 6),
        ("discount=0, *, rounded=False", "discount=2, *, rounded=True", "price(5.4)", 3),
    ],
)
def test_functions_and_literal_defaults_are_swapped(swapped, old, new, call, value):
    assert value == eval(call, vars(swapped(old, new)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("noted(n=1)", "noted(n=2)"),
        ("made(n=1)", "made(n=2)"),
        ("seen(n=1", "seen(n=2"),
        ("m=1", "m=2"),
        ("given(n=1)", "given(n=2)"),
        ("discount=0", "discount=len('ab')"),
        ("discount=0", "discount"),
        ("price(n", "cost(n"),
        ("MADE = made()", "MADE = 2"),
        ("return 1\n", "return 3\n"),
        ("return n\n", "return (\n"),
    ],
)
def test_what_is_more_than_that_has_to_be_loaded(swapped, old, new):
    with pytest.raises(CannotSwap):
        swapped(old, new)
