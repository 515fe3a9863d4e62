"""A person at a terminal answers what is to become of a red test."""

import asyncio
import io
import os
import shlex
import sys

import cycle_script as script
import pytest
from rich.console import Console

from seenred.cli.cycle_view import CycleView
from seenred.cli.person import TerminalPerson
from seenred.engine.cycle.ports import RedAnswer, RedChoice


@pytest.fixture
def shown():
    return io.StringIO()


@pytest.fixture
def view(shown):
    out = Console(file=shown, width=100, force_terminal=True, color_system=None)
    return CycleView(out, Console(file=io.StringIO(), force_terminal=False))


@pytest.fixture
def ask(view):
    """Ask with these keys typed at a terminal."""
    master, slave = os.openpty()
    with os.fdopen(slave) as keys, os.fdopen(master, "wb", buffering=0) as hands:

        async def judged(typed, before):
            hands.write(before)
            told = ("values from: the plan item",)
            person = TerminalPerson(view, keys)
            asking = asyncio.ensure_future(person.judge_red(script.TEST_ID, script.TEST, told))
            await asyncio.sleep(0)  # until it waits for a key
            hands.write(typed)
            return await asking

        yield lambda typed, before=b"": asyncio.run(judged(typed, before))


def _editor(monkeypatch, program):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, "-c", program]))


@pytest.mark.parametrize(
    ("typed", "choice"),
    [
        (b"\n", RedChoice.ACCEPT),
        (b"r\n", RedChoice.REDRAW),
        (b" S \n", RedChoice.ABANDON),
        (b"quit\n", RedChoice.QUIT),
        (b"\x04", RedChoice.QUIT),
    ],
)
def test_a_key_and_enter_is_an_answer(ask, typed, choice):
    assert RedAnswer(choice) == ask(typed)


def test_an_unknown_key_is_asked_about_again(ask, shown):
    assert RedAnswer(RedChoice.REDRAW) == ask(b"x\nr\n")
    assert 2 == shown.getvalue().count("Enter accept · e edit · r another one")


def test_what_was_typed_before_the_question_is_no_answer(ask):
    assert RedAnswer(RedChoice.REDRAW) == ask(b"r\n", before=b"\nq\n")


def test_the_whole_test_is_shown_with_where_its_values_are_from(ask, shown):
    ask(b"\n")
    assert [
        f"RED    {script.TEST_ID}",
        "         def test_rejects_overdraft():",
        "             with pytest.raises(InsufficientFunds):",
        "                 Account(10).withdraw(11)",
        "       values from: the plan item",
    ] == shown.getvalue().splitlines()[:5]


def test_a_test_can_be_edited(ask, monkeypatch):
    program = (
        "import sys, pathlib; p = pathlib.Path(sys.argv[1]);"
        "p.write_text(p.read_text().replace('11', '12'))"
    )
    _editor(monkeypatch, program)
    answer = ask(b"e\n")
    assert RedAnswer(RedChoice.EDITED, script.TEST.replace("11", "12")) == answer


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("pass", "nothing was changed"),
        ("import sys; open(sys.argv[1], 'w').close()", "nothing was changed"),
        ("raise SystemExit(3)", "Editing failed; set EDITOR"),
        ("import sys; open(sys.argv[1], 'wb').write(b'\\xff')", "cannot be read"),
    ],
)
def test_an_edit_that_came_to_nothing_is_said_and_asked_about_again(
    ask, shown, monkeypatch, program, told
):
    _editor(monkeypatch, program)
    assert RedAnswer(RedChoice.ACCEPT) == ask(b"e\n\n")
    assert told in shown.getvalue()


def test_an_editor_that_is_not_there_is_said(ask, shown, monkeypatch):
    monkeypatch.setenv("VISUAL", "/no/such/editor")
    assert RedAnswer(RedChoice.ACCEPT) == ask(b"e\n\n")
    assert "set EDITOR to the one that you use" in " ".join(shown.getvalue().split())


def test_what_was_shown_to_the_person_is_not_shown_twice(ask, view, shown):
    ask(b"\n")
    view(script.RED)
    view.close()
    text = shown.getvalue()
    assert (1, 1) == (text.count("RED"), text.count("values from"))
    assert text.splitlines()[-1].startswith("       InsufficientFunds missing")


def test_waiting_for_a_person_can_be_cancelled(view):
    async def cancelled(keys):
        asking = asyncio.ensure_future(TerminalPerson(view, keys).judge_red("t", "", ()))
        await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking

    master, slave = os.openpty()
    with os.fdopen(slave) as keys, os.fdopen(master):
        asyncio.run(cancelled(keys))
