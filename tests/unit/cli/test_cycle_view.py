"""How a cycle is shown, by width and by where it is shown."""

import io

import cycle_script as script
import pytest
from rich.cells import cell_len
from rich.console import Console

from seenred.cli.cycle_view import CycleView
from seenred.domain import cycle_event as e
from seenred.domain.event import Noted, TextArrived
from seenred.domain.plan import PlanItem
from seenred.domain.proof import Claim, Detail, Verdict

TRANSCRIPT = """\
PLAN.md 3/8 · next: rejects a withdrawal above the balance    42 passed 0.9 s
RED    tests/test_account.py::test_rejects_overdraft
         with pytest.raises(InsufficientFunds):
             Account(10).withdraw(11)
       values from: the plan item
       InsufficientFunds missing (the item names it)          proven 0.1 s
GREEN  src/bank/account.py +4      43 passed, 1 control red   proven 0.6 s
       + if amount > self.balance:
       +     log.warning("overdraft")    ← no test needs this; kept
       +     raise InsufficientFunds(amount)
TIDY   nothing needed
LIST   + rejects a negative amount (discovered)
COMMIT 4e1c9a2 feat: reject a withdrawal above the balance
48 s · 6.1k tokens · $0.03 · undo: git revert 4e1c9a2
"""


def _shown(events, width=80, terminal=True):
    out, progress = io.StringIO(), io.StringIO()

    def console(file):
        return Console(
            file=file, width=width, force_terminal=terminal, color_system=None, highlight=False
        )

    view = CycleView(console(out), console(progress))
    for event in events:
        view(event)
    view.close()
    return out.getvalue(), progress.getvalue()


@pytest.mark.parametrize("terminal", [True, False])
def test_a_cycle_reads_as_a_transcript(terminal):
    shown, _ = _shown(script.cycle(), terminal=terminal)
    assert TRANSCRIPT.splitlines() == [line.rstrip() for line in shown.splitlines()]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal(width):
    shown, _ = _shown([*script.cycle(), script.TIDY], width=width)
    assert max(map(cell_len, shown.splitlines())) <= width


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        ((42, 0.9), "42 passed 0.9 s"),
        ((42, 0.01, 3, 3), "42 passed, remembered"),
        ((42, 0.9, 2, 3), "42 passed 0.9 s, 2 of 3 files remembered"),
        ((0, 0.1), "0 passed 0.1 s"),
    ],
)
def test_tests_that_did_not_run_now_are_said_to_be_remembered(seen, told):
    shown, _ = _shown([script.STARTED, e.BaselineSeen(*seen)], width=120)
    assert shown.rstrip().endswith(f"  {told}")


def test_commits_that_got_other_names_are_shown_by_them():
    moved = e.Rebased((e.Committed("77aa0b1c" * 5, "feat: a"), e.Committed("8" * 40, "chore: b")))
    assert _shown([moved])[0].splitlines() == [
        "COMMIT 77aa0b1 feat: a (upon your new commits)",
        "COMMIT 8888888 chore: b (upon your new commits)",
    ]


def test_what_does_not_fit_beside_has_a_line_of_its_own():
    lines = _shown([script.STARTED, script.BASELINE, script.RED], width=40)[0].splitlines()
    assert "       proven 0.1 s" == lines[-1].rstrip()
    assert "42 passed 0.9 s" in [line.strip() for line in lines]


def test_code_that_has_no_room_goes_on_below_its_beginning():
    shown, _ = _shown([script.GREEN], width=40)
    assert "       +     raise\n             InsufficientFunds(amount)\n" in shown


def test_the_command_that_takes_it_back_is_not_torn_apart():
    assert _shown([script.ENDED], width=50)[0].endswith("$0.03\nundo: git revert 4e1c9a2\n")


def test_asides_stay_in_their_column():
    shown, _ = _shown(script.cycle(), terminal=False)
    _, tidy = _shown([script.TIDY], width=100)[0].splitlines()[:2]
    lines = [*shown.splitlines(), tidy]
    assert {62} == {line.index("proven") for line in lines if "proven" in line}


def test_only_the_result_goes_to_standard_output():
    shown, progress = _shown(script.cycle(), terminal=False)
    assert "passes already" not in shown
    assert "       ✗ red 1  passes already: withdraw(11) gives back None\n" in progress
    assert "       the hook pre-commit ran\n" in progress


def test_in_a_log_nothing_is_animated():
    assert not any("\x1b" in text for text in _shown(script.cycle(), terminal=False))


