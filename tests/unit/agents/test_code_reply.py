import pytest

from seenred.agents.code_reply import NoCode, read_code

ADD = "def add(a, b):\n    return a + b\n"

READABLE = [
    ("one block", f"```python\n{ADD}```"),
    ("prose around", f"Sure!\n\n```python\n{ADD}```\nThis adds."),
    ("no language", f"```\n{ADD}```"),
    ("tildes", f"~~~python\n{ADD}~~~"),
    ("no fence", f"Here you are:\n\n{ADD}\nThis function adds."),
    ("not closed", f"```python\n{ADD}"),
    ("another language first", f"```bash\npip install x\n```\n```python\n{ADD}```"),
    ("an example block after", f"```python\n{ADD}```\nUse it:\n```python\nadd(1, 2)\n```"),
    ("an improved block last", f"```python\ndef add(a, b): pass\n```\n```python\n{ADD}```"),
    ("indented fence", "  ```python\n  def add(a, b):\n      return a + b\n  ```"),
    ("demo calls", f"```python\n{ADD}print(add(1, 2))\nassert add(1, 1) == 2\n```"),
    ("CRLF", f"```python\n{ADD}```".replace("\n", "\r\n")),
]


@pytest.mark.parametrize("reply", [r[1] for r in READABLE], ids=[r[0] for r in READABLE])
def test_the_code_is_found(reply):
    assert read_code(reply, "add").strip() == ADD.strip()


def test_imports_of_another_block_are_kept():
    code = read_code("```python\nimport math\n```\n```python\ndef f(): return math.pi\n```", "f")
    assert code == "import math\ndef f(): return math.pi\n"


def test_a_method_of_a_class_counts():
    reply = "```python\nclass Solution:\n    def add(self, a, b):\n        return a + b\n```"
    assert "class Solution" in read_code(reply, "add")


@pytest.mark.parametrize(
    ("reply", "truncated", "reason"),
    [
        ("I cannot do that.", False, "no Python code"),
        ("", False, "no Python code"),
        ("```python\ndef add(a, b:\n```", False, "syntax error"),
        (f"```python\n{ADD}", True, "cut off"),
        ("```python\ndef plus(a, b): return a + b\n```", False, "`plus` but not `add`"),
        ("```python\nx = '\x00'\n```", False, "cannot be read|syntax error"),
    ],
)
def test_a_reply_without_the_code_says_why(reply, truncated, reason):
    import re

    found = read_code(reply, "add", truncated)
    assert isinstance(found, NoCode)
    assert re.search(reason, found.reason)
