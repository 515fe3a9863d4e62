from __future__ import annotations

import pytest
from memory_blobs import MemoryBlobs

from seenred.referee.proof.tampering import tampered

RED = {
    "cart.py": "",
    "tests/test_cart.py": "def test_it(): ...",
    "tests/conftest.py": "",
    "tests/data/want.txt": "1",
    "pyproject.toml": "[project]\nname = 'cart'\n[tool.pytest.ini_options]\naddopts = '-q'\n",
    "setup.cfg": "[metadata]\nname = cart\n",
}


def paths(**changes: str | None) -> list[str]:
    blobs = MemoryBlobs()
    now = {**RED, **{path.replace("__", "/"): text for path, text in changes.items()}}
    green = blobs.tree({path: text for path, text in now.items() if text is not None})
    return [detail.where for detail in tampered(blobs.tree(RED), green, blobs)]


@pytest.mark.parametrize(
    "path", ["tests/test_cart.py", "tests/conftest.py", "tests/data/want.txt", "pyproject.toml"]
)
def test_nothing_that_judges_may_change_or_go(path: str) -> None:
    assert [path] == paths(**{path: "x = 1"})
    assert [path] == paths(**{path: None})


@pytest.mark.parametrize("path", ["conftest.py", "pytest.ini", "tests/test_more.py"])
def test_nothing_that_judges_may_be_added(path: str) -> None:
    assert [path] == paths(**{path: "[pytest]\naddopts = -x\n"})


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("cart.py", "def total(): ..."),
        ("README.md", "cart"),
        ("pyproject.toml", RED["pyproject.toml"].replace("'cart'", "'trolley'")),
        ("setup.cfg", "[metadata]\nname = trolley\n"),
    ],
)
def test_all_else_may_change(path: str, content: str) -> None:
    assert paths(**{path: content}) == []
