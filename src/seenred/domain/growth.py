"""How a cost grows with the size of the input, and how surely that is known."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# Student's t, two-sided 95 %, by degrees of freedom; beyond the last the normal distribution's
_STUDENT = (12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23)
_NORMAL = 1.96

# The steepest log-log slope that still counts as the demanded growth: n log n measures about 1.1
# between a few hundred and some ten thousand, and memory effects add up to 0.3.
_SLOPES = {"1": 0.4, "logn": 0.5, "n": 1.4, "nlogn": 1.5, "n2": 2.4, "n2logn": 2.5, "n3": 3.4}

_ORDERS: dict[str, Callable[[float], float]] = {
    "1": lambda n: 1.0,  # noqa: ARG005
    "log n": lambda n: math.log(n + 1),
    "n": lambda n: n,
    "n log n": lambda n: n * math.log(n + 1),
    "n²": lambda n: n**2,
    "n² log n": lambda n: n**2 * math.log(n + 1),
    "n³": lambda n: n**3,
}
# a second order that is at least this likely is named too
_ALSO = 0.1


@dataclass(frozen=True, slots=True)
class Growth:
    """The growth of a cost.

    Attributes:
        slope: of the line through the logarithms of sizes and costs.
        margin: half of its 95 % confidence interval.
        orders: the likely orders, `n log n`, the likeliest first; 2ⁿ and the like have none.
        confidence: of the first order against the others, 0 to 1.
        sizes: smallest and largest.
        points: how many.
    """

    slope: float
    margin: float
    orders: tuple[str, ...]
    confidence: float
    sizes: tuple[int, int]
    points: int

    @property
    def shown(self) -> str:
        """One line for a person."""
        named = " or ".join(f"O({order})" for order in self.orders) or "faster than O(n³)"
        return (
            f"{named}, slope {self.slope:.2f} ± {self.margin:.2f}"
            f" from {self.sizes[0]:,} to {self.sizes[1]:,}"
        )


def growth_of(points: Sequence[tuple[int, float]]) -> Growth | None:
    """The growth that (size, cost) points show; None for fewer than three or no cost at all."""
    usable = [(n, cost) for n, cost in points if n > 0 and cost > 0]
    if len(usable) < 3 or len({n for n, _ in usable}) < 3:
        return None
    slope, margin = _line(usable)
    orders = _likelihoods(usable)
    (best, likely), *others = orders
    named = (best, *(name for name, share in others if share >= _ALSO))
    too_steep = slope - margin > _slope_of("n³", usable) + 0.3
    sizes = (usable[0][0], usable[-1][0])
    return Growth(slope, margin, () if too_steep else named, likely, sizes, len(usable))


def log_slope(points: Sequence[tuple[int, float]]) -> float | None:
    """The slope of the least-squares line through the logarithms; None for fewer than three.

    Between two points, memory effects alone make n log n look like n².
    """
    return _line(points)[0] if len(points) >= 3 else None


def allowed_slope(complexity: str | None) -> float | None:
    """The steepest slope that a demand such as `O(n log n)` allows; None when it isn't known."""
    inside = re.search(r"O\((.*)\)", complexity or "")
    if inside is None:
        return None
    term = inside[1].lower().replace("²", "2").replace("³", "3")
    return _SLOPES.get(re.sub(r"[\s*^·×()]", "", term).replace("len", "").replace("m", "n"))


def _line(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Slope and half of its confidence interval."""
    xs, ys = [math.log(n) for n, _ in points], [math.log(cost) for _, cost in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / spread
    left = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in zip(xs, ys, strict=True))
    freedom = len(points) - 2
    if freedom < 1:
        return slope, math.inf
    student = _STUDENT[freedom - 1] if freedom <= len(_STUDENT) else _NORMAL
    return slope, student * math.sqrt(left / freedom / spread)


def _slope_of(order: str, points: Sequence[tuple[int, float]]) -> float:
    return _line([(n, _ORDERS[order](n)) for n, _ in points])[0]


def _likelihoods(points: Sequence[tuple[int, float]]) -> list[tuple[str, float]]:
    """The orders and their shares of the likelihood (Akaike weights), the likeliest first."""
    scores = {}
    for name, order in _ORDERS.items():
        offsets = [math.log(cost) - math.log(order(n)) for n, cost in points]
        mean = sum(offsets) / len(offsets)
        variance = sum((each - mean) ** 2 for each in offsets) / len(offsets)
        # a fit closer than one in a thousand is as good as exact
        scores[name] = len(points) * math.log(max(variance, 1e-6))
    least = min(scores.values())
    weights = {name: math.exp((least - score) / 2) for name, score in scores.items()}
    total = sum(weights.values())
    return sorted(((n, w / total) for n, w in weights.items()), key=lambda pair: -pair[1])
