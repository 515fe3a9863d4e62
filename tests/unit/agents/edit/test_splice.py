from seenred.agents.code_reply import NoCode
from seenred.agents.edit.splice import splice
from seenred.agents.excerpt import elided, excerpt, signature, skeleton

MODULE = '''"""Doc."""
import os

RATE = 2  # kept


@staticmethod
def double(x):
    # wrong
    return x + 1


class Box:
    def get(self):
        return 1

    def put(self, x):
        return x
'''


def test_a_function_is_replaced_in_place():
    spliced = splice(MODULE, "def double(x):\n    return 2 * x\n")
    assert (
        MODULE.replace(
            "@staticmethod\ndef double(x):\n    # wrong\n    return x + 1",
            "def double(x):\n    return 2 * x",
        )
        == spliced
    )


def test_a_bare_method_finds_its_class():
    spliced = splice(MODULE, "def get(self):\n    return 2\n")
    assert MODULE.replace("return 1", "return 2") == spliced


def test_a_partial_class_keeps_its_other_methods():
    spliced = splice(MODULE, "class Box:\n    def put(self, x):\n        return [x]\n")
    assert MODULE.replace("return x\n", "return [x]\n") == spliced


def test_a_new_method_goes_to_the_end_of_its_class():
    spliced = splice(MODULE, "class Box:\n  def new(self):\n    return 3\n")
    assert spliced == MODULE + "\n    def new(self):\n        return 3\n"


def test_new_imports_and_functions_are_added():
    spliced = splice(MODULE, "import math\n\ndef area(r):\n    return math.pi * r * r\n")
    assert spliced.startswith('"""Doc."""\nimport math\nimport os\n')
    assert spliced.endswith("def area(r):\n    return math.pi * r * r\n")


def test_a_reply_without_definitions_is_refused():
    assert isinstance(splice(MODULE, "x = 1\n"), NoCode)


def test_an_excerpt_keeps_only_the_functions_that_matter():
    shown = excerpt(MODULE, {10})
    assert "return x + 1" in shown
    assert "return 1\n" not in shown
    assert "def get(self):\n        ..." in shown


DOCUMENTED = '''class Box:
    @property
    def size(self):
        """The size.

        >>> Box().size
        2
        """
        return 1
'''


def test_a_documented_function_keeps_its_docstring_whatever_the_reply_says():
    for docstring in ('    """Another."""\n', "    # no docstring\n", ""):
        reply = f"@property\ndef size(self):\n{docstring}    return 2\n"
        spliced = splice(DOCUMENTED, reply)
        comment = docstring.replace("    #", "        #") if "#" in docstring else ""
        expected = DOCUMENTED.replace("        return 1", f"{comment}        return 2")
        assert expected == spliced


def test_a_docstring_that_does_not_fit_the_reply_is_left_out():
    assert "return 2" in splice(DOCUMENTED, "def size(self): return 2\n")


CONTEXT = '''"""Doc."""
import math
from os import path

RATE = 2
UNUSED = 3


def rounded(x):
    """Round x.

    Half goes up.
    """
    return math.floor(x + 0.5)


def other(x):
    return x


def price(x: int = 1) -> int:
    """The price of x.

    >>> price(2)
    4
    """
    return rounded(x * RATE)
'''


def test_a_function_to_be_written_anew_comes_last_with_what_it_may_use():
    expected = '''import math
from os import path
RATE = 2


def rounded(x):
    """Round x."""
    ...


def price(x: int = 1) -> int:
    """The price of x.

    >>> price(2)
    4
    """
'''
    assert expected == skeleton(CONTEXT, "price")


def test_a_method_to_be_written_anew_is_shown_in_its_class():
    assert DOCUMENTED.replace("return 1", "...") == skeleton(DOCUMENTED, "size")


def test_the_signature_of_a_function_is_found():
    assert signature("def f(a, *, b=2) -> int:\n    return a\n", "f") == "def f(a, *, b=2) -> int:"
    assert signature(DOCUMENTED, "size") == "def size(self):"
    assert signature(DOCUMENTED, "other") == ""


def test_functions_that_were_not_shown_are_left_alone():
    reply = "def double(x):\n    return 2 * x\n\n\ndef get(self):\n    return 0\n"
    shown = excerpt(MODULE, {10})
    assert elided(shown) == {"get", "put"}
    spliced = splice(MODULE, reply, leave=elided(shown))
    assert "return 2 * x" in spliced
    assert "return 1\n" in spliced
    only = splice(MODULE, "class Box:\n    def get(self):\n        return 0\n", leave={"get"})
    assert "it was not shown" in only.reason
