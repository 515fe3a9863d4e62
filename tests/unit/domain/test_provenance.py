import pytest

from seenred.domain.plan import PlanItem
from seenred.domain.provenance import Origin, exceptions_in, value_origins
from seenred.domain.unused_input import unused_inputs

ITEM, MODEL = Origin.ITEM, Origin.MODEL_ONLY


def test_of(body):
    return "def test_it():\n" + "".join(f"    {line}\n" for line in body.splitlines())


test_of.__test__ = False

ROWS = [
    ("more than 10 pins are refused", "with pytest.raises(ValueError):\n    g.roll(11)", [ITEM]),
    (
        "a field outside of 0 to 8 is refused",
        "with pytest.raises(ValueError):\n    g.at(9)",
        [ITEM],
    ),
    (
        "refuses a temperature below absolute zero, -273.15 °C, with a ValueError",
        "with pytest.raises(ValueError):\n    to_fahrenheit(-273.16)",
        [ITEM],
    ),
    (
        "colder than absolute zero (-273.15) is refused",
        "with pytest.raises(ValueError):\n    to_fahrenheit(-273.16)",
        [ITEM],
    ),
    ("refuses more than the limit, 100", "with pytest.raises(ValueError):\n    f(101)", [ITEM]),
    (
        "refuses a price above the maximum of 1000",
        "with pytest.raises(ValueError):\n    f(1001)",
        [ITEM],
    ),
    (
        "refuses to take 5 of more than is there, 3",
        "with pytest.raises(ValueError):\n    f(7)",
        [MODEL],
    ),
    ("a year divisible by 4 is a leap year, such as 2024", "assert is_leap_year(2024)", [ITEM]),
    ("takes 10 percent off: 200 becomes 180", "assert off(200, 0.1) == 180", [ITEM]),
    ("takes 10 percent off: 200 becomes 180", "assert off(200) == 180", [MODEL]),
    ('`add("1,2")` is 3', 'assert add("1,2") == 3', [ITEM]),
    ('`add("1,2")` is 3', 'assert add("2,2") == 4', [MODEL]),
    # the value is stated, but of another input
    ('`add("1,2")` is 3', 'assert add("2,1") == 3', [MODEL]),
    ("adds 2 and 3 to 5", "assert add(2, 3) == 5\nassert add(2, 2) == 4", [ITEM, MODEL]),
    ("returns 0 for an empty string", 'assert add("") == 0', [ITEM]),
    ("returns 0 for an empty string", 'assert add("1") == 0', [MODEL]),
    ("1 is I", 'assert roman(1) == "I"\nassert roman(5) == "V"', [ITEM, MODEL]),
    ("`f(1)` is 2 and `f(2)` is 4", "assert f(1) == 2\nassert f(2) == 4", [ITEM, ITEM]),
    ("`f(1)` is 2 and `f(2)` is 4", "assert f(1) == 4", [MODEL]),
    ('`f(25)` is "warm" and `f(35)` is "hot"', "assert f(35) == 'hot'", [ITEM]),
    ('`f(25)` is "warm" and `f(35)` is "hot"', "assert f(35) == 'warm'", [MODEL]),
    ("costs 2 for one and 5 for three", "assert cost(1) == 2\nassert cost(3) == 5", [ITEM, ITEM]),
    ("a new stack is empty", "assert Stack().is_empty()", [ITEM]),
    ("a new stack is empty", "assert Stack().is_empty() is True", [ITEM]),
    ("a new stack is empty", "assert not Stack().is_empty()", [MODEL]),
    ("a new stack is empty", "assert len(Stack()) == 0", [ITEM]),
    ("is not empty after a push", "s = Stack()\ns.push(1)\nassert not s.is_empty()", [ITEM]),
    ("2000 is a leap year", "assert is_leap_year(2000)", [ITEM]),
    ("2000 is a leap year", "assert not is_leap_year(1900)", [MODEL]),
    ("1900 is not a leap year", "assert not is_leap_year(1900)", [ITEM]),
    (
        "depositing 50 into an account of 100 gives a balance of 150",
        "a = Account(100)\na.deposit(50)\nassert a.balance == 150",
        [ITEM],
    ),
    # an input that the test gets back is not vouched for as what comes out
    ("an account of 100 can be opened", "assert Account(100).balance == 100", [MODEL]),
    (
        "all ones score 20",
        "g = Game()\nfor _ in range(20):\n    g.roll(1)\nassert g.score() == 20",
        [ITEM],
    ),
    # the example is the model's own, and may be a wrong one
    ("a short text is unchanged", 'assert wrap("hi", 10) == "hi"', [MODEL]),
    ("a century is no leap year", "assert not is_leap_year(2000)", [MODEL]),
    ("`hi` in 10 columns is unchanged", 'assert wrap("hi", 10) == "hi"', [ITEM]),
    ("a short text is unchanged", 'assert wrap("hi", 10) == "ho"', [MODEL]),
    ('`wrap("a b", 1)` → "a\\nb"', 'assert wrap("a b", 1) == "a\\nb"', [ITEM]),
    ("splits `a,b` into a and b", "assert split('a,b') == ['a', 'b']", [ITEM]),
    ("`f(0)` raises ValueError", "with pytest.raises(ValueError):\n    f(0)", [ITEM]),
    ("`f(0)` raises KeyError", "with pytest.raises(KeyError):\n    f(1)", [MODEL]),
    ("rejects negative numbers", "with pytest.raises(ValueError):\n    f(-1)", [ITEM]),
    ("rejects negative numbers", "with pytest.raises(Boom):\n    f(-1)", [MODEL]),
    ("adds numbers", "with pytest.raises(ValueError):\n    f(-1)", [MODEL]),
    (
        "f(0) raises ValueError",
        "with pytest.raises(ValueError, match='x'):\n    f(0)",
        [ITEM, MODEL],
    ),
    ("an unknown name returns None", "assert book.find('x') is None", [MODEL]),
    (
        "the error's message names the negative number",
        "with pytest.raises(ValueError, match='-2'):\n    add('1,-2')",
        [ITEM, ITEM],
    ),
    (
        "the error's message names the negative number",
        "with pytest.raises(ValueError) as e:\n    add('1,-2')\nassert '-2' in str(e.value)",
        [ITEM, ITEM],
    ),
    (
        "the error's message names the negative number",
        "with pytest.raises(ValueError, match='negative'):\n    add('1,-2')",
        [ITEM, ITEM],
    ),
    (
        "the error's message names the negative number",
        "with pytest.raises(ValueError, match='wrong'):\n    add('1,-2')",
        [ITEM, MODEL],
    ),
    (
        "rolls of 5, 5 and 3 and then seventeen of 0 score 16",
        "g = Game()\nfor pins in [5, 5, 3] + [0] * 17:\n    g.roll(pins)\nassert g.score() == 16",
        [ITEM],
    ),
    (
        "twenty rolls of 1 score 20",
        "g = Game()\nfor _ in range(20):\n    g.roll(1)\nassert g.score() == 20",
        [ITEM],
    ),
    (
        "withdrawing 30 from an account of 100 leaves a balance of 70",
        "a = Account(100)\na.withdraw(30)\nassert a.balance == 70",
        [ITEM],
    ),
    (
        "a refused withdrawal leaves the balance unchanged",
        "a = A(10)\nwith pytest.raises(ValueError):\n    a.take(11)\nassert a.balance == 10",
        [ITEM, ITEM],
    ),
    (
        "`transfer(other, 40)` on an account of 100 leaves 60",
        "a = Account(100)\na.transfer(Account(), 40)\nassert a.balance == 60",
        [ITEM],
    ),
    ("a text as long as the width stays as it is", 'assert wrap("abc", 3) == "abc"', [MODEL]),
    (
        "a width below 1 raises ValueError",
        "with pytest.raises(ValueError):\n    wrap('a', 0)",
        [ITEM],
    ),
    (
        "the whole balance can be withdrawn",
        "a = A(5)\na.withdraw(5)\nassert a.balance == 0",
        [MODEL],
    ),
    (
        "adding the same name again replaces it",
        "b = B()\nb.add('x', 1)\nassert b.at('x') == 1",
        [MODEL],
    ),
    ("1000 itself still counts", 'assert add("1000,1") == 1000', [MODEL]),
    ("a prime, 7, returns itself", "assert largest_factor(7) == 7", [ITEM]),
    (
        "popping an empty stack raises IndexError",
        "with pytest.raises(IndexError):\n    Stack().pop()",
        [ITEM],
    ),
    ("an empty text raises KeyError", "with pytest.raises(KeyError):\n    f('a')", [MODEL]),
    ("a common year has 365 days", "assert days_in_year(2024) == 365", [MODEL]),
    (
        "a third push is refused with an OverflowError",
        "with pytest.raises(ValueError):\n    s.push(1)",
        [MODEL],
    ),
    ("the larger wins", "assert f(1) > f(2)", [MODEL]),
]


