"""Which checks a project asks for."""

import pytest
from memory_blobs import MemoryBlobs

from seenred.infrastructure.checks.configured import checks_of

BLOBS = MemoryBlobs()
RUFF = ["ruff check", "ruff format --check"]
CARGO = ["cargo fmt --check", "cargo clippy --no-deps -- --deny warnings"]
ROWS = {
    "nothing": ({}, []),
    "ruff in pyproject.toml": ({"pyproject.toml": "[tool.ruff]\n"}, RUFF),
    "only ruff's rules": ({"pyproject.toml": "[tool.ruff.lint]\nselect = ['E']\n"}, RUFF),
    "ruff.toml": ({"ruff.toml": ""}, RUFF),
    ".ruff.toml": ({".ruff.toml": ""}, RUFF),
    "ruff beside black": ({"pyproject.toml": "[tool.ruff]\n[tool.black]\n"}, RUFF[:1]),
    "mypy in pyproject.toml": ({"pyproject.toml": "[tool.mypy]\nstrict = true\n"}, ["mypy"]),
    "mypy.ini": ({"mypy.ini": "[mypy]\n"}, ["mypy"]),
    ".mypy.ini": ({".mypy.ini": "[mypy]\n"}, ["mypy"]),
    "setup.cfg": ({"setup.cfg": "[mypy]\n"}, ["mypy"]),
    "setup.cfg without it": ({"setup.cfg": "[metadata]\n"}, []),
    "pyrightconfig.json": ({"pyrightconfig.json": "{}"}, ["pyright"]),
    "pyright": ({"pyproject.toml": "[tool.pyright]\n"}, ["pyright"]),
    "basedpyright": ({"pyproject.toml": "[tool.basedpyright]\n"}, ["basedpyright"]),
    "ty": ({"pyproject.toml": "[tool.ty.rules]\n"}, ["ty check"]),
    "ty.toml": ({"ty.toml": ""}, ["ty check"]),
    "what is no TOML": ({"pyproject.toml": "[tool.ruff\n"}, []),
    "no table of tools": ({"pyproject.toml": "tool = 3\n"}, []),
    "mypy.ini that is none": ({"mypy.ini": "mypy\n"}, []),
    "several": ({"pyproject.toml": "[tool.ruff]\n[tool.mypy]\n"}, [*RUFF, "mypy"]),
}


def found(files, changed=("a.py",), commands=None):
    return checks_of(BLOBS.tree(files), BLOBS.read, changed, commands or {})


@pytest.mark.parametrize(("files", "wanted"), ROWS.values(), ids=ROWS)
def test_what_is_configured_is_checked(files, wanted):
    assert [check.name for check in found(files)] == wanted


@pytest.mark.parametrize("changed", ["a.py", "a.pyi"])
def test_python_is_checked_where_python_changed(changed):
    assert len(found({"ruff.toml": ""}, [changed])) == 2


@pytest.mark.parametrize("changed", ["README.md", "a.rs", "py"])
def test_python_is_not_checked_where_none_changed(changed):
    assert found({"ruff.toml": ""}, [changed]) == ()


@pytest.mark.parametrize("changed", ["src/main.rs", "Cargo.toml", "Cargo.lock"])
def test_rust_is_checked_in_its_crate(changed):
    checks = found({"Cargo.toml": "", "ruff.toml": ""}, [changed])
    assert [(check.name, check.folder) for check in checks] == [(name, "") for name in CARGO]


def test_a_crate_below_the_root_is_checked_in_its_folder():
    checks = found({"native/Cargo.toml": ""}, ["native/src/lib.rs", "native/src/more.rs"])
    assert [check.folder for check in checks] == ["native", "native"]
    assert checks[0].asked_by == "native/Cargo.toml"


def test_rust_without_a_crate_is_not_checked():
    assert found({}, ["a.rs"]) == ()


def test_the_settings_come_first():
    files = {"pyproject.toml": "[tool.ruff]\n"}
    (check,) = found(files, commands={"python": ("make lint",)})
    assert ("make lint", "", ("make lint",)) == (check.name, check.tool, check.words)


def test_an_empty_list_of_the_settings_is_no_check():
    assert found({"ruff.toml": ""}, commands={"python": ()}) == ()


def test_settings_for_one_kind_leave_the_other():
    checks = found(
        {"Cargo.toml": "", "ruff.toml": ""}, ["a.py", "b.rs"], {"python": ("make lint",)}
    )
    assert [check.name for check in checks] == ["make lint", *CARGO]


def test_mypy_looks_at_what_it_is_told_to_look_at():
    (check,) = found({"pyproject.toml": "[tool.mypy]\nfiles = ['src']\n"})
    assert not check.per_file


def test_mypy_gets_the_changed_files_where_it_is_told_nothing():
    (check,) = found({"mypy.ini": "[mypy]\nstrict = True\n"})
    assert check.per_file
    assert check.paths(["a.py", "b.md"]) == ("a.py",)
