from __future__ import annotations

import pytest

from seenred.agents.copied_argument import with_copied_arguments

_SORTS = """def smallest(rows, limit=3):
    \"\"\"The smallest.\"\"\"
    rows.sort()
    return rows[:limit]
"""


def test_a_function_begins_by_copying_what_it_was_given() -> None:
    scope: dict[str, object] = {}
    given = [3, 1, 2]

    exec(with_copied_arguments(_SORTS, "smallest"), scope)

    assert scope["smallest"](given, 2) == [1, 2]  # type: ignore[operator]
    assert given == [3, 1, 2]


def test_a_method_is_not_given_a_copy_of_its_object() -> None:
    code = "class Solution:\n    def take(self, rows):\n        rows.pop()\n        return self\n"

    assert "copy.deepcopy(rows)" in with_copied_arguments(code, "take")
    assert "copy.deepcopy(self)" not in with_copied_arguments(code, "take")


@pytest.mark.parametrize(
    "code",
    [
        "def other(rows):\n    return rows\n",
        "def smallest():\n    return 1\n",
        "def smallest(rows): return rows\n",
        'def smallest(rows):\n    """Nothing else."""\n',
    ],
)
def test_code_in_which_nothing_can_be_copied_is_left_alone(code: str) -> None:
    assert with_copied_arguments(code, "smallest") == code
