"""What is formatted before it is judged, and what is left as it was."""

from __future__ import annotations

from typing import Any

RUFF = {"pyproject.toml": "[tool.ruff]\nline-length = 80\n"}
UGLY = "import os\ndef add( a,b ):\n  return a + b\n"
PRETTY = "def add(a, b):\n    return a + b\n"


def test_a_new_file_is_formatted_and_mended(bench: Any) -> None:
    assert bench.formatted(RUFF, {"a.py": UGLY})["a.py"] == PRETTY


def test_a_file_that_was_formatted_is_so_again(bench: Any) -> None:
    assert bench.formatted({**RUFF, "a.py": PRETTY}, {"a.py": UGLY})["a.py"] == PRETTY


def test_a_file_that_was_not_formatted_stays_as_it_is(bench: Any) -> None:
    old = "def old( a ): return a\n"
    done = bench.formatted({**RUFF, "a.py": old}, {"a.py": old + PRETTY})
    assert done["a.py"] == old + PRETTY


def test_of_a_file_with_old_complaints_only_the_form_is_mended(bench: Any) -> None:
    old = f"import os\n\n\n{PRETTY}"
    done = bench.formatted({**RUFF, "a.py": old}, {"a.py": f"import os\nimport re\n{PRETTY}"})
    assert done["a.py"] == f"import os\nimport re\n\n\n{PRETTY}"


def test_only_the_named_files_are_formatted(bench: Any) -> None:
    done = bench.formatted(RUFF, {"a.py": UGLY, "test_a.py": UGLY}, "a.py")
    assert (PRETTY, UGLY) == (done["a.py"], done["test_a.py"])


def test_what_is_no_python_stays_as_it_is(bench: Any) -> None:
    change = {"a.py": "def add(:\n", "b.md": "#  x\n", "c.py": ""}
    done = bench.formatted(RUFF, change, *change, "gone.py")
    assert {**RUFF, **change} == done


def test_a_project_without_ruff_is_not_formatted(bench: Any) -> None:
    assert bench.formatted({}, {"a.py": UGLY})["a.py"] == UGLY


def test_a_project_that_formats_by_black_is_only_mended(bench: Any) -> None:
    files = {"pyproject.toml": "[tool.ruff]\n[tool.black]\n"}
    assert bench.formatted(files, {"a.py": UGLY})["a.py"] == UGLY.removeprefix("import os\n")


def test_settings_that_name_other_checks_switch_it_off(bench: Any) -> None:
    assert bench.formatted(RUFF, {"a.py": UGLY}, python=("flake8",))["a.py"] == UGLY
    assert bench.formatted(RUFF, {"a.py": UGLY}, python=("ruff check",))["a.py"] == PRETTY


def test_windows_line_ends_stay(bench: Any) -> None:
    done = bench.formatted(RUFF, {"a.py": "def add( a ):\r\n    return a\r\n"})
    assert done["a.py"] == "def add(a):\r\n    return a\r\n"
