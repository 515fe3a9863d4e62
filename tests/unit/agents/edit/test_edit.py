import pytest

from seenred.agents.code_reply import NoCode
from seenred.agents.edit.edit import Edit, Refusal, apply_edit, read_edit

BANK = '''"""Accounts."""

from decimal import Decimal

LIMIT = 100  # of a day


class Account:
    """Holds money."""

    def __init__(self, balance=0):
        self.balance = balance  # in cents

    # money comes in
    def deposit(self, amount):
        self.balance += amount

    @property
    def is_empty(self):
        return self.balance == 0


def total(accounts):
    return sum(a.balance for a in accounts)
'''


def edited(reply, source=BANK, path="bank.py", **more):
    """The file after a reply, or why there is none."""
    fenced = reply if "```" in reply else f"```python\n{reply}```\n"
    edit = read_edit(fenced, {path: source} if source else {}, path, **more)
    if isinstance(edit, NoCode):
        return edit.reason
    done = apply_edit({path: source} if source else {}, edit, {path})
    return done.reason if isinstance(done, Refusal) else done[path]


def swapped(old, new, source=BANK):
    assert old in source
    return source.replace(old, new)


WITHDRAW = "    def withdraw(self, amount):\n        self.balance -= amount\n"
WITH_WITHDRAW = swapped("self.balance == 0\n", f"self.balance == 0\n\n{WITHDRAW}")
BARE_WITHDRAW = "def withdraw(self, amount):\n    self.balance -= amount\n"
DOUBLED = swapped("sum(a.balance for a in accounts)", "2 * sum(a.balance for a in accounts)")
TWICE = "def total(accounts):\n    return 2 * sum(a.balance for a in accounts)\n"

