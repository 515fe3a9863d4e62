import ast
from textwrap import dedent

import pytest

MODULE = dedent("""
    import logging
    import os.path
    import math
    import shop.prices
    from pathlib import Path
    from shutil import rmtree
    from . import stock

    log = logging.getLogger(__name__)


    def execute(order):
        return order


    def f(path, a, self):
        {}
    """).lstrip()


def effect(statement, path="src/shop/cart.py"):
    from seenred.domain.outside_effect import Outside

    module = ast.parse(MODULE.format(statement))
    return Outside.of(module, path).effect(module.body[-1].body[0])


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("print(a)", "print(a)"),
        ("rmtree(path)", "rmtree(path)"),
        ("os.system('ls')", "os.system('ls')"),
        ("log.warning('over')", "log.warning('over')"),
        ("Path(path).unlink()", "Path(path).unlink()"),
        ("path.write_text('')", "path.write_text('')"),
        ("os.environ['HOME'] = a", "os.environ['HOME']"),
        ("del os.environ['HOME']", "os.environ['HOME']"),
        ("if a: rmtree(path)", "rmtree(path)"),
        ("with open(path) as file: a = file", "open(path)"),
        ("def g(): rmtree(path)", "rmtree(path)"),
        ("x = a or log.info(a)", "log.info(a)"),
    ],
)
def test_what_acts_upon_something_outside_is_named(statement, told):
    assert effect(statement) == told


@pytest.mark.parametrize(
    "statement",
    [
        "x = math.floor(a) + len(str(a))",
        "x = os.path.join(path, a)",
        "x = Path(path)",
        "self.items.append(a)",
        "self.total = stock.count(a)",
        "x = shop.prices.total(a)",
        "x = self.execute(a)",
        "x = a.replace('a', 'b')",
        "raise logging.Broken(a)",
        "@logging.decorator()\n    def g(): return a",
        "def g(x=1) -> os.PathLike: return x",
    ],
)
def test_what_computes_or_is_the_projects_own_is_not(statement):
    assert effect(statement) == ""


def test_what_is_long_is_cut():
    assert effect(f"print('{'a' * 99}')") == f"print('{'a' * 43}…"
