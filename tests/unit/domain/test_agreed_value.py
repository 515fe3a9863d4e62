from seenred.domain.agreed_value import agreement, is_expected_already, same_expectation


def drawn(*lines):
    return "def test_it():\n" + "".join(f"    {line}\n" for line in lines)


TWO = drawn("assert f(1) == 2", "assert f(2) == 3")


def test_what_two_of_three_expect_is_agreed():
    draws = [TWO, drawn("assert f(1) == 2"), drawn("assert f(3) == 4")]
    found = agreement(TWO, draws)
    assert found.lines == {2}
    assert found.all_lines == {2, 3}
    assert not found.is_whole


def test_a_majority_outvotes_one():
    draws = [TWO, TWO, drawn("assert f(1) == 5")]
    assert agreement(TWO, draws).is_whole


def test_a_draw_between_two_values_agrees_on_nothing():
    other = drawn("assert f(1) == 5")
    assert not agreement(
        drawn("assert f(1) == 2"), [drawn("assert f(1) == 2")] * 2 + [other] * 2
    ).lines


def test_one_alone_is_no_agreement():
    assert not agreement(TWO, [TWO]).lines


def test_names_of_variables_make_no_difference():
    one = drawn("cart = Cart()", "cart.add(3)", "assert cart.total() == 3")
    other = drawn("c = Cart()", "c.add(3)", "result = c.total()", "assert result == 3.0")
    more = drawn("c = Cart()", "c.add(4)", "assert c.total() == 3")
    assert agreement(one, [one, drawn("c = Cart()", "c.add(3)", "assert c.total() == 3")]).is_whole
    assert not agreement(one, [one, more]).lines
    assert not same_expectation(one, more)
    assert same_expectation(one, drawn("n = 3", "c = Cart()", "c.add(n)", "assert c.total() == n"))
    assert other != one


def test_exceptions_are_agreed_on_too():
    one = drawn("with pytest.raises(KeyError):", "    f(1)")
    assert agreement(one, [one, one]).is_whole
    assert not agreement(one, [one, drawn("with pytest.raises(ValueError):", "    f(1)")]).lines


def test_cases_are_agreed_on_one_by_one():
    above = "@pytest.mark.parametrize('a, b', [(1, 2), (2, 3)])\n"
    cases = f"{above}def test_it(a, b):\n    assert f(a) == b\n"
    found = agreement(cases, [cases, drawn("assert f(2) == 3")])
    assert found.rows == {1}
    assert found.lines == {3}
    assert found.all_rows == {0, 1}


def test_a_test_may_expect_nothing_new():
    file = f"import calc\n\n{TWO}\n\ndef test_more():\n    x = C()\n    assert x.y == 1\n"
    assert is_expected_already(drawn("assert f(2) == 3"), file)
    assert is_expected_already(drawn("z = C()", "assert z.y == 1", "assert f(1) == 2"), file)
    assert not is_expected_already(drawn("assert f(2) == 3", "assert f(3) == 4"), file)
    assert not is_expected_already(drawn("assert f(2) == 3"), "def")
