"""How fast is a function, and how does that grow? Measured, whatever anybody claims."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from seenred.domain.growth import Growth, allowed_slope, growth_of
from seenred.domain.observation import Observation, Outcome
from seenred.domain.proof import Claim, Detail, Proof, Verdict
from seenred.domain.renaming import Renaming
from seenred.domain.tree import Tree
from seenred.referee.proof.differential import PLACE, probed_tree
from seenred.referee.proof.objection import Objection
from seenred.referee.proof.outcome_change import passing
from seenred.referee.proof.ports import Blobs, Selection, SuiteRunner
from seenred.referee.proof.whole_run import problem_of, whole_suite

_LAST = f"{PLACE}/test_last.py"
_MEASURE = """import pytest
from seenred_inside_probe import measuring, session

def test_cost():
    pytest.skip(measuring.measure(session.current(), 0))
"""
# seconds for all sizes of one measurement, and bytes
_SECONDS, _MEMORY = 60.0, 2 * 1024 * 1024 * 1024
# below this, in seconds, a call tells of the interpreter and not of the input
_NOISE = 2e-6


@dataclass(frozen=True, slots=True)
class Cost:
    """What one size of the input costs.

    Attributes:
        now, before: seconds, or lines where they were counted; `before` is None without one.
    """

    size: int
    now: float
    before: float | None = None


async def prove_complexity(
    runner: SuiteRunner,
    blobs: Blobs,
    tree: Tree,
    place: str,
    *,
    base: Tree | None = None,
    claim: str = "",
    inputs: str = "",
    count: bool = False,
) -> Proof:
    """Measure a function on growing inputs.

    Args:
        place: `path:function` or `path:Class.method`.
        base: the previous version, timed in turn with this one.
        claim: what is claimed, `O(n log n)`; "" only measures.
        inputs: an expression of `n` that gives the arguments as a tuple; "" grows those of the
            tests' own calls.
        count: executed lines instead of seconds: exact, blind to what built-ins do.
    """
    began = time.monotonic()
    judged = await _measured(runner, blobs, tree, place, base, inputs, count)
    proof = judged if isinstance(judged, Objection) else _judged(judged, claim, count)
    made = proof if isinstance(proof, Proof) else _proof(proof)
    digests = {"tree": tree.digest, **({"base": base.digest} if base else {})}
    return replace(made, subject=place, inputs=digests, seconds=time.monotonic() - began)


async def _measured(
    runner: SuiteRunner,
    blobs: Blobs,
    tree: Tree,
    place: str,
    base: Tree | None,
    inputs: str,
    count: bool,
) -> list[Cost] | Objection:
    path, _, name = place.rpartition(":")
    if path not in tree or not path.endswith(".py") or not name:
        return Objection(Verdict.NOT_PROVEN, "no-function", f"there is no {place}")
    seen = await runner.observe(tree, whole_suite())
    if broken := problem_of(seen):
        return Objection(Verdict.NOT_PROVEN, "suite-unusable", broken)
    old = [path, name] if base is not None and path in base else None
    target = {"new": [path, name], "old": old, "inputs": inputs, "count": count}
    plan = {"targets": [target], "lines": {"new": {}, "old": {}}}
    probed = probed_tree(blobs, base or Tree({}), tree, Renaming(), plan, _MEASURE)
    order = (f"{PLACE}/test_first.py", *passing(seen), _LAST)
    after = await runner.observe(probed, Selection(order, seconds=_SECONDS, memory=_MEMORY))
    return _read(after)


def _read(seen: Observation) -> list[Cost] | Objection:
    test = seen.of(f"{_LAST}::test_cost")
    if test is None or test.outcome is not Outcome.SKIPPED:
        failure = test.failure.decisive if test and test.failure else seen.message
        told = f"the measurement {seen.ending}: {failure}".rstrip(": ")
        return Objection(Verdict.NOT_PROVEN, "not-measured", told)
    told = json.loads(test.reason)
    if "why" in told:
        return Objection(Verdict.NOT_PROVEN, "not-measured", told["why"])
    return [Cost(int(size), *costs) for size, *costs in told["points"]]


def _judged(costs: Sequence[Cost], claim: str, count: bool) -> Proof | Objection:
    clear = [(c.size, c.now) for c in costs if count or c.now >= _NOISE]
    growth = growth_of(clear)
    if growth is None:
        return Objection(Verdict.NOT_PROVEN, "not-measured", "too few sizes could be measured")
    details = (*_points(costs, count), *_against(costs, count))
    told = f"{growth.shown}{_compared(costs, count)}"
    verdict, reason = _verdict(growth, claim)
    values = {"slope": growth.slope, "margin": growth.margin, "confidence": growth.confidence}
    ratio = speed_up(costs)
    proof = _proof(Objection(verdict, reason, told, details))
    return replace(proof, values={**values, **({"speed_up": ratio} if ratio else {})})


def _verdict(growth: Growth, claim: str) -> tuple[Verdict, str]:
    """Against a claim only what its confidence interval leaves no doubt about is decided."""
    allowed = allowed_slope(claim)
    if not claim:
        return Verdict.PROVEN, "measured"
    if allowed is None:
        return Verdict.NOT_PROVEN, "unknown-claim"
    if growth.slope - growth.margin > allowed:
        return Verdict.REFUTED, "grows-faster"
    if growth.slope + growth.margin <= allowed:
        return Verdict.PROVEN, "as-claimed"
    return Verdict.NOT_PROVEN, "not-sure"


def speed_up(costs: Sequence[Cost]) -> float | None:
    """How many times cheaper than before, by the three largest sizes; None without a before."""
    ratios = [c.before / c.now for c in costs[-3:] if c.before is not None and c.now > 0]
    return statistics.median(ratios) if ratios else None


def _compared(costs: Sequence[Cost], count: bool) -> str:
    ratio = speed_up(costs)
    if ratio is None:
        return ""
    word = "lines" if count else "time"
    size = costs[-1].size
    times = f"{ratio:.1f} × less" if ratio >= 1 else f"{1 / ratio:.1f} × more"
    return f"; {times} {word} than before at {size:,}"


def _points(costs: Sequence[Cost], count: bool) -> tuple[Detail, ...]:
    def told(cost: Cost) -> str:
        before = f", before {_shown(cost.before, count)}" if cost.before is not None else ""
        return f"n={cost.size:,}: {_shown(cost.now, count)}{before}"

    return tuple(Detail(told(cost), "", "cost", Verdict.NOT_APPLICABLE) for cost in costs)


def _shown(cost: float, count: bool) -> str:
    if count:
        return f"{cost:,.0f} lines"
    return f"{cost * 1000:.3g} ms"


def _against(costs: Sequence[Cost], count: bool) -> tuple[Detail, ...]:
    """The growth of the version before."""
    clear = [(c.size, c.before) for c in costs if c.before and (count or c.before >= _NOISE)]
    growth = growth_of(clear)
    told = f"before: {growth.shown}" if growth else ""
    return (Detail(told, "", "growth-before", Verdict.NOT_APPLICABLE),) if growth else ()


def _proof(objection: Objection) -> Proof:
    return objection.proof(Claim.COMPLEXITY, "", "seenred prove complexity")
