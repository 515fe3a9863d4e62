import ast
import textwrap

import pytest

from seenred.agents.code_reply import NoCode
from seenred.agents.red.writer import RedRequest, WrittenTest, read_red, red_prompt, wanted_name
from seenred.domain.conversation import Reply
from seenred.domain.plan import PlanItem

ITEM = PlanItem('`add("1,2")` is 3')
TEST = 'def test_add_1_2_is_3():\n    assert add("1,2") == 3\n'


def read(code, item=ITEM, module="calc", truncated=False, **known):
    text = code if "```" in code else f"```python\n{textwrap.dedent(code)}```"
    return read_red(Reply(text, "m", truncated=truncated), RedRequest(item, module, **known))


@pytest.mark.parametrize(
    "code",
    [
        'from calc import add\n\ndef test_add_1_2_is_3():\n    assert add("1,2") == 3\n',
        'def test_x():\n    assert add("1,2") == 3\n',
        'def test_x():\n    """Adds."""\n    assert add("1,2") == 3\n    print("ok")\n',
        'def add(text):\n    pass\n\ndef test_x():\n    assert add("1,2") == 3\n',
        'from solution import add\n\ndef test_x():\n    assert add("1,2") == 3\n',
        'import pytest\n\ndef test_x():\n    assert add("1,2") == 3\n    assert add("3,4") == 8\n',
        'class TestAdd:\n    def test_x(self):\n        assert add("1,2") == 3\n',
        "import unittest\n\nclass TestAdd(unittest.TestCase):\n"
        '    def test_x(self):\n        self.assertEqual(add("1,2"), 3)\n',
        'def test_add_1_2_is_3():\n    assert add("1,2") == 3\n\n'
        'def test_other():\n    assert add("") == 0\n',
        "Here:\n```python\ndef add(a): ...\n```\n```python\ndef test_x():\n"
        '    assert add("1,2") == 3\n```\nDone.',
        'def test_x():\n    # Arrange\n    assert add("1,2") == 3, "must be 3"\n',
        'def test_x():\n    from calc import add\n    assert add("1,2") == 3\n',
    ],
)
def test_the_one_test_is_taken_out_of_a_reply(code):
    written = read(code)
    assert written.source == TEST
    assert written.imports == ("from calc import add",)
    assert written.introduced == ("add",)
    assert written.is_vouched


def test_only_the_cases_that_the_item_states_are_kept():
    code = """
    @pytest.mark.parametrize("text, total", [
        ("1,2", 3),
        ("1,2,3", 7),
    ])
    def test_x(text, total):
        assert add(text) == total
    """
    written = read(code)
    assert written.source == (
        '@pytest.mark.parametrize("text, total", [("1,2", 3)])\n'
        "def test_add_1_2_is_3(text, total):\n    assert add(text) == total\n"
    )
    assert written.imports == ("import pytest", "from calc import add")


def test_a_test_of_values_that_only_the_model_has_is_kept_and_told():
    written = read("def test_x():\n    assert add('1') == 1\n", PlanItem("adds"))
    assert written.source == "def test_adds():\n    assert add('1') == 1\n"
    assert not written.is_vouched


def test_an_assertion_of_which_the_item_says_only_a_part_stays_whole():
    written = read("def test_x():\n    assert (y := 3) == 3 and add('1,2') == y\n")
    assert isinstance(written, NoCode)
    both = "def test_add_1_2_is_3():\n    assert add('1,2') == 3 and add('4') == 9\n"
    assert read(both).source == both


def test_an_eval_of_the_plan_s_own_is_called():
    written = read("def test_x():\n    assert eval('1+2') == 3\n", PlanItem('`eval("1+2")` is 3'))
    assert "business" not in getattr(written, "reason", "")


def test_a_message_that_nobody_asked_for_is_left_out():
    code = """
    def test_x():
        with pytest.raises(ValueError, match="nope"):
            add("-1")
        assert total() == 4
    """
    written = read(code, PlanItem('`add("-1")` raises ValueError'))
    assert "with pytest.raises(ValueError):" in written.source
    assert "total" not in written.source


def test_what_stands_after_the_last_assertion_goes():
    code = """
    def test_x():
        calc = Calc()
        assert calc.add(1, 2) == 3
        calc.clear()
        assert calc.value == 9
    """
    written = read(code, PlanItem("`Calc().add(1, 2)` is 3"))
    assert written.source.endswith("assert calc.add(1, 2) == 3\n")


def test_fixtures_and_set_ups_are_put_into_the_test():
    code = """
    class TestStack:
        def setup_method(self):
            self.stack = Stack()

        def test_x(self):
            assert self.stack.is_empty()
    """
    wanted = "    stack = Stack()\n    assert stack.is_empty()\n"
    item = PlanItem("a new `Stack` is empty")
    assert read(code, item).source.endswith(wanted)
    code = """
    @pytest.fixture
    def stack():
        return Stack()

    def test_x(stack):
        assert stack.is_empty()
    """
    written = read(code, item)
    assert written.source == f"def test_a_new_stack_is_empty():\n{wanted}"
    assert written.imports == ("from calc import Stack",)


def test_a_reply_that_was_cut_off_gives_what_is_complete():
    code = '```python\ndef test_x():\n    assert add("1,2") == 3\n\ndef test_y():\n    assert add("'
    assert read(code, truncated=True).source == TEST


