"""Where the test and the code of an item go, in small projects of different shapes."""

import asyncio

import pytest
from memory_blobs import MemoryBlobs

from seenred.domain.plan import parse_plan
from seenred.domain.tree import Entry, Tree
from seenred.engine.cycle.location import project
from seenred.engine.cycle.location.locating import Frame, locate, render

EMPTY = {"README.md": "# Kata\n"}

FLAT = {
    "calc.py": "def add(a, b):\n    return a + b\n\n\ndef divide(a, b):\n    return a / b\n",
    "test_calc.py": "from calc import add\n\n\ndef test_add():\n    assert add(1, 2) == 3\n",
}

SRC = {
    "pyproject.toml": '[tool.pytest.ini_options]\ntestpaths = ["checks"]\n',
    "src/shop/__init__.py": "",
    "src/shop/cart.py": (
        "from shop.money import rounded\n\n\n"
        "class Cart:\n    def __init__(self):\n        self.items = []\n\n"
        "    def add_item(self, item):\n        self.items.append(item)\n\n"
        "    def total(self):\n        return rounded(sum(self.items))\n"
    ),
    "src/shop/money.py": (
        'def rounded(amount):\n    """Half a cent goes up."""\n    return round(amount, 2)\n\n\n'
        "def as_text(amount):\n    return f'{amount} EUR'\n"
    ),
    "checks/test_cart.py": (
        "from shop.cart import Cart\n\n\ndef test_an_empty_cart_costs_nothing():\n"
        "    assert Cart().total() == 0\n"
    ),
}

TWO = {
    "parser.py": "def parse(text):\n    return text.split()\n",
    "printer.py": "def render(words):\n    return ' '.join(words)\n",
    "tests/test_both.py": (
        "from parser import parse\nfrom printer import render\n\n\n"
        "def test_round_trip():\n    assert render(parse('a b')) == 'a b'\n"
    ),
}

BANK = {
    "bank/__init__.py": "from bank.account import Account\n",
    "bank/account.py": (
        "class InsufficientFunds(Exception):\n    pass\n\n\n"
        "class Account:\n    def __init__(self, balance=0):\n        self.balance = balance\n\n"
        "    def deposit(self, amount):\n        self.balance += amount\n\n"
        "    def withdraw(self, amount):\n        if amount > self.balance:\n"
        "            raise InsufficientFunds\n        self.balance -= amount\n"
    ),
    "bank/statement.py": (
        "class Statement:\n    def __init__(self, account):\n        self.account = account\n\n"
        "    def lines(self):\n        return [f'balance {self.account.balance}']\n"
    ),
    "tests/unit/test_account.py": (
        "from bank import Account\n\n\nclass TestDeposit:\n"
        "    def test_adds_to_the_balance(self):\n        account = Account()\n"
        "        account.deposit(5)\n        assert account.balance == 5\n"
    ),
    "tests/unit/statement_test.py": "from bank.statement import Statement\n",
}

PARTS = {
    "calculator.py": "def subtract(a, b):\n    return a - b\n",
    "test_calculator.py": (
        "from calculator import subtract\n\n\n"
        "def test_subtracts():\n    assert subtract(3, 2) == 1\n"
    ),
    **{f"shop/part{n}.py": f"def order{n}(parts):\n    return parts\n" for n in range(1, 4)},
}


def large():
    """Sixty modules in packages, each with its test."""
    files = {"app/__init__.py": ""}
    kinds = ("order", "invoice", "parcel", "refund", "voucher", "tax")
    for kind in kinds:
        files[f"app/{kind}/__init__.py"] = ""
        for part in ("model", "store", "service", "view", "check", "export"):
            files[f"app/{kind}/{part}.py"] = (
                f"class {kind.title()}{part.title()}:\n"
                f"    def load_{kind}(self, key):\n        return key\n\n\n"
                f"def {part}_{kind}(value):\n    return value\n"
            )
            files[f"tests/{kind}/test_{kind}_{part}.py"] = (
                f"from app.{kind}.{part} import {part}_{kind}\n\n\n"
                f"def test_{part}_of_{kind}():\n    assert {part}_{kind}(1) == 1\n"
            )
    files["app/tax/rate.py"] = (
        "RATES = {'DE': 19}\n\n\ndef rate_of(country):\n    return RATES[country]\n"
    )
    return files


LARGE = large()


