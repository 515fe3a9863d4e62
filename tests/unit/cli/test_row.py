import io

from rich.console import Console
from rich.text import Text

from seenred.cli.row import Mark, Row, show_rows, show_text


def _shown(*rows, width=None):
    out = io.StringIO()
    terminal = width is not None
    show_rows(Console(file=out, force_terminal=terminal, color_system=None, width=width), rows)
    return [line.rstrip() for line in out.getvalue().splitlines()]


SHORT = Row(Mark.REFUTED, "weakened", "tests/test_cart.py::test_a", aside="3f2a91b")
LONG = Row(
    Mark.NOT_PROVEN,
    "needs a server on this machine, and the sandbox has none",
    "tests/integration/test_storage.py::TestUpsert::test_writes_twice[postgres]",
    "--allow-loopback",
)


def test_texts_are_aligned_behind_the_names():
    lines = _shown(SHORT, Row(Mark.NOTICE, "no test notices", "src/a.py:1"))
    assert [
        "✗ tests/test_cart.py::test_a  weakened  3f2a91b",
        "! src/a.py:1                  no test notices",
    ] == lines


def test_in_a_pipe_each_row_is_one_line_with_its_remedy():
    (line,) = _shown(LONG)
    assert line.startswith("? tests/integration/test_storage.py")
    assert line.endswith("has none  → --allow-loopback")


def test_in_a_pipe_a_long_name_is_kept_apart_from_its_text():
    (line,) = _shown(LONG)
    assert "[postgres]  needs a server" in line


def test_on_a_terminal_no_line_is_longer_than_it():
    lines = _shown(SHORT, LONG, width=80)
    assert max(map(len, lines)) <= 80
    assert lines[-1].endswith("  → --allow-loopback")


def test_a_remedy_that_does_not_fit_has_a_line_of_its_own():
    lines = _shown(LONG, width=70)
    assert "    → --allow-loopback" == lines[-1]


def test_what_does_not_fit_continues_below_its_beginning():
    lines = _shown(Row(Mark.REFUTED, "one two three four five six seven", "a.py:1"), width=30)
    assert ["✗ a.py:1  one two three four", "          five six seven"] == lines


def test_nothing_that_is_shown_can_move_the_cursor():
    (line,) = _shown(Row(Mark.REFUTED, "a\x1b[2Jb\x9bc\u202ed", "x\x07y", "z\rz"))
    assert "✗ x\ufffdy  a\ufffd[2Jb\ufffdc\ufffdd  → z\ufffdz" == line


def test_square_brackets_are_text():
    (line,) = _shown(Row(Mark.REFUTED, "[red]no[/]", "test_a[1]"))
    assert "✗ test_a[1]  [red]no[/]" == line


def test_a_text_of_several_lines_is_one_line_in_a_pipe():
    out = io.StringIO()
    show_text(Console(file=out), Text("a\nb"), Text("- "))
    assert "- a b\n" == out.getvalue()


def test_only_the_mark_and_what_is_aside_are_coloured():
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, color_system="standard", width=80)
    show_rows(console, [SHORT])
    assert (
        "\x1b[31m✗ \x1b[0mtests/test_cart.py::test_a  weakened\x1b[2m  3f2a91b\x1b[0m\n"
        == out.getvalue()
    )
