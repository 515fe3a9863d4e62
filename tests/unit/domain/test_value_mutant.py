import pytest

from seenred.domain.mutant import statement_mutants


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a = 3", {"a = (4)"}),
        ("a = 'b'", {"a = ('bx')"}),
        ("a = True", {"a = (False)"}),
        ("a = b < c", {"a = ((b) <= (c))"}),
        ("a = b is None", {"a = ((b) is not (None))"}),
        ("a = b + c", {"a = ((b) - (c))"}),
        ("a = b // c", {"a = ((b) * (c))"}),
        ("a = not b", {"a = (b)"}),
        ("a = b and c", {"a = ((b) or (c))"}),
        ("a: int = f(b)", set()),
        ("a = f'{b + 1}'", set()),
    ],
)
def test_something_else_is_computed(code, expected):
    mutants = statement_mutants(code.encode(), values=True)
    assert expected == {m.source.decode() for m in mutants if m.kind == "value"}


def test_values_are_only_changed_when_asked_for():
    assert {"deletion"} == {m.kind for m in statement_mutants(b"a = 3\n")}
