from __future__ import annotations

import pytest

from seenred.domain.tree import Entry, Tree
from seenred.errors import UsageError
from seenred.referee.chosen_suite import chosen_suite

HEAD = Tree({"tests/unit/test_a.py": Entry("a"), "slow/test_b.py": Entry("b")})


def test_files_and_folders_are_chosen_as_the_tree_names_them() -> None:
    assert ("tests", "tests/unit", "slow/test_b.py") == chosen_suite(
        ["./tests/", "tests/unit", "slow/../slow/test_b.py"], HEAD
    )
    assert () == chosen_suite([], HEAD)


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("tests/unti", "did you mean tests/unit?"),
        ("slow/test_c.py", "did you mean slow/test_b.py?"),
        ("zzz", "name a file or a folder of tests."),
    ],
)
def test_what_the_head_does_not_have_is_refused_with_the_nearest(asked: str, hint: str) -> None:
    with pytest.raises(UsageError, match="The head has no ") as caught:
        chosen_suite([asked], HEAD)
    assert "suite-missing" == caught.value.code
    assert hint in caught.value.message