def located(files, item, plan="# Plan\n", frames=(), cache=None):
    text = f"{plan}\n- [ ] {item}\n"
    blobs = MemoryBlobs()
    files = {**files, "PLAN.md": text}
    tree = Tree({path: Entry(blobs.add(content.encode())) for path, content in files.items()})
    parsed = parse_plan(text)
    return asyncio.run(locate(tree, blobs, parsed.next_item, parsed, frames=frames, cache=cache))


CALC = "# Calculator\n"
ROWS = {
    # an empty project: the name is the plan's
    "empty, by the title": (
        EMPTY,
        "adds two numbers",
        CALC,
        "calculator.py",
        "tests/test_calculator.py",
    ),
    "empty, a title with other words": (
        EMPTY,
        "x",
        "# Bank account kata: test list\n",
        "bank_account.py",
        "tests/test_bank_account.py",
    ),
    "empty, a path in the title": (
        EMPTY,
        "x",
        "# Calculator (`calc.py`)\n",
        "calc.py",
        "tests/test_calc.py",
    ),
    "empty, a path in prose": (
        EMPTY,
        "x",
        "# Calculator\n\nThe code is in `calc.py`.\n",
        "calc.py",
        "tests/test_calc.py",
    ),
    "empty, an import in the plan": (
        EMPTY,
        "x",
        "# Money\n\nUse it with `from bank import Account`.\n",
        "bank.py",
        "tests/test_bank.py",
    ),
    "empty, an import in the item": (
        EMPTY,
        "`from bowling import Game` and roll",
        CALC,
        "bowling.py",
        "tests/test_bowling.py",
    ),
    "empty, a package": (
        EMPTY,
        "`from bank.account import Account`",
        CALC,
        "bank/account.py",
        "tests/test_account.py",
    ),
    "empty, by the section": (
        EMPTY,
        "x",
        "# Test list\n\n## Text wrapper\n",
        "text_wrapper.py",
        "tests/test_text_wrapper.py",
    ),
    "empty, by the class": (
        EMPTY,
        "a `BowlingGame` scores 0",
        "",
        "bowling_game.py",
        "tests/test_bowling_game.py",
    ),
    "empty, a name of the standard library": (
        EMPTY,
        "x",
        "# Queue\n",
        "queue_module.py",
        "tests/test_queue_module.py",
    ),
    "empty, nothing says": (EMPTY, "adds", "# Plan\n", "main.py", "tests/test_main.py"),
    "empty, the item names its test": (
        EMPTY,
        "adds `tests/unit/test_sum.py::test_adds`",
        CALC,
        "calculator.py",
        "tests/unit/test_sum.py",
    ),
    "empty, with settings": (
        {"pytest.ini": "[pytest]\npythonpath = src\ntestpaths = spec\n"},
        "x",
        CALC,
        "src/calculator.py",
        "spec/test_calculator.py",
    ),
    "empty, with another pattern": (
        {"pytest.ini": "[pytest]\npython_files = *_test.py\n"},
        "x",
        CALC,
        "calculator.py",
        "tests/calculator_test.py",
    ),
    "empty but for a package": (
        {"src/calc/__init__.py": "", "pyproject.toml": ""},
        "adds two numbers",
        "# Sums\n",
        "src/calc/__init__.py",
        "tests/test_calc.py",
    ),
    # one module
    "flat, known words": (
        FLAT,
        "dividing by zero raises `ZeroDivisionError`",
        CALC,
        "calc.py",
        "test_calc.py",
    ),
    "flat, nothing known": (FLAT, "the square of 3 is 9", CALC, "calc.py", "test_calc.py"),
    "flat, a new module is named": (
        FLAT,
        "`from money import Money` works",
        CALC,
        "money.py",
        "test_money.py",
    ),
    "flat, a path that does not exist": (
        FLAT,
        "`money.py` knows cents",
        CALC,
        "money.py",
        "test_money.py",
    ),
    # a package below src
    "src, a method": (
        SRC,
        "a cart's total counts every item",
        CALC,
        "src/shop/cart.py",
        "checks/test_cart.py",
    ),
    "src, a docstring": (
        SRC,
        "half a cent goes up when rounding",
        CALC,
        "src/shop/money.py",
        "checks/test_money.py",
    ),
    "src, inline code": (
        SRC,
        "`as_text(2)` gives `2.00 EUR`",
        CALC,
        "src/shop/money.py",
        "checks/test_money.py",
    ),
    "src, CamelCase from words": (
        SRC,
        "adding an item twice",
        CALC,
        "src/shop/cart.py",
        "checks/test_cart.py",
    ),
    "src, a bare path": (
        SRC,
        "in `money.py`: negative amounts",
        CALC,
        "src/shop/money.py",
        "checks/test_money.py",
    ),
    "src, a new module": (
        SRC,
        "`from shop.tax import rate`",
        CALC,
        "src/shop/tax.py",
        "checks/test_tax.py",
    ),
    "src, the test is named": (
        SRC,
        "counts `checks/test_cart.py::test_counts`",
        CALC,
        "src/shop/cart.py",
        "checks/test_cart.py",
    ),
    # two modules with one test file
    "two, by a word": (TWO, "parsing skips blanks", "# Words\n", "parser.py", "tests/test_both.py"),
    "two, by a name": (
        TWO,
        "`render([])` is empty",
        "# Words\n",
        "printer.py",
        "tests/test_both.py",
    ),
    "two, by the section": (
        TWO,
        "nothing at all",
        "# Words\n\n## Printer\n",
        "printer.py",
        "tests/test_both.py",
    ),
    # numbers, which stand for values
    "parts, a number is a value": (
        PARTS,
        "`add(2, 3)` gives 5",
        "# Plan\n\n## Calculator\n",
        "calculator.py",
        "test_calculator.py",
    ),
    "parts, a number beside its word": (
        PARTS,
        "the order of part 2 is kept",
        "# Plan\n\n## Calculator\n",
        "shop/part2.py",
        "test_part2.py",
    ),
    # classes
    "bank, a method": (
        BANK,
        "withdrawing more than the balance",
        "# Bank\n",
        "bank/account.py",
        "tests/unit/test_account.py",
    ),
    "bank, an exception": (
        BANK,
        "a negative deposit raises `ValueError`",
        "# Bank\n",
        "bank/account.py",
        "tests/unit/test_account.py",
    ),
    "bank, another class": (
        BANK,
        "a statement has a line for each deposit",
        "# Bank\n",
        "bank/statement.py",
        "tests/unit/statement_test.py",
    ),
    "bank, qualified": (
        BANK,
        "`Statement.lines` is sorted",
        "# Bank\n",
        "bank/statement.py",
        "tests/unit/statement_test.py",
    ),
    # many modules
    "large, by name": (
        LARGE,
        "`store_refund` refuses `None`",
        "# App\n",
        "app/refund/store.py",
        "tests/refund/test_refund_store.py",
    ),
    "large, by words": (
        LARGE,
        "the export of a parcel",
        "# App\n",
        "app/parcel/export.py",
        "tests/parcel/test_parcel_export.py",
    ),
    "large, a class": (
        LARGE,
        "`InvoiceView` shows the sum",
        "# App\n",
        "app/invoice/view.py",
        "tests/invoice/test_invoice_view.py",
    ),
    "large, without a test yet": (
        LARGE,
        "the tax rate of a country",
        "# App\n",
        "app/tax/rate.py",
        "tests/tax/test_rate.py",
    ),
    "large, by the section": (
        LARGE,
        "the check refuses 0",
        "# App\n\n## Vouchers\n",
        "app/voucher/check.py",
        "tests/voucher/test_voucher_check.py",
    ),
}


