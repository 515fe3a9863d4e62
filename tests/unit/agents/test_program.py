import re

import pytest

from seenred.agents.program import read_program

SOLVE = "def solve(n, xs):\n    return n + sum(xs)\n"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (SOLVE, "holds a program that never reads standard input"),
        (SOLVE + "print(solve(1, [2]))\n", "holds a program that never reads standard input"),
        ("def main():\n    print(int(input()))\n", None),
        ("def main():\n    print(int(input()))\nmain()\n", None),
        ("import sys\nprint(sum(map(int, sys.stdin)))\n", None),
        ("from sys import stdin\nprint(stdin.read())\n", None),
        ("import sys\nprint(open(0).read())\n", None),
        ("import fileinput\nprint(*fileinput.input())\n", None),
        ("import os\nprint(os.read(0, 9))\n", None),
    ],
)
def test_a_program_must_read_its_input(code, reason):
    read = read_program(f"```python\n{code}```")
    assert (read.reason if reason else reason) == reason
    assert reason or "print(" in read


@pytest.mark.parametrize(
    "code",
    [
        "def main():\n    print(input())\n",
        "def solve():\n    print(input())\n",
        "def double(x):\n    return 2 * x\n\ndef solve():\n    print(double(input()))\n",
        "def twice():\n    return 2 * input()\n\ndef run():\n    print(twice())\n",
        "class Solution:\n    pass\n\ndef main(args=None):\n    print(input())\n",
    ],
)
def test_a_program_that_only_defines_its_main_function_is_made_to_call_it(code):
    last = re.findall(r"^def (\w+)", code, re.MULTILINE)[-1]
    read = read_program(f"```python\n{code}```")
    assert f"{code.rstrip()}\n\n\n{last}()\n" == read


def test_a_program_whose_function_needs_arguments_is_asked_for_again():
    code = "def solve(text):\n    print(text, input())\n"
    assert "only defines `solve`" in read_program(f"```python\n{code}```").reason


def test_a_reply_without_code_says_so():
    assert "no Python code" in read_program("I cannot.").reason
