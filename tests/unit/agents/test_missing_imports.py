import pytest

from seenred.agents.missing_imports import with_missing_imports


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("def f(x): return bisect.bisect_left(x, 1)\n", "import bisect"),
        ("def f(x): return deque(x)\n", "from collections import deque"),
        ("def f(x: List[int]): return x\n", "from typing import List"),
        ("def f(y, m): return monthrange(y, m)[1]\n", "from calendar import monthrange"),
        ("class A(ABC):\n    x = 1\n", "from abc import ABC"),
        ("class A(Enum):\n    x = 1\n", "from enum import Enum"),
        ("from bisect import bisect\ndef f(x): return bisect.bisect_left(x, 1)\n", "import bisect"),
    ],
)
def test_a_forgotten_import_is_added(code, first):
    mended = with_missing_imports(code)
    assert first == mended.splitlines()[0]
    compile(mended, "x", "exec")


@pytest.mark.parametrize(
    "code",
    [
        "import math\ndef f(x): return math.pi\n",
        "def f(deque): return deque\n",
        "def f(x): return unknown(x)\n",
        "from datetime import datetime\ndef f(): return datetime.now()\n",
        "def gcd(a, b): return a\ndef f(): return gcd(1, 2)\n",
    ],
)
def test_other_code_stays_as_it_is(code):
    assert code == with_missing_imports(code)


def test_a_future_import_stays_first():
    mended = with_missing_imports("from __future__ import annotations\nx = math.pi\n")
    assert ["from __future__ import annotations", "import math"] == mended.splitlines()[:2]


def test_what_stands_beside_is_not_imported():
    code = "def f(x): return gcd(x, math.pi)\n"
    beside = ["import math\n", "def gcd(a, b): return a\n"]
    assert with_missing_imports(code, beside) == code
    assert with_missing_imports(code, ["from numbers_of_ours import *\n"]) == code