@pytest.mark.parametrize(("files", "item", "plan", "code", "test"), ROWS.values(), ids=ROWS.keys())
def test_an_item_is_located(files, item, plan, code, test):
    found = located(files, item, plan)
    assert (code, test) == (found.production[0], found.test_file)


@pytest.mark.parametrize(("files", "item", "plan", "code", "test"), ROWS.values(), ids=ROWS.keys())
def test_an_item_is_located_among_files_that_were_only_skimmed(
    files, item, plan, code, test, monkeypatch
):
    monkeypatch.setattr(project, "MOST_PARSED", 3)
    found = located(files, item, plan)
    assert (code, test) == (found.production[0], found.test_file)


class Remembered(dict):
    """A cache in memory."""

    def recall(self, blobs):
        return {blob: self[blob] for blob in blobs if blob in self}

    keep = dict.update

    @property
    def parsed(self):
        return sum(not module.skimmed for module in self.values())


def very_large():
    """Twelve hundred files, three of which have to do with taxes."""
    other = {
        f"app/area_{n}/part_{n}.py": f"def load_{n}(key):\n    return key\n" for n in range(900)
    }
    tests = {
        f"tests/test_part_{n}.py": f"def test_{n}():\n    assert {n} + 1\n" for n in range(300)
    }
    return {**other, **tests, **LARGE}


def test_of_very_many_files_only_those_are_parsed_that_the_item_may_be_about():
    cache, item = Remembered(), "the `rate_of` an unknown country raises KeyError"
    first = located(very_large(), item, cache=cache)
    assert (first.production[0], first.symbols[0].symbol.last) == ("app/tax/rate.py", 5)
    assert 1 <= cache.parsed <= 2 * project.MOST_PARSED
    known = dict(cache)
    assert located(very_large(), item, cache=cache) == first
    assert known == cache


