import pytest

from seenred.engine.cycle.location.ranking import Frame
from seenred.engine.cycle.traced import frames_in

PATHS = ("cart.py", "shop/money.py", "shop/tax/rate.py", "old/rate.py", "tests/test_cart.py")

TRACEBACK = """\
Traceback (most recent call last):
  File "/srv/app/main.py", line 3, in <module>
    total()
  File "/srv/app/cart.py", line 12, in total
    return rounded(x)
  File "/srv/app/shop/money.py", line 2, in rounded
    return round(x, 2)
TypeError: type NoneType doesn't define __round__ method
"""

ROWS = {
    "a traceback, innermost first": (TRACEBACK, [("shop/money.py", 2), ("cart.py", 12)]),
    "of Windows": (r'File "C:\app\shop\money.py", line 2', [("shop/money.py", 2)]),
    "pytest's way": ("shop/money.py:7: ZeroDivisionError", [("shop/money.py", 7)]),
    "a name alone": ("it fails in money.py:7", [("shop/money.py", 7)]),
    "inline code": ("`money.py:7` is wrong", [("shop/money.py", 7)]),
    "in words": ("see `cart.py`, line 5", [("cart.py", 5)]),
    "in other words": ("line 5 of cart.py is wrong", [("cart.py", 5)]),
    "a link": ("https://example.org/app/blob/main/shop/money.py#L9", [("shop/money.py", 9)]),
    "twice": ("cart.py:5, and cart.py:5 again", [("cart.py", 5)]),
    "one of two files": ("rate.py:5", []),
    "no file of ours": ('File "/usr/lib/python3/json.py", line 5', []),
    "a package": ('File "/v/site-packages/cart.py", line 5', []),
    "no line": ("cart.py is wrong since 2019", []),
}


@pytest.mark.parametrize(("text", "expected"), ROWS.values(), ids=ROWS.keys())
def test_places_that_a_text_names_are_found(text, expected):
    assert frames_in(text, PATHS) == tuple(Frame(*each) for each in expected)
