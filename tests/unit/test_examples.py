"""The example inputs are what they say they are."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
HELD_OUT = ROOT / "tests" / "e2e" / "held_out"
FOLDERS = sorted(
    each.name for each in EXAMPLES.iterdir() if each.is_dir() and not each.name.startswith("kata-")
)
KATAS = sorted(EXAMPLES.glob("kata-*/PLAN.md"))


@pytest.mark.parametrize("name", FOLDERS)
def test_each_example_has_held_out_checks_that_import_the_solution(name: str) -> None:
    checks = ast.parse((HELD_OUT / f"{name.replace('-', '_')}.py").read_text())
    assert any(isinstance(node, ast.FunctionDef) for node in checks.body)
    assert "solution" in ast.unparse(checks)


def test_the_pdf_can_be_read() -> None:
    page = pypdf.PdfReader(EXAMPLES / "run-length" / "problem.pdf", strict=True).pages[0]
    assert 'encode("aaabcc") -> "a3bc2"' in page.extract_text()


def test_the_legacy_module_has_one_bug_that_its_examples_show() -> None:
    shown = subprocess.run(
        [sys.executable, "-B", "-m", "doctest", str(EXAMPLES / "legacy-billing" / "legacy.py")],
        capture_output=True,
        text=True,
    )
    assert 1 == shown.stdout.count("Failed example:")
    assert "in legacy.add_months" in shown.stdout


def test_the_report_tells_what_its_code_does() -> None:
    source = "from CODE import format_duration as f; print(f(3661), f(59), f(7200), f(3600))"
    shown = subprocess.run(
        [sys.executable, "-B", "-c", source],
        cwd=EXAMPLES / "duration-report",
        capture_output=True,
        text=True,
        check=True,
    )
    assert "1h 1m 1s 59s 2h 60m" == shown.stdout.strip()


@pytest.mark.parametrize("name", FOLDERS)
def test_no_prompt_or_parser_knows_an_example_by_name(name: str) -> None:
    checks = ast.parse((HELD_OUT / f"{name.replace('-', '_')}.py").read_text())
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(checks)
        if isinstance(node, ast.Call)
    }
    given = " ".join(
        path.read_text()
        for path in (EXAMPLES / name).iterdir()
        if path.suffix in (".txt", ".md", ".py")
    )
    own = {word for word in called if "_" in word and f"{word}(" in given}
    spellings = {name, name.replace("-", "_"), name.replace("-", " "), *own}
    sources = {path: path.read_text().lower() for path in (ROOT / "src").rglob("*.py")}
    assert [] == [
        (str(p), word) for p, text in sources.items() for word in spellings if word in text
    ]


@pytest.mark.parametrize("plan", KATAS, ids=lambda path: path.parent.name)
def test_each_kata_is_a_list_of_six_to_twelve_open_items(plan: Path) -> None:
    boxes = [line for line in plan.read_text().splitlines() if line.startswith("- [")]
    assert 6 <= len(boxes) <= 12
    assert all(line.startswith("- [ ] ") for line in boxes)
    assert len(set(boxes)) == len(boxes)


def test_five_katas_are_there_and_one_has_a_report_of_a_defect() -> None:
    assert len(KATAS) == 5
    assert [plan.parent.name for plan in KATAS if (plan.parent / "report.md").exists()] == [
        "kata-bank-account"
    ]