MODULES = [
    (EMPTY, "adds", CALC, "calculator", True),
    (EMPTY, "`from bank.account import Account`", CALC, "bank.account", True),
    (FLAT, "adds", CALC, "calc", False),
    (SRC, "`as_text(2)`", CALC, "shop.money", False),
    (SRC, "`from shop.tax import rate`", CALC, "shop.tax", True),
    (BANK, "withdraw", CALC, "bank.account", False),
]


@pytest.mark.parametrize(("files", "item", "plan", "module", "is_new"), MODULES)
def test_the_module_is_named_as_it_is_imported(files, item, plan, module, is_new):
    found = located(files, item, plan)
    assert (module, is_new) == (found.module, found.is_new)


def test_the_best_definitions_are_located_with_their_source():
    found = located(BANK, "withdrawing more than the balance raises `InsufficientFunds`")
    assert found.symbols[0].symbol.name in ("Account.withdraw", "InsufficientFunds")
    assert "Account.withdraw" in [each.symbol.name for each in found.symbols]
    assert found.symbols[0].source in BANK["bank/account.py"]
    assert found.names == ("InsufficientFunds", "Account")


def test_a_method_without_its_class_belongs_to_the_located_one():
    assert located(BANK, "a statement has a line for each deposit").owner == "Statement"
    assert located(BANK, "the account can be closed").owner == "Account"
    assert located(EMPTY, "a `Game` scores 0").owner == ""


def test_what_the_located_code_uses_elsewhere_is_shown_by_its_signature():
    found = located(SRC, "`Cart.total` counts every item")
    expected = "# src/shop/money.py\ndef rounded(amount): ...  # Half a cent goes up.\n"
    assert expected == found.neighbours


def test_the_place_of_a_failure_counts_more_than_words():
    found = located(SRC, "the sum", frames=[Frame("src/shop/money.py", 3)])
    assert found.production[0] == "src/shop/money.py"
    assert found.symbols[0].symbol.name == "rounded"


def test_of_several_places_the_innermost_counts_most():
    frames = [Frame("parser.py", 2), Frame("printer.py", 2)]
    assert located(TWO, "it crashes", frames=frames).production[0] == "parser.py"
    frames.reverse()
    assert located(TWO, "it crashes", frames=frames).production[0] == "printer.py"


def test_an_item_may_name_its_test():
    found = located(FLAT, "adds `test_calc.py::test_adds_negative`")
    assert (found.test_file, found.test_name) == ("test_calc.py", "test_adds_negative")


def test_a_test_that_is_there_tells_which_module_it_waits_for():
    files = {
        **EMPTY,
        "tests/test_sum.py": "from calc.sums import add\n\n\ndef test_add():\n    add(1)\n",
    }
    item = "adds two numbers: `tests/test_sum.py::test_add`"
    assert located(files, item, CALC).production == ("calc/sums.py",)
    assert located({**files, **FLAT}, item, CALC).production[0] == "calc/sums.py"


def long_module():
    parts = [
        f'def step_{number}(value):\n    """Step {number}."""\n'
        + "    value += 1\n" * 20
        + "    return value\n"
        for number in range(60)
    ]
    return "import os\n\n\n" + "\n\n".join(parts)


def test_a_long_module_is_shown_within_the_budget():
    found = located({"steps.py": long_module()}, "`step_30` doubles")
    shown = render(found, 400)
    assert len(shown) <= 1600
    assert shown.startswith("# steps.py\nimport os\n")
    assert found.symbols[0].source in shown
    assert "def step_0(value): ...\n" in shown
    assert shown.count("value += 1") == 20


def test_a_short_module_is_shown_whole():
    found = located(SRC, "`Cart.total` counts every item")
    expected = f"# src/shop/cart.py\n{SRC['src/shop/cart.py']}\n{found.neighbours}"
    assert expected == render(found, 1000)
    assert found.code == SRC["src/shop/cart.py"]


def test_of_a_new_module_it_is_said_that_it_is_new():
    assert render(located(EMPTY, "adds", CALC), 100) == "# calculator.py does not exist yet\n"


def test_a_file_that_is_not_python_is_no_obstacle():
    files = {**FLAT, "broken.py": "def (:\n", "latin.py": "# -*- coding: klingon -*-\n"}
    assert located(files, "dividing by zero").production[0] == "calc.py"
