"""How tools say what they complain of."""

import pytest

from seenred.infrastructure.checks.output import last_line, read_complaints

CLIPPY = """\x1b[1mwarning\x1b[0m: something about the toolchain
error: unused variable: `x`
 --> src/main.rs:2:7
  |
2 |   let x = 1;
  |       ^ help: if this is intentional, prefix it with an underscore: `_x`

error: could not compile `rt` (bin "rt") due to 1 previous error
"""
RUFF_FORMAT = """unformatted: File would be reformatted
 --> a.py:2:1
  |
1 | import os

1 file would be reformatted
"""
ROWS = {
    "ruff's concise form": (
        "a.py:1:8: F401 [*] `os` imported but unused\nFound 1 error.\n",
        [("a.py:1", "F401 `os` imported but unused")],
    ),
    "mypy": (
        "src/a.py:3: error: Incompatible return value type  [return-value]\n"
        "src/a.py:3: note: See https://mypy.readthedocs.io/en/stable\n",
        [("src/a.py:3", "Incompatible return value type  [return-value]")],
    ),
    "pyright": (
        '/repo/a.py\n  /repo/a.py:3:5 - error: "x" is not defined (reportUndefined)\n1 error\n',
        [("a.py:3", '"x" is not defined (reportUndefined)')],
    ),
    "ty": (
        "a.py:1:5: error[invalid-assignment] Object of type `str` is not assignable\n",
        [("a.py:1", "error[invalid-assignment] Object of type `str` is not assignable")],
    ),
    "clippy's short form": (
        "    Checking rt v0.1.0 (/repo)\nsrc/main.rs:2:7: error: unused variable: `x`: help: if\n",
        [("src/main.rs:2", "unused variable: `x`: help: if")],
    ),
    "clippy's long form": (CLIPPY, [("src/main.rs:2", "unused variable: `x`")]),
    "ruff format": (RUFF_FORMAT, [("a.py", "is not formatted")]),
    "an older ruff format": ("Would reformat: a.py\n1 file", [("a.py", "is not formatted")]),
    "black": ("would reformat /repo/a.py\nOh no!", [("a.py", "is not formatted")]),
    "cargo fmt": (
        "Diff in /repo/src/main.rs:1:\n fn main() {\n\x1b[31m-  let x = 1;\n\x1b(B\x1b[m",
        [("src/main.rs:1", "is not formatted")],
    ),
    "an older cargo fmt": (
        "Diff in /repo/src/main.rs at line 7:\n",
        [("src/main.rs:7", "is not formatted")],
    ),
    "the same twice": ("a.py:1: bad\na.py:1: bad\n", [("a.py:1", "bad")]),
    "nothing with a place": ("Traceback (most recent call last):\nValueError: 3:4: x\n", []),
}


def inside(path):
    return path.removeprefix("/repo/")


def line_of(path, line):
    return f"line {line} of {path}" if line else ""


@pytest.mark.parametrize(("output", "wanted"), ROWS.values(), ids=ROWS)
def test_what_a_tool_prints_is_read(output, wanted):
    found = read_complaints("it", output, inside, line_of)
    assert [(each.where, each.what) for each in found] == wanted


def test_a_complaint_knows_its_check_and_its_line_of_code():
    (found,) = read_complaints("flake8", "a.py:7:1: E999 bad", inside, line_of)
    assert ("flake8", "line 7 of a.py") == (found.check, found.code)


@pytest.mark.parametrize(
    ("output", "wanted"),
    [("one\n\x1b[31mtwo\x1b[0m\n\n", "two"), ("", "it said nothing"), ("x" * 300, "x" * 200)],
)
def test_the_last_line_stands_for_what_has_no_place(output, wanted):
    assert last_line(output) == wanted
