"""What a change brings over a house limit."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from seenred.domain.file_protocol import HouseLimits
from seenred.domain.house_limit import exceeded, sizes

LIMITS = HouseLimits(function=4, complexity=3, nesting=2, line=40, file=12)
CALM = "def add(a, b):\n    return a + b\n"
LONG = "def total():\n" + "    x = 1\n" * 4
ROOT = Path(__file__).parents[3]


def told(before, after, limits=LIMITS):
    found = exceeded(
        {path: text.encode() for path, text in before.items()},
        {path: text.encode() for path, text in after.items()},
        limits,
    )
    return [str(complaint) for complaint in found]


def only(code):
    (size,) = sizes(ast.parse(code))
    return size


ROWS = {
    "lines": (LONG, "a.py:1: total is 5 lines long, and 4 are allowed; split it"),
    "complexity": (
        "def f(a):\n    if a: return 1\n    if a: return 2\n    if a: return 3\n",
        "a.py:1: f has a complexity of 4, and 3 is allowed;"
        " take branches out into functions of their own",
    ),
    "nesting": (
        "def f(a):\n    for b in a:\n        if b:\n            with b: pass\n",
        "a.py:1: f is nested 3 levels deep, and 2 are allowed;"
        " return early, or take the inner block out",
    ),
    "a line": (
        "x = 1\n" + "y = " + "1" * 40 + "\n",
        "a.py:2: the line has 44 characters, and 40 are allowed",
    ),
    "a file": (
        "x = 1\n" * 13,
        "a.py: the file has 13 lines, and 12 are allowed; move a part of it",
    ),
    "a method": (
        "class A:\n    def b(self):\n" + "        x = 1\n" * 4,
        "a.py:2: A.b is 5 lines long, and 4 are allowed; split it",
    ),
}


@pytest.mark.parametrize(("code", "wanted"), ROWS.values(), ids=ROWS)
def test_what_is_new_and_over_a_limit_is_told(code, wanted):
    assert told({}, {"a.py": code}) == [wanted]


@pytest.mark.parametrize("code", [code for code, _ in ROWS.values()], ids=ROWS)
def test_what_was_over_before_is_not(code):
    assert told({"a.py": code}, {"a.py": code + "z = 1\n"}) == []


@pytest.mark.parametrize("code", [code for code, _ in ROWS.values() if "def" in code])
def test_a_definition_takes_its_debt_to_another_file(code):
    assert told({"a.py": code, "b.py": ""}, {"a.py": "", "b.py": code}) == []


def test_what_grows_over_the_limit_is_told():
    assert told({"a.py": CALM}, {"a.py": CALM + LONG}) == [
        "a.py:3: total is 5 lines long, and 4 are allowed; split it"
    ]


def test_another_limit_of_the_same_function_is_told_though_one_was_over():
    code = "def total(a):\n" + "    if a: return 1\n" * 4
    assert told({"a.py": LONG}, {"a.py": code}) == [
        "a.py:1: total has a complexity of 5, and 3 is allowed;"
        " take branches out into functions of their own"
    ]


def test_calm_code_is_let_alone():
    assert told({}, {"a.py": CALM, "b.py": ""}) == []


def test_what_is_no_python_is_left_out():
    assert (
        told({"a.py": "def ("}, {"a.py": "def (" * 20, "b.py": "é".encode("latin-1").hex()}) == []
    )


def test_a_docstring_is_no_length():
    assert only('def f():\n    """One.\n\n    Two.\n    """\n    return 1\n').lines == 2


@pytest.mark.parametrize(
    ("code", "nesting"),
    [
        ("def f(a): return a", 0),
        ("def f(a):\n    if a: pass\n    elif a: pass\n    elif a: pass\n    else: pass\n", 1),
        ("def f(a):\n    if a: pass\n    elif a:\n        for b in a: pass\n", 2),
        ("def f(a):\n    if a: pass\n    else:\n        if a: pass\n        a = 1\n", 2),
        ("def f(a):\n    try: pass\n    except E:\n        while a: pass\n", 2),
        ("def f(a):\n    match a:\n        case 1:\n            if a: pass\n", 2),
        ("async def f(a):\n    async with a:\n        async for b in a: pass\n", 2),
    ],
)
def test_blocks_are_counted_as_people_see_them(code, nesting):
    assert only(code).nesting == nesting


def test_a_function_inside_another_has_its_own_depth():
    code = "def f(a):\n    if a:\n        def g():\n            if a: pass\n"
    assert [(s.name, s.nesting) for s in sizes(ast.parse(code))] == [("f", 1), ("f.g", 1)]


def test_complexity_is_counted_as_ruff_does(tmp_path):
    """On our own code, which has every kind of branch."""
    settings = tmp_path / "ruff.toml"
    settings.write_text("[lint]\nselect = ['C901']\n[lint.mccabe]\nmax-complexity = 0\n")
    source = ROOT / "src" / "seenred"
    ruff = Path(sys.executable).with_name("ruff")
    words = [ruff, "check", "--no-cache", "--config", settings, "--output-format", "json", source]
    answer = subprocess.run(words, capture_output=True, check=False).stdout
    known = {
        (each["filename"], each["location"]["row"]): int(each["message"].split("(")[1].split()[0])
        for each in json.loads(answer)
    }
    ours = {
        (str(path), size.line): size.complexity
        for path in source.rglob("*.py")
        for size in sizes(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert len(known) > 1000
    assert {at: (n, ours.get(at)) for at, n in known.items() if ours.get(at) != n} == {}
