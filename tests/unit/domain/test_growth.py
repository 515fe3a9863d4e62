import math

import pytest

from seenred.domain.growth import allowed_slope, growth_of, log_slope

SIZES = (64, 128, 256, 512, 1024, 2048, 4096)


@pytest.mark.parametrize(
    ("cost", "order"),
    [
        (lambda _: 7.0, "1"),
        (lambda n: math.log(n + 1), "log n"),
        (lambda n: 3 * n, "n"),
        (lambda n: n * math.log(n + 1), "n log n"),
        (lambda n: n * n / 2, "n²"),
        (lambda n: n**3, "n³"),
    ],
)
def test_an_exact_cost_has_its_order(cost, order):
    found = growth_of([(n, cost(n)) for n in SIZES])
    assert (order,) == found.orders
    assert found.confidence > 0.9
    assert found.margin < 0.2


def test_what_cannot_be_told_apart_is_named_too():
    found = growth_of([(n, n**1.08) for n in SIZES])
    assert {"n", "n log n"} == set(found.orders)
    assert found.confidence < 0.9


def test_what_grows_faster_than_any_order_has_none():
    assert () == growth_of([(n, 2.0**n) for n in (4, 8, 12, 16, 20)]).orders


def test_a_constant_part_makes_it_less_sure():
    with_start = growth_of([(n, n + 500) for n in SIZES])
    assert with_start.margin > growth_of([(n, 2 * n) for n in SIZES]).margin


@pytest.mark.parametrize("points", [[], [(1, 1.0), (2, 2.0)], [(1, 0.0)] * 5, [(4, 1.0)] * 5])
def test_too_few_points_show_nothing(points):
    assert growth_of(points) is None


def test_two_points_show_no_slope():
    assert log_slope([(16_000, 0.0022), (64_000, 0.031)]) is None
    assert log_slope([(1, 1.0), (2, 2.0), (4, 4.0)]) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("demand", "expected"),
    [("O(n log n)", 1.5), ("O(n^2)", 2.4), ("O(n²)", 2.4), ("fast", None), (None, None)],
)
def test_a_demand_allows_a_slope(demand, expected):
    assert expected == allowed_slope(demand)


def test_it_is_told_in_one_line():
    found = growth_of([(n, n * n) for n in SIZES])
    assert "O(n²), slope 2.00 ± 0.00 from 64 to 4,096" == found.shown
