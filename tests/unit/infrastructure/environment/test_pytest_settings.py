from __future__ import annotations

import pytest

from seenred.domain.tree import Entry, Tree
from seenred.infrastructure.environment.pytest_settings import PytestSettings, read_settings

INI = "addopts = -x -p no:cov\npythonpath = src lib\n"


def _read(files: dict[str, str]) -> PytestSettings:
    tree = Tree({path: Entry(path) for path in files})
    return read_settings(tree, lambda blob: files[blob].encode())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pytest.ini", f"[pytest]\n{INI}"),
        ("tox.ini", f"[testenv]\ndeps = x\n[pytest]\n{INI}"),
        ("setup.cfg", f"[metadata]\nname = x\n[tool:pytest]\n{INI}"),
        (
            "pyproject.toml",
            '[tool.pytest.ini_options]\naddopts = "-x -p no:cov"\npythonpath = ["src", "lib"]\n',
        ),
        (
            "pyproject.toml",
            '[tool.pytest]\naddopts = ["-x", "-p", "no:cov"]\npythonpath = ["src", "lib"]\n',
        ),
        (
            "pytest.toml",
            '[pytest]\naddopts = ["-x", "-p", "no:cov"]\npythonpath = ["src", "lib"]\n',
        ),
    ],
)
def test_options_are_read_from_every_file_that_pytest_reads(path: str, text: str) -> None:
    settings = _read({path: text})

    assert settings.file == path
    assert settings.addopts == ("-x", "-p", "no:cov")
    assert settings.pythonpath == ("src", "lib")
    assert settings.mentions("no:cov")


def test_the_first_file_that_has_options_is_the_one() -> None:
    settings = _read({"setup.cfg": "[tool:pytest]\naddopts = -x", "tox.ini": "[pytest]\n"})

    assert (settings.file, settings.addopts) == ("tox.ini", ())


def test_a_file_without_the_section_is_passed_over() -> None:
    files = {"pyproject.toml": "[project]\nname = 'x'", "setup.cfg": "[tool:pytest]\naddopts = -x"}

    assert _read(files).file == "setup.cfg"


def test_an_empty_pytest_ini_counts() -> None:
    assert _read({"pytest.ini": "", "tox.ini": "[pytest]\naddopts = -x"}).file == "pytest.ini"


@pytest.mark.parametrize("path", ["pyproject.toml", "tox.ini"])
def test_a_file_that_cannot_be_read_is_left_to_pytest(path: str) -> None:
    assert _read({path: "[[[ no"}) == PytestSettings()