HABITS = {
    "one function": (TWICE, DOUBLED),
    "the whole file": (DOUBLED, DOUBLED),
    "the whole file in another layout": (
        DOUBLED.replace("# in cents", "").replace("# of a day", "").replace("\n\n\n", "\n\n"),
        DOUBLED,
    ),
    "a class without its other methods": (f"class Account:\n{WITHDRAW}", WITH_WITHDRAW),
    "a class whose other methods are dots": (
        f"class Account:\n    def __init__(self, balance=0):\n        ...\n\n{WITHDRAW}",
        swapped(
            "    @property\n    def is_empty(self):\n        return self.balance == 0\n",
            "    @property\n    def is_empty(self):\n        return self.balance == 0\n\n"
            + WITHDRAW,
        ),
    ),
    "a method before another": (
        f"class Account:\n{WITHDRAW}\n    @property\n    def is_empty(self):\n"
        "        return self.balance == 0\n",
        swapped("    @property\n", f"{WITHDRAW}\n    @property\n"),
    ),
    "a new method without its class": (BARE_WITHDRAW, WITH_WITHDRAW),
    "a new method with its indentation only": (WITHDRAW, WITH_WITHDRAW),
    "a method whose first line lost its indentation": (WITHDRAW.lstrip(), WITH_WITHDRAW),
    "two methods, only the first line lost its indentation": (
        f"{WITHDRAW.lstrip()}\n    def close(self):\n        self.balance = 0\n",
        swapped(
            "self.balance == 0\n",
            f"self.balance == 0\n\n{WITHDRAW}\n    def close(self):\n        self.balance = 0\n",
        ),
    ),
    "a property that forgot to be one": (
        "def is_empty(self):\n    return not self.balance\n",
        swapped("self.balance == 0", "not self.balance"),
    ),
    "tests": (
        f"{TWICE}\n\ndef test_total():\n    assert total([]) == 0\n"
        "\n\nclass TestTotal:\n    def test_it(self):\n        assert total([]) == 0\n",
        DOUBLED,
    ),
    "a test in a block of its own": (
        f"```python\n{TWICE}```\nAnd a test:\n```python\nimport pytest\n\n"
        "def test_total():\n    assert total([]) == 0\n```\n",
        DOUBLED,
    ),
    "demo calls": (
        f"{TWICE}\n\n# Example\nmine = Account()\nmine.deposit(5)\nprint(total([mine]))\n"
        "assert total([]) == 0\nfor x in range(3):\n    print(x)\n",
        DOUBLED,
    ),
    "a main block": (
        f'{TWICE}\n\nif __name__ == "__main__":\n    print(total([]))\n',
        DOUBLED,
    ),
    "an import of itself": (f"from bank import Account, total\nimport bank\n\n{TWICE}", DOUBLED),
    "an import of itself as src": (f"from src.bank import Account\n\n{TWICE}", DOUBLED),
    "imports that nothing uses": (f"import pytest\nfrom os import path\n\n{TWICE}", DOUBLED),
    "a helper again": (
        "def total(accounts):\n    return sum(a.balance for a in accounts)\n\n\n"
        "def richest(accounts):\n    return max(accounts, key=total)\n",
        f"{BANK}\n\ndef richest(accounts):\n    return max(accounts, key=total)\n",
    ),
    "a new import": (
        "import math\n\ndef total(accounts):\n    return math.fsum(accounts)\n",
        swapped(
            "from decimal",
            "import math\nfrom decimal",
            swapped("sum(a.balance for a in accounts)", "math.fsum(accounts)"),
        ),
    ),
    "a forgotten import": (
        "def total(accounts):\n    return math.fsum(accounts)\n",
        swapped(
            "from decimal",
            "import math\nfrom decimal",
            swapped("sum(a.balance for a in accounts)", "math.fsum(accounts)"),
        ),
    ),
    "an import that the file has": (
        "def total(accounts):\n    return Decimal(2)\n",
        swapped("sum(a.balance for a in accounts)", "Decimal(2)"),
    ),
    "a name more of an imported module": (
        "from decimal import Context\n\ndef total(accounts):\n    return Context(accounts)\n",
        swapped(
            "import Decimal",
            "import Context, Decimal",
            swapped("sum(a.balance for a in accounts)", "Context(accounts)"),
        ),
    ),
    "what the file imports": (f"class Decimal:\n    pass\n\n\n{TWICE}", DOUBLED),
    "a constant": ("LIMIT = 200\n", swapped("LIMIT = 100", "LIMIT = 200")),
    "a constant with a comment": (
        "LIMIT = 200  # more\n",
        swapped("LIMIT = 100", "LIMIT = 200"),
    ),
    "a new constant": (
        "FEE = 5\n\ndef total(accounts):\n    return FEE\n",
        swapped(
            "def total",
            "FEE = 5\n\n\ndef total",
            swapped("sum(a.balance for a in accounts)", "FEE"),
        ),
    ),
    "an exception before the class": (
        f"class Overdrawn(Exception):\n    pass\n\n\nclass Account:\n{WITHDRAW}",
        swapped(
            "class Account:",
            "class Overdrawn(Exception):\n    pass\n\n\nclass Account:",
            WITH_WITHDRAW,
        ),
    ),
    "a base of a class that stands before": (
        "class Account(Base):\n    pass\n\n\nclass Base:\n    rate = 1\n",
        swapped("class Account:", "class Base:\n    rate = 1\n\n\nclass Account(Base):"),
    ),
    "a comment above a new function": (
        "# who has most\ndef richest(accounts):\n    return max(accounts)\n",
        f"{BANK}\n\n# who has most\ndef richest(accounts):\n    return max(accounts)\n",
    ),
    "the file's name in a comment": (f"# bank.py\n{TWICE}", DOUBLED),
    "the file's name in the fence": (f"```python bank.py\n{TWICE}```", DOUBLED),
    "the file's name above the fence": (f"**`bank.py`**\n```python\n{TWICE}```", DOUBLED),
    "no fence at all": (f"Here:\n\n{TWICE}\nIt doubles. ```x```", DOUBLED),
    "a class field": (
        "class Account:\n    rate = 2\n",
        swapped(
            '    """Holds money."""\n\n    def', '    """Holds money."""\n\n    rate = 2\n\n    def'
        ),
    ),
}


@pytest.mark.parametrize(("reply", "expected"), HABITS.values(), ids=HABITS.keys())
def test_a_reply_is_put_in_its_place(reply, expected):
    assert expected == edited(reply)


