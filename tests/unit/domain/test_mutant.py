import bisect
import textwrap
from pathlib import Path
from textwrap import dedent

import pytest

from seenred.domain.mutant import change_mutants, emptied, statement_mutants


def source(text):
    return dedent(text).lstrip("\n").encode()


def kinds(mutants):
    return [(mutant.first, mutant.kind) for mutant in mutants]


def lines_of(mutant):
    return mutant.source.decode().splitlines()


def only(mutants, kind):
    (found,) = [mutant for mutant in mutants if mutant.kind == kind]
    return found


def test_a_statement_is_replaced_where_it_stands():
    code = source("""
        def total(xs):
            result = sum(
                xs
            )  # all of them
            return result
        """)
    deleted = [m for m in statement_mutants(code, [2]) if m.first == 2]
    (mutant,) = deleted
    assert ["def total(xs):", "    pass", "", "  # all of them", "    return result"] == lines_of(
        mutant
    )
    assert (2, 4) == (mutant.first, mutant.last)
    assert "total" == mutant.scope
    assert not mutant.at_import


@pytest.mark.parametrize(
    ("code", "kind", "expected"),
    [
        ("a = x if c else y", "arm", {"a = (x)", "a = (y)"}),
        ("a = x and y or z", "operand", {"a = ((x and y))", "a = ((z))", "a = ((x)) or z"}),
        ("a = [i for i in x if i > 1]", "filter", {"a = [i for i in x if (True)]"}),
        ("a = f(x, key=1)", "keyword", {"a = f(x, **{})"}),
        ("a = lambda x=1: x", "default", {"a = lambda x=(...): x"}),
        ("with suppress(KeyError): f()", "handler", {"with suppress(*()): f()"}),
        ("if x: f()", "guard", {"if (True): f()"}),
    ],
)
def test_a_part_is_left_out(code, kind, expected):
    found = {m.source.decode() for m in statement_mutants(code.encode()) if m.kind == kind}
    assert expected <= found


def test_a_handler_catches_nothing_and_a_tuple_loses_each_type():
    code = source("""
        try:
            f()
        except (KeyError, OSError) as error:
            g(error)
        except:
            h()
        """)
    found = [m.source.decode().splitlines() for m in statement_mutants(code) if m.kind == "handler"]
    heads = {line for lines in found for line in lines if line.startswith("except")}
    assert {
        "except (()) as error:",
        "except (*(), OSError) as error:",
        "except (KeyError, *()) as error:",
        "except ():",
    } <= heads


def test_an_elif_goes_without_taking_the_else_along():
    code = source("""
        if a:
            f()
        elif b:
            g()
        else:
            h()
        """)
    (mutant,) = [m for m in statement_mutants(code, [3]) if m.kind == "deletion"]
    assert "elif (False):" == lines_of(mutant)[2]


def test_of_the_decorators_only_the_one_that_is_new_is_left_out():
    old = source("""
        @command()
        @option("--strict")
        def verify(strict):
            return strict
        """)
    new = old.replace(b"def verify", b'@option("--suite")\ndef verify')
    (mutant,) = change_mutants(old, new).mutants
    assert (3, "decorator") == (mutant.first, mutant.kind)


def test_of_the_handlers_only_the_one_that_is_new_is_left_out():
    old = source("""
        def read(text):
            try:
                return int(text)
            except ValueError:
                return None
        """)
    new = old + b"    except TypeError:\n        return 0\n"
    mutants = change_mutants(old, new).mutants
    assert [(6, "handler")] == [each for each in kinds(mutants) if each[1] == "handler"]


def test_a_decorator_is_left_out_with_its_line_kept():
    code = source("""
        @register(
            "a",
        )
        def f():
            return 1
        """)
    mutant = only(statement_mutants(code), "decorator")
    assert ["", "", "", "def f():"] == lines_of(mutant)[:4]
    assert mutant.at_import


@pytest.mark.parametrize(
    "code",
    [
        '"""What it is for."""',
        "x: int",
        "if TYPE_CHECKING:\n    import a",
        "from __future__ import annotations",
        "from a import b as b",
        "from a import b\nprint(b)",
        "import a\n__all__ = ['a']",
        'if __name__ == "__main__":\n    main()',
        "class P(Protocol):\n    def f(self) -> int: ...",
        "@overload\ndef f(x: int) -> int: ...",
        "class A:\n    @abstractmethod\n    def f(self):\n        raise NotImplementedError",
        "def f():\n    return None",
        "__version__ = '1'",
        "Alias: TypeAlias = int",
        "def f():  # untested: only for people\n    return 1",
    ],
)
def test_what_no_test_need_require_has_no_mutant(code):
    exempt = len(code.splitlines())
    found = [m for m in statement_mutants(code.encode(), [exempt]) if m.kind != "keyword"]
    assert [] == [m.what for m in found if "print" not in m.code]


