"""First reds, right and wrong, and the verdict that each must get.

Each row holds what differs from a small bank: its new test, and what the change makes of the code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

TEST = "tests/test_new.py"
ACCOUNT = """\
import json

class Account:
    def __init__(self, balance=0):
        self.balance = balance

    def deposit(self, amount):
        self.balance += amount

def find(name):
    return None

def rate():
    raise NotImplementedError
"""
OLD = {"bank/__init__.py": "", "bank/account.py": ACCOUNT}
WITHDRAW = ACCOUNT.replace(
    "def find(",
    "class Overdraft(Exception): ...\n\ndef withdraw(a, n): raise Overdraft\n\ndef find(",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A new test, and why it is red.

    Attributes:
        test: the content of the new test file.
        reason: code of the proof's reason.
        change: what the change makes of the production code; what is absent stays.
        old: the code before it.
        beside: further test files, laid over the old code too.
        named: what the plan item names.
        decisive: a part of the decisive line.
    """

    test: str
    reason: str
    change: Mapping[str, str] = field(default_factory=dict)
    old: Mapping[str, str] = field(default_factory=lambda: OLD)
    beside: Mapping[str, str] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    case: str = "test_it"
    decisive: str = ""


RIGHT = {
    "a plain assertion": Row(
        """
from bank.account import Account
def test_it(): assert Account(5).balance == 6
""",
        "assertion",
        decisive="assert 5 == 6",
    ),
    "an assertion in a helper": Row(
        """
from bank.account import Account
def has(account, amount): assert account.balance == amount
def test_it(): has(Account(5), 6)
""",
        "assertion",
    ),
    "unittest": Row(
        """
import unittest
from bank.account import Account
class Case(unittest.TestCase):
    def test_it(self): self.assertEqual(Account(5).balance, 6)
""",
        "assertion",
        case="Case::test_it",
    ),
    "a mock's assertion": Row(
        """
from unittest import mock
from bank import account
def test_it():
    with mock.patch("bank.account.json.dumps") as dumps:
        account.find("x")
    dumps.assert_called_once_with("x")
""",
        "assertion",
    ),
    "approx": Row(
        """
import pytest
from bank.account import Account
def test_it(): assert Account(0.1).balance == pytest.approx(0.3)
""",
        "assertion",
    ),
    "it did not raise": Row(
        """
import pytest
from bank.account import Account
def test_it():
    with pytest.raises(ValueError): Account(5).deposit(-1)
""",
        "did-not-raise",
    ),
    "unittest's did not raise": Row(
        """
import unittest
from bank.account import Account
class Case(unittest.TestCase):
    def test_it(self):
        with self.assertRaises(ValueError): Account(5).deposit(-1)
""",
        "did-not-raise",
        case="Case::test_it",
    ),
    "another exception than the expected one": Row(
        """
import pytest
from bank.account import rate
def test_it():
    with pytest.raises(ValueError): rate()
""",
        "production-exception",
    ),
    "not implemented": Row(
        "from bank.account import rate\ndef test_it(): assert rate() == 3\n",
        "production-exception",
        decisive="bank/account.py:",
    ),
    "a crash in the code": Row(
        'from bank.account import Account\ndef test_it(): Account("5").deposit(1)\n',
        "production-exception",
    ),
    "an unexpected keyword": Row(
        """
from bank.account import Account
def test_it(): assert Account(5, currency="EUR").balance == 5
""",
        "call-mismatch",
        decisive="currency",
    ),
    "too many arguments": Row(
        "from bank.account import find\ndef test_it(): assert find('a', 'b') == 1\n",
        "call-mismatch",
    ),
    "the result is None": Row(
        "from bank.account import find\ndef test_it(): assert find('a').name == 'a'\n",
        "production-result",
    ),
    "the result is no list": Row(
        "from bank.account import find\ndef test_it(): assert find('a')[0] == 'a'\n",
        "production-result",
    ),
    "a file that the code should write": Row(
        """
from bank.account import find
def test_it(tmp_path):
    find(tmp_path)
    assert (tmp_path / "out.txt").read_text() == "x"
""",
        "production-result",
    ),
    "a new function, imported": Row(
        "from bank.account import withdraw, Account\ndef test_it(): withdraw(Account(), 1)\n",
        "missing-symbol",
        change={"bank/account.py": WITHDRAW},
        decisive="withdraw",
    ),
    "a new function, by its module": Row(
        "from bank import account\ndef test_it(): account.withdraw(account.Account(), 1)\n",
        "missing-symbol",
        change={"bank/account.py": WITHDRAW},
    ),
    "a new exception, expected": Row(
        """
import pytest
from bank.account import Account, Overdraft, withdraw
def test_it():
    with pytest.raises(Overdraft): withdraw(Account(5), 11)
""",
        "missing-symbol",
        change={"bank/account.py": WITHDRAW},
    ),
    "any exception expected of a new function": Row(
        """
import pytest
from bank.account import withdraw
def test_it():
    with pytest.raises(Exception): withdraw(1, 2)
""",
        "missing-symbol",
        change={"bank/account.py": WITHDRAW},
    ),
    "a new module": Row(
        "from bank.money import euro\ndef test_it(): assert euro(1) == '1 €'\n",
        "missing-symbol",
        change={"bank/money.py": "def euro(n): return f'{n} €'\n"},
    ),
    "a new module, imported whole": Row(
        "import bank.money as money\ndef test_it(): assert money.euro(1) == '1 €'\n",
        "missing-symbol",
        change={"bank/money.py": "def euro(n): return f'{n} €'\n"},
    ),
    "the first test of an empty project": Row(
        "from calculator import Calculator\ndef test_it(): assert Calculator().add(1, 2) == 3\n",
        "missing-symbol",
        change={"calculator.py": "class Calculator:\n    def add(self, a, b): return a + b\n"},
        old={},
    ),
    "the first test, in the src layout": Row(
        "from calculator import Calculator\ndef test_it(): assert Calculator().add(1, 2) == 3\n",
        "missing-symbol",
        change={"src/calculator/__init__.py": "class Calculator:\n    add = max\n"},
        old={},
        beside={"pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["src"]\n'},
    ),
    "Calculator, never imported": Row(
        "def test_it():\n    calc = Calculator()\n    assert calc.add(1, 2) == 3\n",
        "missing-symbol",
        old={},
        named=frozenset({"Calculator"}),
        decisive="`Calculator` is missing",
    ),
    "what the plan item names, nothing there yet": Row(
        "from calculator import Calculator\ndef test_it(): assert Calculator().add(1, 2) == 3\n",
        "missing-symbol",
        old={},
        named=frozenset({"calculator:Calculator", "calculator"}),
    ),
    "in a fixture": Row(
        """
import pytest
from bank import account
@pytest.fixture
def poor(): return account.Poor()
def test_it(poor): assert poor.balance == 0
""",
        "missing-symbol",
        change={"bank/account.py": ACCOUNT + "\nclass Poor(Account): ...\n"},
    ),
    "in the conftest": Row(
        "def test_it(poor): assert poor.balance == 0\n",
        "missing-symbol",
        change={"bank/account.py": ACCOUNT + "\nclass Poor(Account): ...\n"},
        beside={
            "tests/conftest.py": """
import pytest
from bank.account import Poor
@pytest.fixture
def poor(): return Poor()
"""
        },
    ),
    "a base class that is missing": Row(
        """
from bank.account import Poor
class Rich(Poor): ...
def test_it(): assert Rich().balance == 0
""",
        "missing-symbol",
        change={"bank/account.py": ACCOUNT + "\nclass Poor(Account): ...\n"},
    ),
    "patched where it will be": Row(
        """
from unittest import mock
from bank import account
def test_it():
    with mock.patch.object(account, "notify") as notify: account.Account()
    notify.assert_called_once_with()
""",
        "missing-symbol",
        change={
            "bank/account.py": "def notify(): ...\nclass Account:\n"
            "    __init__ = lambda s: notify()\n"
        },
    ),
    "an attribute that no parser sees": Row(
        "from bank import account\ndef test_it(): assert account.Account().owner == 'x'\n",
        "missing-symbol",
        change={"bank/account.py": ACCOUNT + "\nAccount.__getattr__ = lambda self, name: 'x'\n"},
        decisive="with the change it passes",
    ),
    "a method of another type": Row(
        "from bank.account import kind\ndef test_it(): assert kind().upper() == 'X'\n",
        "missing-symbol",
        old={"bank/__init__.py": "", "bank/account.py": "def kind(): return 1\n"},
        change={"bank/account.py": "def kind(): return 'x'\n"},
    ),
    "each case of a parametrised one": Row(
        """
import pytest
from bank.account import find
@pytest.mark.parametrize(("name", "found"), [("a", 1), ("b", None)])
def test_it(name, found): assert find(name) == found
""",
        "assertion",
    ),
    "async, with a plugin": Row(
        """
import pytest
from bank.account import Account
@pytest.fixture
def anyio_backend(): return "asyncio"
@pytest.mark.anyio
async def test_it(): assert Account(5).balance == 6
""",
        "assertion",
    ),
    "snapshot-like data": Row(
        """
from pathlib import Path
from bank.account import find
def test_it(): assert find("x") == (Path(__file__).parent / "data/x.txt").read_text()
""",
        "assertion",
        beside={"tests/data/x.txt": "found\n"},
    ),
    "one new name of two in its file": Row(
        """
from bank.account import Account, withdraw
def test_it(): withdraw(Account(), 1)
def test_old(): assert Account(5).balance == 5
""",
        "missing-symbol",
        change={"bank/account.py": WITHDRAW},
    ),
}

WRONG = {
    "passes already": Row(
        "from bank.account import Account\ndef test_it(): assert Account(5).balance == 5\n",
        "passes-already",
    ),
    "passes, beside one that needs a new name": Row(
        """
from bank.account import Account, withdraw
def test_new(): withdraw(Account(), 1)
def test_it(): assert Account(5).balance == 5
""",
        "passes-already",
        change={"bank/account.py": WITHDRAW},
    ),
    "tautology": Row("def test_it(): assert True\n", "passes-already"),
    "syntax error": Row("def test_it(:\n", "syntax-error"),
    "a typo of its own": Row(
        "from bank.account import Account\ndef test_it(): assert Acount(5).balance == 5\n",
        "test-typo",
        decisive="Acount",
    ),
    "a typo in a method": Row(
        "from bank.account import Account\ndef test_it(): Account(5).depsoit(1)\n",
        "test-typo",
    ),
    "a typo in an import": Row(
        "from bank.account import Acount\ndef test_it(): assert Acount(5).balance == 5\n",
        "test-typo",
        change={"bank/account.py": WITHDRAW},
    ),
    "unknown fixture": Row("def test_it(acount): assert acount\n", "unknown-fixture"),
    "a package that is not installed": Row(
        "import nowhere_to_be_found\ndef test_it(): assert nowhere_to_be_found.x == 1\n",
        "third-party-import",
    ),
    "async without a plugin": Row(
        "async def test_it(): assert False\n",
        "async-without-plugin",
        beside={"pytest.ini": "[pytest]\naddopts = -p no:anyio -p no:asyncio\n"},
    ),
    "skipped": Row("import pytest\n@pytest.mark.skip\ndef test_it(): assert False\n", "skipped"),
    "skipped inside": Row("import pytest\ndef test_it(): pytest.skip('later')\n", "skipped"),
    "expected to fail": Row(
        "import pytest\n@pytest.mark.xfail\ndef test_it(): assert False\n", "xfailed"
    ),
    "not a test": Row("def check(): assert False\n", "nothing-collected"),
    "it breaks all by itself": Row("import json\ndef test_it(): json.loads('{')\n", "test-error"),
    "parameters that do not fit": Row(
        "import pytest\n@pytest.mark.parametrize('n', [1])\ndef test_it(): assert False\n",
        "not-collectable",
    ),
    "it leaves": Row("import os\ndef test_it(): os._exit(0)\n", "left-early"),
    "it ends the session": Row(
        "import pytest\ndef test_it(): pytest.exit('done', returncode=0)\n", "left-early"
    ),
}

UNDECIDED = {
    "the code needs a package that is not installed": Row(
        "from bank.account import withdraw\ndef test_it(): assert withdraw(1, 2) is None\n",
        "package-missing",
        old={"bank/__init__.py": "", "bank/account.py": "import nowhere_to_be_found\n"},
        change={"bank/account.py": "import nowhere_to_be_found\ndef withdraw(a, n): ...\n"},
        decisive="needs nowhere_to_be_found, which is neither in the project nor installed",
    ),
    "the code needs such a package when it is called": Row(
        "from bank.account import withdraw\ndef test_it(): assert withdraw(1, 2) is None\n",
        "package-missing",
        old={
            "bank/__init__.py": "",
            "bank/account.py": "def withdraw(a, n):\n    import nowhere.to_be_found\n",
        },
    ),
    "a conftest needs such a package": Row(
        "from bank.account import Account\ndef test_it(): assert Account(5).balance == 6\n",
        "package-missing",
        beside={"tests/conftest.py": "import nowhere_to_be_found\n"},
    ),
    "a hang": Row("def test_it():\n    while True: pass\n", "timeout"),
    "a dead interpreter": Row("import ctypes\ndef test_it(): ctypes.string_at(0)\n", "crash"),
    "a server that is not there": Row(
        "import socket\ndef test_it(): socket.create_connection(('127.0.0.1', 9))\n",
        "needs-network",
    ),
    "one time so, one time other": Row(
        """
from bank.account import Account
def test_it(): assert Account(hash("a") % 2).balance == hash("b") % 2
""",
        "flaky",
    ),
}