USELESS = {
    "the same function": (
        "def total(accounts):\n    return sum(a.balance for a in accounts)\n",
        "changes nothing",
    ),
    "the whole file as it is": (BANK, "changes nothing"),
    "only a test": ("def test_total():\n    assert total([]) == 0\n", "but tests and examples"),
    "only calls": ("print(total([]))\n", "but tests and examples"),
    "prose": ("```text\nno\n```", "no Python code"),
    "broken": ("def total(accounts:\n    return 1\n", "syntax error"),
    "left out": (
        "def total(accounts):\n    # ... existing code ...\n    return 1\n",
        "leaves out code",
    ),
    "another file": ("# other.py\ndef x():\n    return 1\n", "`other.py`"),
}


@pytest.mark.parametrize(("reply", "reason"), USELESS.values(), ids=USELESS.keys())
def test_a_reply_that_is_no_use_says_why(reply, reason):
    assert reason in edited(reply)


SMALL = (
    "class Box:\n    def get(self):\n        return 1\n\n    def put(self, x):\n        return x\n"
)
GET = "class Box:\n    def get(self):\n        return 2\n"
NEW = "class Box:\n    def new(self):\n        if self:\n            return 3\n"
TABS = SMALL.replace("    ", "\t")
TWO = SMALL.replace("    ", "  ")
ADDED = "\n    def new(self):\n        if self:\n            return 3\n"
TEXT = 'def text():\n    return """a\n  b\n"""\n'

