"""Real tools in the real sandbox: what a change brings, and nothing that was there."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

RUFF = {"pyproject.toml": "[tool.ruff]\nline-length = 80\n"}
MYPY = {"pyproject.toml": "[tool.mypy]\nstrict = true\n"}
CLEAN = "def add(a, b):\n    return a + b\n"


def told(report: Any) -> list[str]:
    return [f"{each.check} {each}" for each in report.complaints]


def test_a_clean_change_of_a_project_that_configures_ruff(bench: Any) -> None:
    report = bench.run(RUFF, {"a.py": CLEAN})
    assert ([], ("ruff check", "ruff format --check")) == (told(report), report.ran)
    assert report.not_run == ()


def test_where_nothing_is_configured_nothing_is_run(bench: Any) -> None:
    report = bench.run({}, {"a.py": "import os\ndef f( a ): return a\n"})
    assert ((), (), ()) == (report.complaints, report.ran, report.not_run)


def test_what_a_change_brings_is_told_with_its_line(bench: Any) -> None:
    report = bench.run(RUFF, {"a.py": f"import os\n\n\n{CLEAN}"})
    assert told(report) == ["ruff check a.py:1: F401 `os` imported but unused"]
    assert report.complaints[0].code == "import os"


def test_old_debt_blocks_nobody(bench: Any) -> None:
    before = {**RUFF, "a.py": "import os\ndef f( a ): return a\n"}
    report = bench.run(before, {"a.py": before["a.py"] + "def g( a ): return a\n"})
    assert told(report) == []


def test_new_debt_beside_the_old_is_told_alone(bench: Any) -> None:
    before = {**RUFF, "a.py": f"import os\n\n\n{CLEAN}"}
    report = bench.run(before, {"a.py": f"import os\nimport re\n\n\n{CLEAN}"})
    assert told(report) == ["ruff check a.py:2: F401 `re` imported but unused"]


def test_a_file_that_is_not_formatted_any_more(bench: Any) -> None:
    report = bench.run({**RUFF, "a.py": CLEAN}, {"a.py": "def add( a,b ):\n  return a + b\n"})
    assert told(report) == ["ruff format --check a.py: is not formatted"]


def test_a_file_of_another_name_keeps_its_debt(bench: Any) -> None:
    before = {**RUFF, "a.py": f"import os\n\n\n{CLEAN}"}
    report = bench.compare(bench.checks(), before, {**RUFF, "b.py": before["a.py"]})
    assert told(report) == []


def test_a_syntax_error_is_a_complaint(bench: Any) -> None:
    report = bench.run({**RUFF, "a.py": CLEAN}, {"a.py": "def add(:\n"})
    assert any("invalid-syntax" in each.what for each in report.complaints)


def test_files_that_the_project_leaves_out_are_left_out(bench: Any) -> None:
    settings = {"pyproject.toml": "[tool.ruff]\nextend-exclude = ['gen']\n"}
    assert told(bench.run(settings, {"gen/a.py": "import os\n"})) == []


def test_types_that_a_change_breaks_are_told(bench: Any) -> None:
    before = {**MYPY, "a.py": "def half(n: int) -> int:\n    return n // 2\n"}
    report = bench.run(before, {"a.py": "def half(n: int) -> int:\n    return n / 2\n"})
    (complaint,) = told(report)
    assert complaint.startswith("mypy a.py:2: Incompatible return value type (got")
    assert complaint.endswith("[return-value]")


@pytest.mark.thorough
def test_a_file_elsewhere_that_a_change_breaks_is_told_where_mypy_looks_at_all(bench: Any) -> None:
    before = {
        "pyproject.toml": "[tool.mypy]\nfiles = ['shop']\n",
        "shop/__init__.py": "",
        "shop/a.py": "def half(n: int) -> int:\n    return n // 2\n",
        "shop/b.py": "from shop.a import half\n\nx: int = half(3)\n",
    }
    change = {"shop/a.py": "def half(n: int) -> str:\n    return str(n)\n"}
    (complaint,) = told(bench.run(before, change))
    assert complaint.startswith("mypy shop/b.py:3: Incompatible types in assignment")


def test_a_tool_that_is_configured_and_missing_is_named_with_the_remedy(bench: Any) -> None:
    report = bench.run({"pyproject.toml": "[tool.ty]\n[tool.ruff]\n"}, {"a.py": CLEAN})
    (missing,) = report.not_run
    assert missing.startswith(
        "ty check: pyproject.toml asks for it, and ty is not in seenred's own"
    )
    assert "-m pip install ty`" in missing
    assert report.ran == ("ruff check", "ruff format --check")


def test_settings_that_the_tool_refuses_are_told_and_block_nobody(bench: Any) -> None:
    report = bench.run({"pyproject.toml": "[tool.ruff]\nline-leng = 80\n"}, {"a.py": CLEAN})
    assert report.complaints == ()
    assert "ruff check: unknown field `line-leng`" in report.not_run


def test_commands_of_the_settings_take_the_place_of_what_is_configured(bench: Any) -> None:
    command = "ruff check --select E711 --output-format concise ."
    report = bench.run(RUFF, {"a.py": "import os\nx = os == None\n"}, python=(command,))
    (complaint,) = told(report)
    assert complaint.startswith(f"{command} a.py:2: E711")
    assert report.ran == (command,)


def test_a_command_that_names_no_place_is_told_by_its_last_line(bench: Any) -> None:
    command = "test ! -f bad.py || { echo that is bad; exit 3; }"
    report = bench.run({"a.py": CLEAN}, {"bad.py": CLEAN}, python=(command,))
    assert told(report) == [f"{command} that is bad"]


def test_a_command_that_fails_without_the_change_too_is_not_held_against_it(bench: Any) -> None:
    report = bench.run({"a.py": CLEAN}, {"b.py": CLEAN}, python=("echo no luck; exit 3",))
    assert (report.complaints, report.ran) == ((), ())
    assert report.not_run == ("echo no luck; exit 3: fails without the change too: no luck",)


def test_a_command_that_is_not_there_is_told_with_the_remedy(bench: Any) -> None:
    report = bench.run({}, {"a.py": CLEAN}, python=("no-such-linter .",))
    (missing,) = report.not_run
    assert "no-such-linter" in missing
    assert "install it in the project's environment" in missing


def test_a_check_can_neither_change_the_tree_nor_read_the_home(bench: Any) -> None:
    command = f"echo x > a.py; ls {Path.home() / '.ssh'} && exit 1; test ! -s a.py"
    report = bench.run({}, {"a.py": ""}, python=(command,))
    assert report.complaints == ()
    assert report.ran == (command,)


FILES = {"Cargo.toml": '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n'}
STAND_IN = """#!/bin/sh
case "$1" in
fmt) grep -n 'fn  ' src/lib.rs | sed "s|^\\([0-9]*\\).*|Diff in $PWD/src/lib.rs:\\1:|"
     ! grep -q 'fn  ' src/lib.rs ;;
