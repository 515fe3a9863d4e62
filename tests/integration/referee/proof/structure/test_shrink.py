"""What nobody needs is removed, and every test stays as it is."""

from __future__ import annotations

from textwrap import dedent

from seenred.domain.proof import Verdict
from seenred.referee.proof.minimal import prove_minimal
from seenred.referee.proof.shrink import shrink

TESTS = """
    from shop import price, use
    def test_few(): assert price(2) == 20
    def test_use(): assert use() == ["price"]
    """
SHOP = """
    def price(n):
        if n > 10:
            rate = 9
            cheap = 10
        if n < 0:
            raise ValueError(n)
        return n * 10

    def use():
        return [name for name in globals() if name in ("price", "_looked_up", "_spare")][:1]

    def _spare(n):
        return _more_spare(n)

    def _more_spare(n):
        return n
    """


def shrunk(laboratory, shop=SHOP, tests=TESTS):
    base = laboratory.tree({"test_shop.py": ""})
    tree = laboratory.tree({"shop.py": shop, "test_shop.py": tests})
    return base, laboratory.run(shrink, base, tree)


def test_it_goes_on_until_nothing_more_goes(laboratory):
    _, result = shrunk(laboratory)
    left = result.files["shop.py"].decode()
    assert "def _spare" not in left
    assert "def _more_spare" not in left
    assert "cheap = 10" not in left
    assert "raise ValueError(n)" in left
    spared = [detail.what for detail in result.removed if "spare" in detail.what]
    assert ["def _spare(n):", "def _more_spare(n):"] == spared


def test_what_is_left_is_still_green_and_smaller_again_by_nothing(laboratory):
    base, result = shrunk(laboratory)
    again = laboratory.run(shrink, base, result.tree)
    assert ({}, ()) == (again.files, again.removed)
    proof = laboratory.run(prove_minimal, base, result.tree)
    assert Verdict.NOT_PROVEN is proof.verdict


def test_what_a_test_minds_is_kept(laboratory):
    tests = """
        import inspect
        import shop
        def test_all(): assert inspect.getsource(shop).count("return") == 1
        """
    _, result = shrunk(laboratory, "def _spare(n):\n    return n\n\n_used = 1\n", tests)
    assert {} == result.files


def test_a_red_suite_is_left_alone(laboratory):
    _, result = shrunk(laboratory, tests="def test_red(): assert False\n")
    assert ({}, "no test passes on the code as it is") == (result.files, result.refusal)


def test_the_layout_of_what_stays_is_kept(laboratory):
    shop = "def f( n ):  # why\n    return n\n\n\ndef _g(n):\n    return n\n\n\nX = 1  # last\n"
    tests = "from shop import f\ndef test_f(): assert f(1) == 1\n"
    _, result = shrunk(laboratory, shop, tests)
    expected = "def f( n ):  # why\n    return n\n\n\nX = 1  # last\n"
    assert dedent(expected) == result.files["shop.py"].decode()
