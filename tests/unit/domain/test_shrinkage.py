from textwrap import dedent

import pytest

from seenred.domain.shrinkage import removables, without

CODE = dedent("""
    import log

    def price(n):
        if n > 10:
            rate = 9
            kind = "many"
        else:
            kind = "few"
        if n < 0:
            raise ValueError(n)
        if n == 7:
            log.warning("seven")
        if n == 8:
            return 0
        with log.quiet():
            kind = 3
        return (n * 10, kind)

    def _spare(n):
        found = sorted([n])
        return len(found)

    def _noisy(n):
        print(n)
    """).lstrip()
REACHED = {4, 8, 9, 11, 13, 17}


def gone(code=CODE, old=None, reached=REACHED):
    return [piece.code for piece in removables(old, code.encode(), reached)]


def test_what_no_test_executes_goes_last_first():
    assert ["def _spare(n):", "rate = 9"] == gone()


def test_what_protects_refuses_leaves_or_has_effects_stays():
    left = without(CODE.encode(), removables(None, CODE.encode(), REACHED)).decode()
    for kept in (
        'kind = "many"',
        "raise ValueError",
        'log.warning("seven")',
        "return 0",
        "with log",
        "print(n)",
    ):
        assert kept in left


def test_whole_lines_go_and_the_blank_ones_before_them():
    left = without(CODE.encode(), removables(None, CODE.encode(), REACHED)[:1]).decode()
    spare = CODE[CODE.index("\n\ndef _spare") + 1 : CODE.index("\n\ndef _noisy") + 1]
    assert CODE.replace(spare, "") == left


def test_an_else_that_would_be_empty_goes_with_its_body():
    code = "def f(n):\n    if n:\n        a = 1\n    else:\n        a = 2\n    return n\n"
    (piece,) = removables(None, code.encode(), {2, 3, 6})
    assert (
        code.replace("    else:\n        a = 2\n", "") == without(code.encode(), [piece]).decode()
    )


def test_what_other_code_mentions_stays():
    called = CODE + "\nhandlers = [_spare]\n"
    assert ["rate = 9"] == gone(called)
    found = removables(None, CODE.encode(), REACHED, mentioned=["_spare"])
    assert ["rate = 9"] == [piece.code for piece in found]


def test_a_function_that_only_calls_what_computes_goes():
    code = "def _a(n):\n    return _b(n)\n\ndef _b(n):\n    return len(n)\n"
    assert ["def _a(n):"] == gone(code, reached=set())
    assert [] == gone(code.replace("len(n)", "print(n)"), reached=set())


def test_only_added_code_goes():
    assert [] == gone(old=CODE.encode())


@pytest.mark.parametrize(
    "code",
    [
        "def f(n):\n    if n: a = 1; b = 2\n    return n\n",
        "def f(n):\n    while n:\n        a = 1\n    return n\n",
        "@register\ndef f(n):\n    return n\n",
        "LIMIT = 3\n",
    ],
)
def test_what_cannot_be_cut_out_cleanly_stays(code):
    assert [] == gone(code, reached={2, 4} if "n:" in code else set())
