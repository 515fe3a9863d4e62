import ast
import re
from pathlib import Path

import pytest

import seenred
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


# strings of that shape that are no codes: keys of configuration files
OTHERS = {
    "build-system",
    "dependency-groups",
    "dev-dependencies",
    "entry-points",
    "gui-scripts",
    "optional-dependencies",
    "requires-python",
}


def test_the_referee_gives_no_code_that_nobody_explained():
    referee = Path(seenred.__file__).parent / "referee"
    sources = [*(referee / "proof").glob("*.py"), *(referee / "audit").glob("*.py")]
    strings = {
        node.value
        for path in sources
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    codes = {text for text in strings if re.fullmatch(r"[a-z]+(-[a-z]+)+", text)}
    explained = {code for group in GROUPS.values() for code in group}
    assert set() == codes - explained - OTHERS
