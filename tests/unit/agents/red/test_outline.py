from seenred.agents.red.outline import outline

CODE = '''
import math

LIMIT = 5
_HIDDEN = 6


def add(a: int, b=2, *, c=None) -> int:
    """Add."""
    return a + b


class Boom(ValueError):
    """It went off."""


class Account:
    name: str = ""

    def __init__(self, balance):
        self.balance = balance
        self._log = []

    @property
    def is_empty(self):
        return not self.balance

    def __len__(self):
        return 1

    def _note(self, what):
        self._log.append(what)

    def withdraw(self, amount):
        self.balance -= amount
'''


def test_only_what_a_test_can_use_is_left():
    assert outline(CODE) == (
        "- `LIMIT`\n"
        "- function `add(a: int, b=2, *, c=None) -> int`\n"
        "- class `Boom()` (a ValueError)\n"
        "- class `Account(balance)` with `.name`, `.balance`, `.is_empty`, `len()`,"
        " `.withdraw(amount)`"
    )


def test_what_is_no_python_stays():
    assert outline("class A:\n  def") == "class A:\n  def"
