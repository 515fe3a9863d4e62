"""Each row a test's body: such as no code can make fail, and such as look alike and are right."""

import ast
import textwrap

import pytest

from seenred.domain.vacuity import vacuity

EMPTY = {
    "assert True": "`True`, which says nothing of the code",
    "add(2, 3)\nassert 1 + 1 == 2": "`1 + 1 == 2`, which says nothing",
    "a, b = 2, 3\nadd(a, b)\nassert True": "says nothing of the code",
    "x = 5\nassert x == 5": "`x == 5`, which says nothing of the code",
    "x = [1, 2]\nassert len(x) == 2": "says nothing of the code",
    "assert add(2, 3) == 5 and 5 == 5": "`5 == 5`, which says nothing",
    "assert add(2, 3) or True": "always so",
    "assert isinstance(add(2, 3), object)": "always so",
    "r = add(2, 3)\nassert r == r": "`r == r`, which is always so",
    "try:\n    assert add(2, 3) == 5\nexcept Exception:\n    pass": "catches what its own",
    "try:\n    assert add(2, 3) == 5\nexcept:\n    print()": "catches what its own",
    "return\nassert add(2, 3) == 5": "returns from the test",
    "if False:\n    assert add(2, 3) == 5": "under `False`",
    "pytest.skip('later')\nassert add(2, 3) == 5": "ends the test by `pytest.skip('later')`",
    "sys.exit(0)\nassert add(2, 3) == 5": "ends the test by `sys.exit(0)`",
    "os._exit(0)\nassert add(2, 3) == 5": "ends the test by `os._exit(0)`",
    "with pytest.raises(ValueError):\n    raise ValueError": "raises by itself",
    "with pytest.raises(ValueError):\n    int('x')": "says nothing of the code",
    "a = Account(10)\na.balance -= 3\nassert a.balance == 7": "changes `a.balance` itself",
    "monkeypatch.setattr(calc, 'add', fake)\nassert calc.add(2, 3) == 5": "replaces `add`",
    "monkeypatch.setattr('calc.add', lambda a, b: 5)\nassert add(2, 3) == 5": "replaces `add`",
    "with patch('calc.add', return_value=5):\n    assert calc.add(2, 3) == 5": "replaces `add`",
    "with patch.object(calc, 'add', fake):\n    assert calc.add(2, 3) == 5": "replaces `add`",
    "calc.add = lambda a, b: 5\nassert calc.add(2, 3) == 5": "replaces `add`",
    "calc.add = Mock(return_value=5)\nassert calc.add(2, 3) == 5": "replaces `add`",
}

RIGHT = [
    "assert add(2, 3) == 5",
    "assert 5 == add(2, 3)",
    "assert 3 < add(2, 3) < 6",
    "assert not is_leap(1900)",
    "assert Money(5) == Money(5)",
    "assert isinstance(parse('1'), int)",
    "x = 2\nassert add(x, 3) == 5",
    "x = add(2, 3)\nx = [x]\nassert x == [5]",
    "for n in (1, 2):\n    assert double(n) == n + n",
    "for n, m in ((1, 2), (2, 4)):\n    r = double(n)\n    assert r == m",
    "with pytest.raises(ValueError):\n    add('x', 3)",
    "with pytest.raises(ValueError) as e:\n    add('x', 3)\nassert 'x' in str(e.value)",
    "try:\n    add('x', 3)\nexcept ValueError as e:\n    assert 'x' in str(e)\nelse:\n    fail()",
    "try:\n    add('x', 3)\n    assert False\nexcept ValueError:\n    pass",
    "try:\n    add('x', 3)\n    assert False\nexcept Exception as e:\n    assert 'x' in str(e)",
    "door = Door()\ndoor.exit()\nassert door.left == 1",
    "t = Temperature(0)\nt.celsius = 25\nassert t.fahrenheit == 77",
    "t = Temperature(0)\nt.celsius = 25\nassert t.celsius == 25",
    "a = Account(10)\na.balance += 5\na.withdraw(3)\nassert a.balance == 12",
    "c = Counter()\nc += 2\nassert c.count == 2",
    "seen = []\neach(seen.append)\nassert seen == [1, 2]",
    "data = {}\nfill(data)\nassert data == {'a': 1}",
    "data = {'a': 1}\nassert not data.update(change())",
    "monkeypatch.setattr('builtins.input', lambda: '5')\nassert ask() == 5",
    "monkeypatch.setattr(clock, 'now', lambda: 5)\nassert stamp() == 5",
    "shop.mail = Mock()\nshop.sell(3)\nshop.mail.send.assert_called_once()\nassert shop.sold == 3",
    "assert capsys.readouterr().out == 'x'",
]


def complaint(body):
    (test,) = ast.parse(f"def test_it():\n{textwrap.indent(body, '    ')}\n").body
    return vacuity(test)


@pytest.mark.parametrize("body", EMPTY)
def test_what_no_code_can_make_fail_is_told(body):
    assert EMPTY[body] in complaint(body)


@pytest.mark.parametrize("body", RIGHT)
def test_what_can_fail_is_not(body):
    assert complaint(body) == ""
