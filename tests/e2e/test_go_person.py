"""`seenred go` at a terminal: a person judges each red test before code is written for it."""

import os
import pty
import re
import select
import subprocess
import sys
import time

import pytest
from go_project import GoProject

PLAN = "- [ ] `add(2, 3)` is 5\n"
TEST = "```python\ndef test_add():\n    assert add(2, 3) == 5\n```"
OTHER = "```python\ndef test_add_again():\n    assert add(2, 3) == 5\n```"
ADD = "```python\ndef add(a, b):\n    return a + b\n```"
QUESTION = "q quit"
_STYLED = re.compile(r"\x1b\[[\d;?]*[A-Za-z]")


class Terminal:
    """The command in a terminal of its own, with somebody who answers its questions."""

    def __init__(self, folder):
        self.project = GoProject(folder / "project", PLAN)

    def go(self, replies, answers, **environ):
        """What it wrote, and its exit code."""
        model = self.project.script(*replies)
        words = [sys.executable, "-m", "seenred", "go", "--model", model]
        master, slave = pty.openpty()
        process = subprocess.Popen(
            words,
            cwd=self.project.path,
            env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100", **environ},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        try:
            shown = self._answered(master, list(answers))
            return shown, process.wait(timeout=60)
        finally:
            process.kill()
            os.close(master)

    def _answered(self, master, answers):
        shown, seen, until = "", 0, time.monotonic() + 40
        while time.monotonic() < until and select.select([master], [], [], 40)[0]:
            try:
                shown += os.read(master, 4096).decode(errors="replace")
            except OSError:  # the other end is closed: the command is over
                break
            shown = _STYLED.sub("", shown)
            if shown.count(QUESTION) > seen:
                seen += 1
                time.sleep(0.2)  # nobody answers before the question is read
                os.write(master, answers.pop(0) if answers else b"q\n")
        return shown.replace("\r\n", "\n")


@pytest.fixture
def terminal(tmp_path):
    return Terminal(tmp_path)


def test_a_red_test_is_shown_with_its_proof_and_accepted(terminal):
    shown, code = terminal.go([TEST, ADD], [b"\n"])
    assert code == 0, shown
    asked = shown[: shown.index(QUESTION)]
    assert "assert add(2, 3) == 5" in asked
    assert "values from: the plan item" in asked
    # nothing moves while somebody reads
    assert "RED" not in asked.partition("is missing")[2]
    assert "is missing" in asked
    assert terminal.project.subjects == ["chore: begin", "feat: `add(2, 3)` is 5"]


def test_another_test_is_drawn_when_one_is_not_wanted(terminal):
    shown, code = terminal.go([TEST, OTHER, ADD], [b"r\n", b"\n"])
    assert code == 0, shown
    assert "another one was wanted" in shown


def test_an_edited_test_is_proven_anew(terminal):
    editor = f'{sys.executable} -c "import sys, pathlib; p = pathlib.Path(sys.argv[1]); '
    editor += "p.write_text(p.read_text() + '    assert add(1, 1) == 2\\n')\""
    shown, code = terminal.go([TEST, ADD], [b"e\n", b"\n"], EDITOR=editor, VISUAL="")
    assert code == 0, shown
    assert "assert add(1, 1) == 2" in terminal.project.git("show", "HEAD")


def test_who_wants_no_more_finds_everything_as_it_was(terminal):
    before = terminal.project.git("rev-parse", "HEAD")
    shown, code = terminal.go([TEST], [b"q\n"])
    assert code == 130, shown
    assert terminal.project.git("rev-parse", "HEAD") == before
    assert terminal.project.git("status", "--short") == ""
    assert (terminal.project.path / "PLAN.md").read_text() == PLAN


def test_an_item_that_is_not_wanted_is_abandoned(terminal):
    shown, code = terminal.go([TEST], [b"s\n"])
    assert code == 1, shown
    assert (terminal.project.path / "PLAN.md").read_text().startswith("- [-] `add(2, 3)` is 5")
