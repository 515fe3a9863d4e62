from seenred.agents.given import Given, code_request
from seenred.domain.problem import ProblemKind


def test_a_program_is_asked_for_with_its_reading_and_its_printing():
    asked = code_request(Given(kind=ProblemKind.STDIO))
    assert "the reading and the printing too" in asked


def test_a_function_is_asked_for_by_its_signature():
    asked = code_request(Given(kind=ProblemKind.FUNCTION, signature="def f(a: int) -> int:"))
    assert "`def f(a: int) -> int:`" in asked
