"""A project with a test list, and replies of a model that works through it."""

from __future__ import annotations

import json
from pathlib import Path

from repository import Repository

PLAN = """# Calculator

## Test list

- [ ] `add(2, 3)` is 5
- [ ] `subtract(5, 3)` is 2
- [ ] dividing by zero raises ValueError
"""


def code(source: str) -> str:
    """A reply that holds code."""
    return f"```python\n{source}```"


ADD_TEST = code("def test_add():\n    assert add(2, 3) == 5\n")
ADD = code("def add(a, b):\n    return a + b\n")
WRONG_ADD = code("def add(a, b):\n    return a * b\n")
CONSTANT_ADD = code("def add(a, b):\n    return 5\n")
SUBTRACT_TEST = code("def test_subtract():\n    assert subtract(5, 3) == 2\n")
SUBTRACT = code("def subtract(a, b):\n    return a - b\n")
DIVIDE_TEST = code(
    "import pytest\n\ndef test_divide():\n"
    "    with pytest.raises(ValueError):\n        divide(1, 0)\n"
)
DIVIDE = code(
    "def divide(a, b):\n    if b == 0:\n        raise ValueError('b is 0')\n    return a / b\n"
)
EVERYTHING = (ADD_TEST, ADD, SUBTRACT_TEST, SUBTRACT, DIVIDE_TEST, DIVIDE)


class GoProject(Repository):
    """A repository of one's own identity with a list and nothing else."""

    def __init__(self, path: Path, plan: str = PLAN) -> None:
        super().__init__(path)
        self.git("config", "user.name", "Ada")
        self.git("config", "user.email", "ada@example.org")
        if plan:
            self.commit("chore: begin", {"PLAN.md": plan})

    def script(self, *replies: object) -> str:
        """A scripted model's name; its file lies outside of the repository."""
        path = self.path.parent / "script.json"
        path.write_text(json.dumps(list(replies)))
        return f"scripted:{path}"

    @property
    def subjects(self) -> list[str]:
        """Of all commits, oldest first."""
        return self.git("log", "--reverse", "--format=%s").splitlines()

    def read(self, name: str) -> str:
        return (self.path / name).read_text()
