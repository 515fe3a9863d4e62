"""What llama.cpp is sent for a gap."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from seenred.domain.gap import Gap, Room
from seenred.infrastructure.models.fill_in_the_middle import (
    completion,
    grammar_of,
    prompt_of,
    stops,
)

GAP = asdict(Gap("def f(a):\n    a = ", "    return a\n", Room.LINE, 4, "# tests\n"))


def test_the_context_comes_first_and_the_gap_last() -> None:
    assert prompt_of(GAP) == (
        "<|fim_prefix|># tests\ndef f(a):\n    a = <|fim_suffix|>    return a\n<|fim_middle|>"
    )


def test_a_copy_of_what_follows_ends_the_filling() -> None:
    assert stops("\n    return a\n") == ["\n    return a\n"]
    assert stops("\n") == []


@pytest.mark.parametrize("room", Room)
def test_each_room_has_a_grammar(room: Room) -> None:
    assert grammar_of(room, 4).startswith("root ::= ")


def test_lines_of_a_gap_begin_at_its_depth_and_are_no_comments() -> None:
    grammar = grammar_of("lines", 8)
    assert 'first ::= "        " code' in grammar
    assert "code ::= [^ #\\n]" in grammar


def test_one_line_may_leave_the_gap_as_its_last() -> None:
    assert 'end ::= " "{0,7} code' in grammar_of("block", 8)


def test_a_seed_is_sent_where_there_is_one() -> None:
    asked = {"gap": GAP, "max_tokens": 9, "temperature": 0.0, "seed": None}
    assert "seed" not in completion(asked)
    assert completion({**asked, "seed": 3})["seed"] == 3
