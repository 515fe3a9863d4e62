import pytest

from seenred.domain.checker import Checker, compares_with_one_answer, read_checker
from seenred.domain.problem import Case, Parameter, Problem, ProblemKind, Signature

PAIR = Problem(
    "", "", ProblemKind.FUNCTION, Signature("pair", (Parameter("nums"), Parameter("target")))
)
PROGRAM = Problem("", "", ProblemKind.STDIO)
CASE = Case("example 1", ("[1, 2]", "3"), expected="[0, 1]")


@pytest.mark.parametrize(
    ("head", "given"),
    [
        ("nums, target, answer", ("[1, 2]", "3", "[1, 0]")),
        ("answer, target, nums", ("[1, 0]", "3", "[1, 2]")),
        ("a, b, c", ("[1, 2]", "3", "[1, 0]")),
        ("nums, target, answer, expected", ("[1, 2]", "3", "[1, 0]", "[0, 1]")),
        ("expected, answer, nums", ("[0, 1]", "[1, 0]", "[1, 2]")),
        ("a, b, c, d", ("[1, 2]", "3", "[1, 0]", "[0, 1]")),
    ],
)
def test_parameters_are_taken_by_name_or_in_order(head, given):
    checker = read_checker(f"def check({head}):\n    return True\n", PAIR)
    assert isinstance(checker, Checker)
    assert given == checker.arguments(CASE, "[1, 0]", ProblemKind.FUNCTION)


def test_a_program_is_checked_by_its_streams():
    checker = read_checker("def check(given, printed):\n    return True\n", PROGRAM)
    assert isinstance(checker, Checker)
    case = Case("sample 1", stdin="1 2\n", expected="3\n")
    assert ("'1 2\\n'", "'4\\n'") == checker.arguments(case, "4\n", ProblemKind.STDIO)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("def check(:\n", "is not valid Python"),
        ("def test_it(): pass\n", "defines no function `check`"),
        ("def check(answer_only): return True\n", "must take (nums, target, answer)"),
        ("def check(a, b, c, d, e): return True\n", "perhaps followed by `expected`"),
    ],
)
def test_what_is_no_checker_is_refused_with_the_reason(source, reason):
    assert reason in read_checker(source, PAIR)


@pytest.mark.parametrize(
    ("body", "objects"),
    [
        ("assert answer", True),
        ("if not answer: return 'empty'\n    return None", True),
        ("if not answer: return f'bad {answer}'", True),
        ("if answer: return True", False),
        ("return sum(answer) == target", False),
    ],
)
def test_silence_is_consent_only_of_a_checker_that_gives_reasons(body, objects):
    checker = read_checker(f"def check(nums, target, answer):\n    {body}\n", PAIR)
    assert isinstance(checker, Checker)
    assert objects == checker.objects


@pytest.mark.parametrize(
    ("test", "lazy"),
    [
        ("answer == expected", True),
        ("expected != answer", True),
        ("sorted(answer) == sorted(expected)", True),
        ("answer.split() == expected.split()", True),
        ("answer == best", True),
        ("answer == solve(nums)", True),
        ("len(answer) == len(expected)", False),
        ("sorted(answer) == sorted(nums)", False),
        ("Counter(answer) == Counter(nums)", False),
        ("answer == answer[::-1]", False),
        ("answer == []", False),
        ("answer == nums", False),
        ("sum(answer) == target", False),
        ("score(answer) == score(expected)", False),
    ],
)
def test_equality_with_one_answer_is_seen(test, lazy):
    source = f"def check(nums, target, answer, expected):\n    return {test}\n"
    assert lazy == compares_with_one_answer(source)
