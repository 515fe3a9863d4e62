"""The script that records the examples' transcripts."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from seenred.referee.ports import TestReport, TestSession

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("examples/*/README.md"))]


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("record", ROOT / "scripts/record_examples.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["record"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_page_keeps_its_words_and_gets_the_new_transcript(script, tmp_path: Path) -> None:
    page = "# A\n\nText.\n\n```console\n$ seenred solve x\nold\n```\n\nMore.\n"
    made = script.Run("new\nlines", "")
    text = script.recorded(page, "solve x", made, tmp_path / "page.md")
    assert page.replace("old", "new\nlines") == text


def test_the_held_out_checks_are_told_as_one_line(script) -> None:
    session = TestSession((TestReport("t::a", True), TestReport("t::b", False, "1 is not 2")))
    assert "Held-out checks: 1 of 2 pass; t::b: 1 is not 2." == script.line_of(session)
    assert "could not be run: no tests" in script.line_of(TestSession(error="no tests"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_each_page_shows_a_command_that_can_be_run_again(script, page: Path) -> None:
    block = script.BLOCK.search(page.read_text(encoding="utf-8"))
    assert block is not None
    assert [] == [
        word
        for word in block["words"].replace("@", "").split()
        if word.startswith("examples/") and not (ROOT / word).is_file()
    ]
