import pytest

from seenred.cli.phrase import Phrase, is_phrase, read_phrase
from seenred.errors import UsageError

TABLE = [
    (
        "Use solution-fixer agent on output/solution_v2.py with output/fix_plan.md",
        Phrase("solution-fixer", "output/solution_v2.py", ("output/fix_plan.md",)),
    ),
    ("use the problem-solver on problem.txt.", Phrase("problem-solver", "problem.txt")),
    (
        "Use problem-solver agent on p.txt with focus on edge cases",
        Phrase("problem-solver", "p.txt", (), "edge cases"),
    ),
    (
        "Use solution-fixer agent on a.py with:\n- plan.md\n- problem.txt\n",
        Phrase("solution-fixer", "a.py", ("plan.md", "problem.txt")),
    ),
    (
        "Use solution-fixer agent on a.py with plan.md, problem.txt and t.txt with focus on speed",
        Phrase("solution-fixer", "a.py", ("plan.md", "problem.txt", "t.txt"), "speed"),
    ),
    (
        "Use solution-improver agent on 'my file.py' with `p.md`",
        Phrase("solution-improver", "my file.py", ("p.md",)),
    ),
]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[t[0][:40] for t in TABLE])
def test_a_sentence_is_understood(text, expected):
    assert expected == read_phrase(text)


@pytest.mark.parametrize("text", ["Use it", "make me a sandwich", "Use x agent"])
def test_another_sentence_is_refused(text):
    with pytest.raises(UsageError, match="not understood"):
        read_phrase(text)


def test_a_command_is_no_sentence():
    assert not is_phrase(["doctor"])
    assert not is_phrase(["solve", "p.txt"])
    assert is_phrase(["Use x on y"])