@pytest.mark.parametrize(
    ("line", "imports"),
    [
        ("import math", ("import math", "from calc import add")),
        ("from decimal import Decimal", ("from decimal import Decimal", "from calc import add")),
        ("from numpy import array", None),
    ],
)
def test_only_the_standard_library_is_imported_besides(line, imports):
    name = line.split()[-1]
    use = f"{name}.floor(3.0)" if name == "math" else f"{name}(3)"
    written = read(f"{line}\ndef test_x():\n    n = {use}\n    assert add('1,2') == 3\n")
    assert (written.imports if imports else type(written)) == (imports or NoCode)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("```\nI cannot.\n```", "syntax error"),
        ("```python\nadd(1, 2)\n```", "no test function"),
        ("def test_x():\n    value = add('1,2')\n", "asserts nothing"),
        ("def test_x():\n    assert frobnicate() == 3\n", "`frobnicate`"),
        ("def test_x():\n    assert adder.add('1,2') == 3\n", "does not make"),
        ("def test_x():\n    a = Adder()\n    assert a == []\n", "`Adder()` itself"),
        ("def test_x():\n    assert add() == 1\n    assert add() == 2\n", "both 1 and 2"),
        ("def test_x():\n    add('1,2')\n    assert True\n", "says nothing of the code"),
        ("def test_x():\n    assert add('1,2') == 3 or True\n", "always so"),
        ("def test_x():\n    __import__('os').system('x')\n    assert add('1,2') == 3\n", "calls"),
        ("import os\ndef test_x():\n    os.system('x')\n    assert add('1,2') == 3\n", "os.system"),
        (
            "@pytest.mark.parametrize('x', [eval('1')])\n"
            "def test_x(x):\n    assert add('1,2') == 3\n",
            "calls `eval`",
        ),
        ("def test_x():\n" + "    x = 1\n" * 201 + "    assert add('1,2') == 3\n", "of 203 lines"),
        ("@patch('x')\ndef test_x():\n    assert add('1,2') == 3\n", "decorates"),
        ("def test_x():\n    def add(x): return 3\n    assert add('1,2') == 3\n", "defines `add`"),
        ("async def test_x():\n    assert await add('1,2') == 3\n", "async"),
    ],
)
def test_a_reply_that_cannot_be_used_says_why(code, reason):
    found = read(code, PlanItem('an adder: `add("1,2")` is 3'), names=("add",))
    assert isinstance(found, NoCode)
    assert reason in found.reason


ACCOUNT = """\
class Account:
    def __init__(self, balance):
        self.balance = balance

    def withdraw(self, amount):
        pass
"""


@pytest.mark.parametrize(
    ("asserted", "reason"),
    [
        ("assert Account(10) == 7", "compares `Account(10)` itself"),
        ("assert Account(10, 3).balance == 7", "does not call `withdraw`"),
        ("assert Account(10).balance - 3 == 7", "does not use 3"),
        ("assert Account(10).balance == 10 - 3", "does not use 3"),
    ],
)
def test_a_test_does_what_the_item_is_about(asserted, reason):
    item = PlanItem("withdrawing 3 from `Account(10)` leaves 7")
    request = RedRequest(item, "bank", code=ACCOUNT, names=("Account",))
    found = read_red(Reply(f"```\ndef test_x():\n    {asserted}\n```", "m"), request)
    assert isinstance(found, NoCode)
    assert reason in found.reason


def test_the_name_tells_the_behaviour_and_is_free():
    item = PlanItem("rejects a withdrawal that's above the balance")
    name = "test_rejects_a_withdrawal_thats_above_the_balance"
    assert wanted_name(RedRequest(item, "bank")) == name
    assert wanted_name(RedRequest(item, "bank", tests=f"def {name}(): ...\n")) == f"{name}_2"
    named = PlanItem("x", test_id="tests/test_bank.py::test_overdraft")
    assert wanted_name(RedRequest(named, "bank")) == "test_overdraft"


def test_the_prompt_shows_the_item_the_code_and_the_latest_test():
    request = RedRequest(
        ITEM, "calc", "def add(text):\n    return 0\n", "def test_a():\n    pass\n"
    )
    text = red_prompt(request).messages[-1].text
    assert all(
        part in text for part in (ITEM.text, "`add(text)`", "def test_a", "def test_add_1_2")
    )
    assert "There is none yet" in red_prompt(RedRequest(ITEM, "calc")).messages[-1].text


def test_a_text_with_empty_lines_stays_as_it_is():
    code = 'def test_x():\n    text = """a\n\n    b"""\n    assert add("1,2") == 3\n'
    assert 'text = """a\n\n    b"""' in read(code).source
    ast.parse(read(code).source)


def test_a_reply_that_ran_away_is_cut():
    line = '    assert add("1,2") == 3, "no"\n'
    reply = f"```python\ndef test_x():\n{line * 9}    assert add("
    assert read(reply, truncated=True).source == TEST


def test_of_many_examples_of_the_model_s_own_the_first_are_kept():
    lines = "".join(f"    assert is_leap({100 * n})\n" for n in range(1, 9))
    written = read(f"def test_x():\n{lines}", PlanItem("a century is special"), names=("is_leap",))
    assert written.source.count("assert") == 3
    assert "is_leap(100)" in written.source


def test_a_copy_of_a_test_that_is_there_is_refused():
    code = "def test_x():\n    assert slugify('a b') == 'a-b'\n"
    there = "def test_spaces():\n    assert slugify('a b') == 'a-b'\n"
    item = PlanItem("several spaces become one hyphen")
    found = read(code, item, "slug", names=("slugify",), tests=there)
    assert isinstance(found, NoCode)
    assert "already" in found.reason
    assert isinstance(read(code, item, "slug", names=("slugify",)), WrittenTest)