SHAPES = {
    "CRLF": (SMALL.replace("\n", "\r\n"), GET, SMALL.replace("1", "2").replace("\n", "\r\n")),
    "CRLF, new": (SMALL.replace("\n", "\r\n"), NEW, (SMALL + ADDED).replace("\n", "\r\n")),
    "tabs": (TABS, GET, TABS.replace("1", "2")),
    "tabs in the reply": (TWO, GET.replace("    ", "\t"), TWO.replace("1", "2")),
    "tabs in both": (
        TABS.replace("1", "'a\tb'"),
        NEW.replace("    ", "\t").replace("3", "'c\td'"),
        TABS.replace("1", "'a\tb'") + ADDED.replace("    ", "\t").replace("3", "'c\td'"),
    ),
    "a docstring that is only indented otherwise": (
        'def f():\n\t"""One.\n\n\tTwo.\n\t"""\n\treturn 1\n',
        'def f():\n    """One.\n\n    Two.\n    """\n    return 1\n\n\ndef g():\n    return 2\n',
        'def f():\n\t"""One.\n\n\tTwo.\n\t"""\n\treturn 1\n\n\ndef g():\n\treturn 2\n',
    ),
    "what a table needs comes before it": (
        "def a():\n    return 1\n\n\nALL = [a, b]\n",
        "def b():\n    return 2\n",
        "def a():\n    return 1\n\n\ndef b():\n    return 2\n\n\nALL = [a, b]\n",
    ),
    "a table comes after what it needs": (
        "def a():\n    return 1\n\n\ndef b():\n    return 2\n",
        "ALL = [a]\n\ndef b():\n    return len(ALL)\n",
        "def a():\n    return 1\n\n\nALL = [a]\n\n\ndef b():\n    return len(ALL)\n",
    ),
    "a name that is only announced": (
        "x: int\nif True:\n    x = 1\n",
        "x: int\nif True:\n    x = 1\n\ndef f():\n    return x\n",
        "x: int\nif True:\n    x = 1\n\n\ndef f():\n    return x\n",
    ),
    "a comment that only looks as if something was left out": (
        "def f():\n    # the rest of the code\n    return 1\n",
        "def f():\n    # the rest of the code\n    return 2\n",
        "def f():\n    # the rest of the code\n    return 2\n",
    ),
    "a function that says it is as it was": (
        "def f():\n    return 1\n\n\ndef g():\n    return 1\n",
        "def f():\n    # ... existing code ...\n    pass\n\ndef g():\n    return 2\n",
        "def f():\n    return 1\n\n\ndef g():\n    return 2\n",
    ),
    "tabs, new": (TABS, NEW, TABS + ADDED.replace("    ", "\t")),
    "two spaces, new": (TWO, NEW, TWO + ADDED.replace("    ", "  ")),
    "no final newline": (SMALL.rstrip(), GET, SMALL.rstrip().replace("1", "2")),
    "no final newline, new": (SMALL.rstrip(), NEW, (SMALL + ADDED).rstrip()),
    "no final newline, last replaced": (
        SMALL.rstrip(),
        "class Box:\n    def put(self, x):\n        return [x]\n",
        SMALL.rstrip().replace("return x", "return [x]"),
    ),
    "a byte order mark": ("\ufeff" + SMALL, GET, "\ufeff" + SMALL.replace("1", "2")),
    "a form feed": (
        "x = 1\n\f\n" + SMALL,
        GET,
        "x = 1\n\f\n" + SMALL.replace("return 1", "return 2"),
    ),
    "umlauts": (
        "# Größe\nä = 'ö'  # ü\n" + SMALL,
        GET,
        "# Größe\nä = 'ö'  # ü\n" + SMALL.replace("1", "2"),
    ),
    "a main block": (
        SMALL + '\n\nif __name__ == "__main__":\n    print(1)\n',
        "def new():\n    return 3\n",
        SMALL + '\n\ndef new():\n    return 3\n\n\nif __name__ == "__main__":\n    print(1)\n',
    ),
    "a class without anything": (
        "class Box:\n    pass\n",
        "class Box:\n    def get(self):\n        return 2\n",
        "class Box:\n    def get(self):\n        return 2\n",
    ),
    "a class with only a docstring": (
        'class Box:\n    """Holds."""\n',
        "class Box:\n    def get(self):\n        return 2\n",
        'class Box:\n    """Holds."""\n\n    def get(self):\n        return 2\n',
    ),
    "a class on one line": (
        "class Box: pass\n\nx = 1\n",
        "class Box:\n    def get(self):\n        return 2\n",
        "class Box:\n    def get(self):\n        return 2\n\nx = 1\n",
    ),
    "an exception on one line gets a body": (
        "class Empty(Exception): ...\n",
        "class Empty(Exception):\n    code = 3\n",
        "class Empty(Exception):\n    code = 3\n",
    ),
    "a setter": (
        "class A:\n    @property\n    def x(self):\n        return 1\n\n"
        "    @x.setter\n    def x(self, v):\n        pass\n",
        "class A:\n    @x.setter\n    def x(self, v):\n        self.v = v\n",
        "class A:\n    @property\n    def x(self):\n        return 1\n\n"
        "    @x.setter\n    def x(self, v):\n        self.v = v\n",
    ),
    "a dataclass field": (
        "@dataclass\nclass P:\n    x: int\n\n    def get(self):\n        return self.x\n",
        "class P:\n    x: int\n    y: int = 0\n",
        "@dataclass\nclass P:\n    x: int\n    y: int = 0\n\n"
        "    def get(self):\n        return self.x\n",
    ),
    "an initialiser comes first": (
        SMALL,
        "class Box:\n    def __init__(self):\n        self.x = 1\n",
        SMALL.replace("    def get", "    def __init__(self):\n        self.x = 1\n\n    def get"),
    ),
    "a docstring stays where the reply has none": (
        'def f():\n    """One."""\n    return 1\n',
        "def f():\n    return 2\n",
        'def f():\n    """One."""\n    return 2\n',
    ),
    "a docstring is replaced by the reply's": (
        'def f():\n    """One."""\n    return 1\n',
        'def f():\n    """Two."""\n    return 2\n',
        'def f():\n    """Two."""\n    return 2\n',
    ),
    "a docstring with an example stays": (
        'def f():\n    """One.\n\n    >>> f()\n    1\n    """\n    return 1\n',
        'def f():\n    """Two."""\n    return 2\n',
        'def f():\n    """One.\n\n    >>> f()\n    1\n    """\n    return 2\n',
    ),
    "a text over several lines keeps its columns": (
        "class A:\n    def get(self):\n        return 1\n",
        "class A:\n    def text(self):\n        return '''a\n  b\n'''\n",
        "class A:\n    def get(self):\n        return 1\n\n"
        "    def text(self):\n        return '''a\n  b\n'''\n",
    ),
    "a bare method with a text over several lines": (
        "class A:\n    def get(self):\n        return 1\n",
        "def text(self):\n    return '''a\n  b\n'''\n",
        "class A:\n    def get(self):\n        return 1\n\n"
        "    def text(self):\n        return '''a\n  b\n'''\n",
    ),
    "a decorator that is new": (
        "def f():\n    return 1\n",
        "from functools import cache\n\n@cache\ndef f():\n    return 1\n",
        "from functools import cache\n\n\n@cache\ndef f():\n    return 1\n",
    ),
    "an import below the docstring": (
        '"""Doc."""\n\nx = 1\n',
        "import os\n\nx = os.sep\n",
        '"""Doc."""\n\nimport os\n\nx = os.sep\n',
    ),
    "an import below a licence": (
        "#!/usr/bin/env python3\n# Copyright\n\nx = 1\n",
        "import os\n\nx = os.sep\n",
        "#!/usr/bin/env python3\n# Copyright\n\nimport os\n\nx = os.sep\n",
    ),
    "an import among several lines": (
        "from a import (\n    b,\n    d,\n)\n\nx = b, d\n",
        "from a import b, c, d\n\nx = b, c, d\n",
        "from a import (\n    b, c,\n    d,\n)\n\nx = b, c, d\n",
    ),
    "an import that a function has for itself": (
        "def f():\n    from os import sep\n\n    return sep\n\n\ndef g():\n    return 1\n",
        "from os import sep\n\ndef g():\n    return sep\n",
        "from os import sep\n\n\ndef f():\n    from os import sep\n\n    return sep\n"
        "\n\ndef g():\n    return sep\n",
    ),
    "an import that the module has where it can": (
        "try:\n    import tomllib\nexcept ImportError:\n    tomllib = None\n\nx = 1\n",
        "import tomllib\n\nx = tomllib\n",
        "try:\n    import tomllib\nexcept ImportError:\n    tomllib = None\n\nx = tomllib\n",
    ),
    "a function under an if": (
        "import sys\n\nif sys.platform:\n    def f():\n        return 1\n",
        "def f():\n    return 2\n",
        "import sys\n\nif sys.platform:\n    def f():\n        return 2\n",
    ),
    "a new file": (
        "",
        "from box import Box\n\n\nclass Box:\n    x = 1\n\nprint(Box())\n",
        "class Box:\n    x = 1\n",
    ),
}


