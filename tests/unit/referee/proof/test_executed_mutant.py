from __future__ import annotations

from seenred.domain.mutant import Mutant
from seenred.referee.proof.executed_mutant import executed_mutants

SOURCE = b'''\
RATE = 0.5
class Cart:
    kind = "cart"

    def total(self):
        """Sums."""
        items = self.items
        return sum(items)

    def each(self):
        yield from self.items

    def __init__(self):
        self.items = []

def unused():
    return 1
'''


def mutants(called: list[int], imported: list[int]) -> list[Mutant]:
    return list(executed_mutants(SOURCE, called, imported, path="cart.py"))


def test_a_called_function_is_emptied_and_answers_nonsense_and_loses_statements() -> None:
    found = mutants([7, 8], [])
    assert [(m.kind, m.first) for m in found][:2] == [("emptied", 5), ("answer", 5)]
    assert {(m.kind, m.first) for m in found[2:]} == {("deletion", 7), ("deletion", 8)}
    assert b"    def total(self):\n        return object()\n\n\n\n    def each" in found[1].source


def test_generators_and_constructors_keep_their_kind_of_answer() -> None:
    assert {m.kind for m in mutants([11, 14], [])} == {"emptied", "deletion"}


def test_constants_of_imported_lines_are_changed() -> None:
    found = mutants([], [1, 3])
    assert ["1.5 in place of 0.5", "'cars' in place of \"cart\""] == [m.what for m in found]


def test_what_was_not_executed_is_left_alone() -> None:
    assert mutants([], []) == []
