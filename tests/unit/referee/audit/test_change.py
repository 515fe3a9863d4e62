from __future__ import annotations

from collections.abc import Mapping

import pytest
from memory_blobs import MemoryBlobs

from seenred.referee.audit.change import Change, change_between
from seenred.referee.configuration import layout_of


def change(before: Mapping[str, str], after: Mapping[str, str]) -> Change:
    blobs = MemoryBlobs()
    base, tree = blobs.tree(before), blobs.tree(after)
    return change_between(base, tree, blobs, layout_of(tree, blobs))


def paths(files: object) -> list[str]:
    return [each.path for each in files]  # type: ignore[attr-defined]


def test_each_changed_file_has_its_part() -> None:
    before = {"cart.py": "x = 1\n", "README.md": "a", "kept.py": ""}
    found = change(
        before,
        {
            **before,
            "cart.py": "x = 2\n",
            "README.md": "b",
            "tests/test_cart.py": "def test_a(): pass\n",
            "tests/orders.json": "{}",
            "shop/__init__.py": "",
            "shop/prices.json": "{}",
            "infra/main.tf": "",
        },
    )
    assert ["cart.py", "shop/__init__.py", "shop/prices.json"] == paths(found.production)
    assert ["tests/test_cart.py"] == paths(found.tests)
    assert ["tests/orders.json"] == paths(found.support)
    assert (("README.md", "docs"), ("infra/main.tf", "no code that tests run")) == found.unjudged


def test_tests_fixtures_data_and_configuration_are_laid_over_the_parent() -> None:
    before = {"cart.py": "old\n", "tests/test_old.py": "def test_o(): pass\n"}
    after = {
        "cart.py": "new\n",
        "tests/test_new.py": "def test_n(): pass\n",
        "tests/data.json": "{}",
        "conftest.py": "x = 1\n",
        "pytest.ini": "[pytest]\naddopts = -ra\n",
        "README.md": "",
    }
    found = change(before, after)
    laid = found.laid_over
    assert {"cart.py", "tests/test_new.py", "tests/data.json", "conftest.py", "pytest.ini"} == set(
        laid.files
    )
    assert laid.files["cart.py"] == found.base.files["cart.py"]


@pytest.mark.parametrize(
    ("path", "before", "after", "reason"),
    [
        ("a.py", "x = 1\n", "x = 1  # a\n", "comments, docstrings and formatting only"),
        ("a.py", "def f(a): pass\n", "def f(a: int): pass\n", "types only"),
        ("uv.lock", "1", "2", "dependencies; judged with the environment as it is now"),
        (
            "pyproject.toml",
            '[project]\ndependencies = ["a"]\n',
            '[project]\ndependencies = ["b"]\n',
            "dependencies; judged with the environment as it is now",
        ),
        ("pyproject.toml", "[tool.ruff]\na = 1\n", "[tool.ruff]\na = 2\n", "configuration"),
        ("tests/big.bin", "", "version https://git-lfs.github.com/spec/v1\n", None),
    ],
)
def test_what_is_not_judged_has_its_reason(
    path: str, before: str, after: str, reason: str | None
) -> None:
    [(named, told)] = change({path: before}, {path: after}).unjudged
    assert path == named
    assert told == reason or (reason is None and "large file storage" in told)


def test_settings_of_pytest_count_as_test_configuration_only_when_they_differ() -> None:
    setting = "[tool.pytest.ini_options]\naddopts = '{}'\n[tool.ruff]\nx = {}\n"
    files = [{"pyproject.toml": setting.format(a, b)} for a, b in (("-q", 1), ("-q", 2), ("-x", 2))]
    assert [] == paths(change(files[0], files[1]).configuration)
    assert ["pyproject.toml"] == paths(change(files[1], files[2]).configuration)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("pyproject.toml", '[tool.pytest.ini_options]\npython_files = ["check_*.py"]\n'),
        ("pyproject.toml", '[tool.pytest]\npython_files = ["check_*.py"]\n'),
        ("pytest.ini", "[pytest]\npython_files = check_*.py\n"),
        ("tox.ini", "[pytest]\npython_files = check_*.py\n"),
        ("setup.cfg", "[tool:pytest]\npython_files = check_*.py\n"),
    ],
)
def test_a_project_says_in_any_of_the_files_how_its_tests_are_called(
    name: str, content: str
) -> None:
    found = change({name: content}, {name: content, "check_a.py": "def test_a(): pass\n"})
    assert ["check_a.py"] == paths(found.tests)