@pytest.mark.parametrize(("source", "reply", "expected"), SHAPES.values(), ids=SHAPES.keys())
def test_what_stands_around_stays_as_it_is(source, reply, expected):
    assert expected == edited(reply, source, "box.py")


def test_what_a_test_needs_stays():
    reply = "def add(a, b):\n    return a + b\n\nshop = add(1, 2)\nvalue = add(1, 2)\n"
    assert edited(reply, "", "calc.py", wanted={"shop"}).endswith(
        "    return a + b\n\nshop = add(1, 2)\n"
    )


def test_a_reply_of_thousands_of_lines_is_not_read():
    long = "def add(a, b):\n" + "    x = 1\n" * 2500 + "    return a + b\n"
    assert edited(long, "", "calc.py").startswith("has 2504 lines")


def test_of_a_function_that_is_written_twice_the_last_is_kept():
    twice = "def add(a, b):\n    return a * b\n\n\ndef add(a, b):\n    return a + b\n"
    assert edited(twice, "", "calc.py") == "def add(a, b):\n    return a + b\n"
    registered = f"@register\n{twice}"
    assert edited(registered, "", "calc.py") == registered


def test_a_new_file_in_two_blocks_is_put_together():
    reply = "```python\nclass A:\n    x = 1\n```\nand\n```python\nclass A:\n    y = 2\n```"
    assert edited(reply, "", "a.py") == "class A:\n    x = 1\n    y = 2\n"


def test_a_forgotten_import_leads_a_new_file():
    reply = "class Money:\n    def __init__(self):\n        self.amount = Decimal(0)\n"
    assert edited(reply, "", "money.py") == f"from decimal import Decimal\n\n\n{reply}"


def test_what_another_block_or_anything_may_define_is_not_imported():
    blocks = ["def f(x):\n    return gcd(x, 2)\n", "def gcd(a, b):\n    return a\n"]
    reply = "".join(f"```python\n{each}```\n" for each in blocks)
    assert "import" not in edited(reply, "", "a.py")
    assert "math" not in edited("def f(x):\n    return gcd(x, 2)\n", "from b import *\n", "a.py")


