"""What a description says and no test of its list takes up."""

DESCRIPTION = """\
# Vouchers 2.0

A customer enters a code at the checkout. `SAVE` takes 10 percent off the order; An order below
twenty-five euro gets nothing off.

- [ ] A code works once; the second time one sees "already used".
- Nobody may use more than 3 codes
  in fifteen days.

| order | paid |
|-------|------|
| 77    | 66   |

```
voucher(99)
```
"""


def told(*items):
    from seenred.domain.left_out import left_out

    return {each.sentence: each.values for each in left_out(DESCRIPTION, items)}


def test_sentences_whose_values_no_test_has_are_told_with_them():
    assert told("a code works") == {
        "`SAVE` takes 10 percent off the order;": ("10",),
        "An order below twenty-five euro gets nothing off.": ("25",),
        'A code works once; the second time one sees "already used".': ("already used",),
        "Nobody may use more than 3 codes in fifteen days.": ("3", "15"),
    }


def test_a_value_is_taken_up_in_whatever_way_it_is_written():
    items = (
        "10.0 % off with `SAVE`",
        "an order of 25 euro is reduced",
        'the second time it says "already used"',
        "three codes in 15 days are too many",
    )
    assert told(*items) == {}


def test_what_says_no_value_is_not_judged():
    assert "A customer enters a code at the checkout." not in told()
