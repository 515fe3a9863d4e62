from seenred.agents.outline import outline

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

    def _note(self, what):
        self._log.append(what)

    def withdraw(self, amount):
        self.balance -= amount
'''


def test_only_what_a_test_can_use_is_left():
    assert outline(CODE) == (
        "LIMIT = 5\n"
        "def add(a: int, b=2, *, c=None) -> int: ...\n"
        "class Boom(ValueError): ...\n"
        "class Account:\n"
        "    name: str = ''\n"
        "    balance = ...\n"
        "    def __init__(self, balance): ...\n"
        "    @property\n"
        "    def is_empty(self): ...\n"
        "    def withdraw(self, amount): ..."
    )


def test_what_is_no_python_stays():
    assert outline("class A:\n  def") == "class A:\n  def"