def test_a_method_goes_to_the_class_that_was_located():
    source = "class A:\n    x = 1\n\n\nclass B:\n    x = 1\n"
    reply = "def get(self):\n    return self.x\n"
    assert edited(reply, source, "a.py", owner="A").startswith("class A:\n    x = 1\n\n    def get")
    assert edited(reply, source, "a.py", owner="B").endswith(
        "    x = 1\n\n    def get(self):\n        return self.x\n"
    )


SOURCES = {
    "shop/cart.py": "from shop.money import round_up\n\n\ndef total(x):\n    return x\n",
    "shop/money.py": "def round_up(x):\n    return x\n",
    "tests/test_cart.py": "def test_total():\n    assert total(1) == 1\n",
}


@pytest.mark.parametrize(
    ("reply", "changed"),
    [
        ("# shop/money.py\ndef round_up(x):\n    return 2\n", {"shop/money.py"}),
        ("# money.py\ndef round_up(x):\n    return 2\n", {"shop/money.py"}),
        ("def round_up(x):\n    return 2\n", {"shop/money.py"}),
        ("def total(x):\n    return 2\n\ndef round_up(x):\n    return x\n", {"shop/cart.py"}),
        (
            "# cart.py\ndef total(x):\n    return 2\n# money.py\ndef round_up(x):\n    return 2\n",
            {"shop/cart.py", "shop/money.py"},
        ),
        ("# shop/tax.py\ndef tax(x):\n    return 2\n", {"shop/tax.py"}),
    ],
)
def test_each_definition_finds_its_file(reply, changed):
    edit = read_edit(f"```python\n{reply}```", SOURCES, "shop/cart.py")
    assert set(apply_edit(SOURCES, edit, {*SOURCES, "shop/tax.py"})) == changed


NEW_TEST = "def test_a_total_of_nothing():\n    assert total(0) == 0\n"
DOUBLE = "def total(x):\n    return 2 * x\n"


@pytest.mark.parametrize(
    "block",
    [
        f"# tests/test_cart.py\n{NEW_TEST}",
        f"# tests/test_cart.py\nfrom shop.cart import total\n\n{NEW_TEST}",
        f"# tests/test_cart.py\n{SOURCES['tests/test_cart.py']}\n\n{NEW_TEST}",
        f"# tests/test_more.py\n{NEW_TEST}",
    ],
)
def test_new_tests_that_nobody_asked_for_are_left_out(block):
    reply = f"```python\n{DOUBLE}```\nand its test:\n```python\n{block}```"
    edit = read_edit(reply, SOURCES, "shop/cart.py")
    done = apply_edit(SOURCES, edit, {"shop/cart.py"})
    assert done == {"shop/cart.py": SOURCES["shop/cart.py"].replace("return x", "return 2 * x")}


def test_a_reply_of_new_tests_alone_is_no_code():
    edit = read_edit(f"```python\n# test_cart.py\n{NEW_TEST}```", SOURCES, "shop/cart.py")
    assert edit == NoCode("holds no definition but tests and examples")


def test_where_tests_are_what_changes_new_ones_stay():
    edit = read_edit(f"```python\n{NEW_TEST}```", SOURCES, "tests/test_cart.py")
    assert NEW_TEST in apply_edit(SOURCES, edit, SOURCES)["tests/test_cart.py"]


def test_an_edit_outside_the_files_of_the_phase_is_refused():
    reply = "# tests/test_cart.py\ndef test_total():\n    assert total(1) == 2\n"
    edit = read_edit(f"```python\n{reply}```", SOURCES, "shop/cart.py")
    assert isinstance(edit, Edit)
    refused = apply_edit(SOURCES, edit, {"shop/cart.py"})
    expected = "changes `tests/test_cart.py`, but only `shop/cart.py` may change now"
    assert refused == Refusal(expected)


@pytest.mark.parametrize(("refactoring", "left"), [(True, False), (False, True)])
def test_a_definition_that_was_replaced_goes_only_in_a_refactoring(refactoring, left):
    sources = {"a.py": "def _old(x):\n    return x\n\n\ndef use(x):\n    return _old(x)\n"}
    reply = "def _new(x):\n    return x\n\n\ndef use(x):\n    return _new(x)\n"
    edit = read_edit(f"```python\n{reply}```", sources, "a.py")
    text = apply_edit(sources, edit, sources, drop_outlived=refactoring)["a.py"]
    assert ("_old" in text) is left