def test_nothing_that_is_told_can_move_the_cursor():
    evil = "a\x1b[2Jb\x9bc\rd\u202ee"
    events = [
        e.CycleStarted(PlanItem(evil), evil, 0, 1),
        script.BASELINE,
        e.ProposalRefused(e.Phase.RED, 1, evil),
        e.PhaseProven(
            e.Phase.RED, script.proof(Claim.RED, evil), evil, f"def test_a():\n    {evil}", (evil,)
        ),
        e.PhaseProven(
            e.Phase.GREEN, script.proof(Claim.GREEN, evil), evil, f"+{evil}\n-{evil}", (evil,)
        ),
        e.PhaseProven(e.Phase.REFACTOR, None, told=(evil,)),
        e.Discovered((evil,)),
        e.Committed(evil, evil),
        Noted(evil),
        e.CycleEnded(e.Ending.ABANDONED, evil, evil),
    ]
    for text in _shown(events, width=200, terminal=False):
        assert not set(text) & set("\x1b\x9b\r\u202e")
        assert "a\ufffd[2Jb\ufffdc\ufffdd\ufffde" in text


def test_square_brackets_are_text():
    shown, _ = _shown([e.Discovered(("[red]x[/]",))])
    assert "LIST   + [red]x[/] (discovered)" == shown.rstrip()


def test_a_covered_test_is_not_called_red():
    proof = script.proof(Claim.COVERED, "passes already, and notices 3 of 4 changes")
    shown, _ = _shown([e.PhaseProven(e.Phase.RED, proof, script.TEST_ID, script.TEST)])
    assert shown.startswith(f"TEST   {script.TEST_ID}")
    assert "RED" not in shown


def test_code_that_was_sent_back_is_not_shown():
    refused = e.ProposalRefused(e.Phase.MINIMAL, 1, "no test needs line 14")
    shown, progress = _shown([script.GREEN, refused, script.GREEN, script.NOTHING])
    assert 1 == shown.count("GREEN")
    assert "no test needs line 14" in progress


@pytest.mark.parametrize("phase", [e.Phase.GREEN, e.Phase.TIDY, e.Phase.RED])
def test_code_that_has_to_be_written_again_is_not_shown(phase):
    shown, progress = _shown([script.GREEN, e.PhaseStarted(phase)], terminal=False)
    assert "" == shown
    assert "       green was sent back for what no test needs\n" == progress


def test_green_is_shown_even_where_nobody_looks_for_code_that_no_test_needs():
    shown, _ = _shown([script.GREEN, script.COMMITTED])
    assert shown.index("GREEN") < shown.index("COMMIT")
    assert "←" not in shown


def test_an_interrupted_cycle_shows_what_was_proven():
    assert "GREEN" in _shown([script.GREEN])[0]


def test_a_piece_that_cannot_be_found_in_the_change_has_a_line_of_its_own():
    where = Detail("no test notices deletion", "src/other.py:3", "survivor", Verdict.NOT_PROVEN)
    proof = script.proof(Claim.MINIMAL, "", verdict=Verdict.NOT_PROVEN, details=(where,))
    shown, _ = _shown([script.GREEN, e.PhaseProven(e.Phase.MINIMAL, proof), script.COMMITTED])
    assert "       ! src/other.py:3 no test needs this; kept" in shown


def test_of_several_lines_that_no_test_needs_the_first_says_so():
    piece = Detail("no test notices deletion", f"{script.CODE}:14-15", "survivor", Verdict.REFUTED)
    proof = script.proof(Claim.MINIMAL, "", verdict=Verdict.NOT_PROVEN, details=(piece,))
    shown, _ = _shown([script.GREEN, e.PhaseProven(e.Phase.MINIMAL, proof), script.COMMITTED])
    assert '("overdraft")    ← no test needs these 2 lines; kept' in shown


def test_a_part_of_a_line_that_no_test_needs_is_named():
    piece = Detail("no test notices `a > b` taken for true", f"{script.CODE}:13", "survivor")
    piece = Detail(piece.what, piece.where, piece.kind, Verdict.NOT_PROVEN)
    proof = script.proof(Claim.MINIMAL, "", verdict=Verdict.NOT_PROVEN, details=(piece,))
    events = [script.GREEN, e.PhaseProven(e.Phase.MINIMAL, proof), script.COMMITTED]
    shown, _ = _shown(events, width=100)
    assert "balance:    ← no test notices `a > b` taken for true; kept" in shown


def test_where_a_remark_has_no_room_it_points_up():
    shown, _ = _shown([script.GREEN, script.MINIMAL, script.COMMITTED], width=60)
    assert '       +     log.warning("overdraft")\n         ↑ no test needs this; kept\n' in shown


