from pathlib import Path

import pytest

from seenred.interop.reason import GROUPS, explain

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "verdicts.md"


def test_a_code_is_explained_in_the_words_of_its_claim():
    assert "An assertion failed" in explain("red/assertion")
    assert "says another kind" in explain("label/mismatch")
    assert "does not end the same" in explain("green/flaky")


def test_a_code_that_nobody_explained_is_told_in_words():
    assert "minimal: not yet seen" == explain("minimal/not-yet-seen")


@pytest.mark.parametrize(
    ("code", "meaning"), [pair for group in GROUPS.values() for pair in group.items()]
)
def test_each_code_stands_on_the_page_of_verdicts_with_its_meaning(code, meaning):
    assert f"| `{code}` | {meaning} |" in PAGE.read_text(encoding="utf-8")