clippy) touch Cargo.lock
     grep -n unused src/lib.rs | sed 's|^\\([0-9]*\\).*|src/lib.rs:\\1:9: error: unused variable|'
     ! grep -q unused src/lib.rs ;;
esac
"""


@pytest.fixture
def cargo(tmp_path: Path) -> str:
    program = tmp_path / "cargo"
    program.write_text(STAND_IN)
    program.chmod(0o755)
    tmp_path.chmod(0o755)
    return str(tmp_path)


def test_rust_is_checked_by_cargo(bench: Any, cargo: str) -> None:
    before = {**FILES, "src/lib.rs": "fn a() {}\n"}
    report = bench.run(before, {"src/lib.rs": "fn a() {}\nfn  b() { unused }\n"}, cargo)
    assert told(report) == [
        "cargo fmt --check src/lib.rs:2: is not formatted",
        "cargo clippy --no-deps -- --deny warnings src/lib.rs:2: unused variable",
    ]


def test_old_debt_in_rust_blocks_nobody_either(bench: Any, cargo: str) -> None:
    before = {**FILES, "src/lib.rs": "fn  a() { unused }\n"}
    report = bench.run(before, {"src/lib.rs": "fn  a() { unused }\nfn b() {}\n"}, cargo)
    assert (told(report), len(report.ran)) == ([], 2)


def test_a_crate_below_the_root_is_told_by_its_whole_path(bench: Any, cargo: str) -> None:
    before = {f"native/{path}": text for path, text in FILES.items()}
    report = bench.run(before, {"native/src/lib.rs": "fn  b() { unused }\n"}, cargo)
    assert {each.path for each in report.complaints} == {"native/src/lib.rs"}


def test_without_cargo_it_is_said_how_to_get_it(bench: Any) -> None:
    report = bench.run(FILES, {"src/lib.rs": "fn a() {}\n"})
    assert report.ran == ()
    assert report.not_run[0] == (
        "cargo fmt --check: Cargo.toml asks for it, and cargo is not on the PATH;"
        " https://rustup.rs brings it"
    )


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("cargo-clippy") is None, reason="no Rust here")
def test_the_real_cargo_finds_what_the_stand_in_does(bench: Any) -> None:
    search = str(Path(shutil.which("cargo") or "").parent)
    before = {**FILES, "src/lib.rs": "pub fn a() {}\n"}
    change = {"src/lib.rs": "pub fn a() {}\npub fn  b() { let x = 1; }\n"}
    report = bench.run(before, change, search)
    assert [(each.check.split()[1], each.where) for each in report.complaints] == [
        ("fmt", "src/lib.rs:1"),
        ("clippy", "src/lib.rs:2"),
    ], report


def test_the_same_check_of_the_same_tree_is_not_run_twice(bench: Any) -> None:
    command = "test ! -f bad.py || { date +%s%N; exit 3; }"
    checks = bench.checks(python=(command,))
    first = bench.compare(checks, {}, {"bad.py": ""})
    assert told(first) != []
    assert bench.compare(checks, {}, {"bad.py": ""}) == first
