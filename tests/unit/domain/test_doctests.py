import ast

from seenred.domain.doctests import doctest_claims

MODULE = '''
"""Doc.

>>> f(1)
2
"""

def f(x):
    """
    >>> f(0)
    Traceback (most recent call last):
    ValueError: no
    >>> y = f(3)
    >>> y + 1, date(2024, 1, 1)
    (5, datetime.date(2024, 1, 1))
    >>> for i in y: pass
    >>> f(i)
    9
    """
'''


def test_each_example_is_a_claim():
    claims = doctest_claims(ast.parse(MODULE))
    assert [
        ("f(1)", "2", None),
        ("f(0)", None, "ValueError"),
        ("(lambda y: (y + 1, date(2024, 1, 1)))(f(3))", "(5, datetime.date(2024, 1, 1))", None),
    ] == [(c.expression, c.expected, c.raises) for c in claims]


def test_a_malformed_doctest_says_nothing():
    assert doctest_claims(ast.parse('"""\n>>>f(1)\n2\n"""')) == ()