@pytest.mark.parametrize(("text", "body", "origins"), ROWS)
def test_each_value_has_its_origin(text, body, origins):
    found = value_origins(test_of(body), PlanItem(text))
    assert [each.origin for each in found] == origins


def test_details_parents_section_and_statement_vouch_too():
    source = test_of("assert f(7) == 9")
    claim = "`f(7)` is 9"
    assert value_origins(source, PlanItem("x", details=claim))[0].origin is Origin.DETAILS
    assert value_origins(source, PlanItem("x", parents=(claim,)))[0].origin is Origin.PARENT
    assert value_origins(source, PlanItem("x", section=claim))[0].origin is Origin.SECTION
    assert value_origins(source, PlanItem("x"), claim)[0].origin is Origin.STATEMENT


def test_the_code_s_own_exceptions_are_what_a_refusal_means():
    source = test_of("with pytest.raises(OverdraftError):\n    a.withdraw(11)")
    item = PlanItem("rejects a withdrawal above the balance")
    assert value_origins(source, item)[0].origin is MODEL
    assert value_origins(source, item, errors=["OverdraftError"])[0].origin is ITEM


def test_each_case_has_its_origin():
    source = (
        "@pytest.mark.parametrize('a, b', [(1000, 900), (50, 45)])\n"
        "def test_it(a, b):\n    assert off(a, 10) == b\n"
    )
    found = value_origins(source, PlanItem("a price of 1,000 with 10% off costs 900"))
    assert [(each.row, each.origin, each.value) for each in found] == [
        (0, ITEM, "900"),
        (1, MODEL, "45"),
    ]


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        ("10 percent off: 200 becomes 180", ("10 percent",)),
        ('adds an item: `cart.add("apple", 200)`', ('"apple", 200',)),
        ("more than 300 is refused", ()),
        ("nothing below absolute zero, -273.15 °C, is taken", ()),
        ("older than 300 days is refused", ()),
        ("what is sold over the counter: 300 costs 7", ("300",)),
        ("one item is enough", ()),
        ("200 becomes 180", ()),
    ],
)
def test_a_test_without_the_item_s_inputs_is_about_something_else(text, unused):
    assert unused_inputs("def test_it():\n    assert off(200) == 7\n", text) == unused