def test_imports_of_a_package_are_its_exports():
    assert () == statement_mutants(b"from a import b\n", path="pkg/__init__.py")
    assert ["deletion"] == [
        m.kind for m in statement_mutants(b"from a import b\n", path="pkg/a.py")
    ]


def test_untested_needs_a_reason_and_spares_one_handler():
    code = source("""
        try:
            f()
        except OSError:  # untested: the disk is never full here
            g()
        h()  # untested:
        """)
    mutation = change_mutants(None, code)
    assert {1, 2, 5} == {m.first for m in mutation.mutants}
    assert [(3, "the disk is never full here")] == [(e.line, e.reason) for e in mutation.excuses]


def test_an_excuse_that_the_parent_has_is_not_counted_again():
    old = b"f()  # untested: slow\n"
    assert () == change_mutants(old, b"a = 1\n" + old).excuses


def test_only_what_was_added_has_mutants():
    old = source("""
        def f(x):
            y = x + 1
            return y
        """)
    new = source("""
        def f(x):
            # says more
            y = (x +
                 1)
            if x > 3:
                y = 4
            return y
        """)
    found = kinds(change_mutants(old, new).mutants)
    assert [(5, "deletion"), (5, "guard"), (6, "deletion")] == found


def test_what_was_wrapped_is_not_what_was_added():
    old = b"def f(x):\n    g(x)\n    h(x)\n"
    new = b"def f(x):\n    if x:\n        g(x)\n        h(x)\n"
    assert [(2, "deletion"), (2, "guard")] == kinds(change_mutants(old, new).mutants)


def test_a_changed_statement_goes_back_to_its_parent():
    old = b"def price(n):\n    return n * 100\n"
    new = b"def price(n):\n    return n * 100 or None\n"
    mutants = change_mutants(old, new).mutants
    assert old == only(mutants, "reversion").source
    assert [(2, "reversion")] == kinds(mutants)[:1]
    assert "operand" in {m.kind for m in mutants}


def test_a_changed_condition_or_default_goes_back_alone():
    old = b"def f(x, y=1):\n    if x > 3:\n        return y\n"
    new = b"def f(x, y=2):\n    if x > 3 and y:\n        return y\n"
    back = [m.source.decode() for m in change_mutants(old, new).mutants if m.kind == "reversion"]
    assert [
        "def f(x, y=1):\n    if x > 3 and y:\n        return y\n",
        "def f(x, y=2):\n    if x > 3:\n        return y\n",
    ] == back


def test_a_function_is_emptied_but_for_its_docstring():
    code = source("""
        class Cart:
            def add(self, item):
                \"\"\"Take it.\"\"\"
                self.items.append(
                    item)

            def each(self):
                yield from self.items
        """)
    add, each = emptied(code, "Cart.add"), emptied(code, "Cart.each")
    assert ["        pass", "", ""] == lines_of(add)[3:6]
    assert "        if False: yield" == lines_of(each)[7]
    assert "add() emptied" == add.what
    assert emptied(code, "Cart.nothing") is None


def test_nothing_that_does_not_compile_is_given():
    code = source("""
        def f():
            a = 1; b = (
                2); c = 3
            x: list[int] = [*a]
            return f"{a if b else c}"
        """)
    for mutant in statement_mutants(code):
        compile(mutant.source, "mutant", "exec")


@pytest.mark.parametrize("module", [bisect, textwrap], ids=lambda module: module.__name__)
def test_every_other_line_keeps_its_number(module):
    code = Path(module.__file__).read_bytes()
    lines = code.count(b"\n")
    assert [] == [m.where for m in statement_mutants(code) if m.source.count(b"\n") != lines]


def test_a_mutant_says_what_it_took_away_that_acts_outside():
    mutants = statement_mutants(b"def add(a, b):\n    print(a)\n    return a + b\n")
    assert {(m.first, m.effect) for m in mutants if m.effect} == {(1, "print(a)"), (2, "print(a)")}


def test_what_the_parent_does_outside_too_is_not_news():
    old, new = b"def f(a):\n    print(a)\n", b"def f(a):\n    print(a, 1)\n"
    assert [m.effect for m in change_mutants(old, new).mutants] == [""]