def test_a_change_that_was_cut_is_shown_as_it_is_kept():
    minimal = e.PhaseProven(e.Phase.MINIMAL, None, code="+cut\n", told=("cut out: 1 line",))
    shown, _ = _shown([script.GREEN, minimal, script.COMMITTED])
    assert "       + cut\n       cut out: 1 line" in shown
    assert "overdraft" not in shown


def test_a_refactoring_is_told_with_its_strength():
    shown, _ = _shown([script.TIDY])
    assert shown.startswith("TIDY   src/bank/account.py +1 −1")
    assert "43 tests end the same, by tests+differential" in shown
    assert "       - def __init__(self, b):\n       + def __init__(self, balance):\n" in shown


def test_a_long_change_is_cut():
    code = "".join(f"+line {number}\n" for number in range(40))
    green = e.PhaseProven(e.Phase.GREEN, None, script.CODE, code)
    shown, _ = _shown([green])
    assert "+40" in shown
    assert "… 17 more lines" in shown
    assert len(shown.splitlines()) < 30


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        (
            e.CycleEnded(e.Ending.ABANDONED, "no test was red for the right reason", seconds=200),
            "✗ abandoned: no test was red for the right reason\n3 min",
        ),
        (
            e.CycleEnded(e.Ending.LEFT, "main has moved; its commits are on seenred/7f", tokens=9),
            "! left on its branch: main has moved; its commits are on seenred/7f\n0.0 s · 9 tokens",
        ),
        (e.CycleEnded(e.Ending.COVERED, seconds=3), "3.0 s\n"),
        (e.CycleEnded(e.Ending.COMMITTED, cost=0.0004), "0.0 s · $0.0004\n"),
    ],
)
def test_the_end_says_why_and_what_it_cost(ended, told):
    assert told in _shown([ended])[0]


def test_a_second_cycle_begins_after_an_empty_line():
    shown, _ = _shown([*script.cycle(), script.STARTED, script.BASELINE])
    assert "\n\nPLAN.md 3/8" in shown


def test_a_header_is_shown_even_where_no_tests_were_run_before():
    shown, _ = _shown([script.STARTED, script.RED])
    assert shown.startswith("PLAN.md 3/8 · next: rejects a withdrawal above the balance\nRED")


def test_where_there_is_no_list_nothing_is_counted():
    started = e.CycleStarted(PlanItem("wrong total"), "report.txt", 0, 0)
    shown, _ = _shown([started, script.BASELINE])
    assert shown.startswith("report.txt · wrong total")


def test_a_command_is_not_named_twice():
    started = e.CycleStarted(PlanItem("tidy src/shop.py"), "tidy", 0, 0)
    shown, _ = _shown([started, script.BASELINE])
    assert shown.startswith("tidy · src/shop.py ")


def test_while_a_model_writes_a_terminal_says_so():
    events = [e.PhaseStarted(e.Phase.RED), TextArrived("x")]
    assert "RED" in _shown(events)[1]
    assert "" == _shown(events, terminal=False)[1]


def test_only_what_decides_is_coloured():
    out = io.StringIO()
    console = Console(file=out, width=90, force_terminal=True, color_system="standard")
    view = CycleView(console, Console(file=io.StringIO(), force_terminal=False))
    for event in (script.RED, script.GREEN, script.MINIMAL, script.COMMITTED):
        view(event)
    view.close()
    lines = out.getvalue().splitlines()
    assert f"\x1b[1;31mRED    \x1b[0m{script.TEST_ID}" == lines[0]
    assert lines[4].endswith("\x1b[32mproven\x1b[0m\x1b[2m 0.1 s\x1b[0m")
    assert lines[4].startswith("       InsufficientFunds missing")
    assert lines[5].startswith("\x1b[1;32mGREEN  \x1b[0msrc/bank/account.py\x1b[2m +4\x1b[0m")
    assert lines[-1].endswith("\x1b[33m4e1c9a2\x1b[0m feat: reject a withdrawal above the balance")


def test_what_is_refused_for_the_same_reason_again_is_not_told_at_length():
    why = "failed: assert 7 == 1"
    refused = [e.ProposalRefused(e.Phase.GREEN, number, why) for number in (1, 2, 3, 1)]
    _, progress = _shown(refused)
    told = [line.strip() for line in progress.splitlines()]
    assert told == [
        f"✗ green 1  {why}",
        "✗ green 2  the same",
        "✗ green 3  the same",
        f"✗ green 1  {why}",
    ]