SPARE = "a spare: rolls of 5, 5 and 3 and then seventeen of 0 score 16"
ROLLS = "g = Game()\nfor pins in (5, 5, 3):\n    g.roll(pins)\n"


@pytest.mark.parametrize(
    ("rest", "unused"),
    [
        ("g.roll(0)\nassert g.score() == 16", ("seventeen",)),
        ("for _ in range(17):\n    g.roll(0)\nassert g.score() == 16", ()),
        ("g.roll(0)\n" * 17 + "assert g.score() == 16", ()),
    ],
)
def test_as_many_as_an_item_says_must_be_in_its_test(rest, unused):
    assert unused_inputs(test_of(ROLLS + rest), SPARE) == unused


@pytest.mark.parametrize(
    "text", ["the sum of two of them", "more than twenty rolls are refused", "at the age of twelve"]
)
def test_what_is_no_count_or_a_limit_need_not_be(text):
    assert unused_inputs(test_of("assert f([4, 5]) == 9"), text) == ()


def test_a_module_s_exceptions_are_found_by_what_they_derive_from():
    code = "class A(Exception): ...\nclass B(A): ...\nclass C: ...\nclass D(x.KeyError): ...\n"
    assert exceptions_in(code) == ("A", "B", "D")
    assert exceptions_in("class") == ()
