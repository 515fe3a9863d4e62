"""Proves that a new test fails, and for the right reason, on the code as it was."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from seenred.domain.layout import DEFAULT, Layout, is_production
from seenred.domain.observation import Observation, Outcome
from seenred.domain.proof import Claim, Detail, Proof, Verdict
from seenred.domain.tree import Tree
from seenred.referee.proof.baseline import worse
from seenred.referee.proof.flaky import disagreements
from seenred.referee.proof.foreign_module import FOREIGN_MODULE, RENAME, foreign_module
from seenred.referee.proof.introduced import Introduced
from seenred.referee.proof.missing_package import INSTALL, PACKAGE_MISSING
from seenred.referee.proof.placed_test import path_of, source_digest
from seenred.referee.proof.ports import Blobs, Selection, SuiteRunner
from seenred.referee.proof.reason import Reason, Ruling, Surroundings, classify
from seenred.referee.proof.stand_ins import StandIns, look, names_used
from seenred.referee.proof.surroundings import surroundings

_VERDICTS = {
    Ruling.RIGHT: Verdict.PROVEN,
    Ruling.WRONG: Verdict.REFUTED,
    Ruling.UNDECIDED: Verdict.NOT_PROVEN,
}
# what parsing may not have seen coming, and what it is if the change makes the test pass
_SETTLED = {
    "test-typo": "missing-symbol",
    "unknown-fixture": "missing-symbol",
    "third-party-import": "missing-symbol",
    "test-error": "production-result",
}
REMEDIES = {
    "passes-already": "let it assert what the code can't do yet, or keep it as covered",
    "skipped": "let it run",
    "xfailed": "take the xfail mark away",
    "syntax-error": "repair the test file",
    "test-typo": "correct the name, or say what introduces it",
    "unknown-fixture": "define the fixture in the test file or a conftest.py",
    "third-party-import": "install the package in the project's environment",
    PACKAGE_MISSING: INSTALL,
    "async-without-plugin": "install pytest-asyncio or anyio and mark the test",
    "test-error": "repair the test: it fails before it has used the project's code",
    "not-collectable": "repair what pytest complains of",
    "nothing-collected": "check the id with `pytest --collect-only`",
    "left-early": "take the exit out of the way of the test",
    "timeout": "make it faster, or allow it more time",
    "needs-network": "allow it with --allow-loopback",
    "confined": "judge it where you trust its code: --no-sandbox",
    FOREIGN_MODULE: RENAME,
    "flaky": "make the test repeatable",
    "others-worse": "keep the other tests as they were",
}


@dataclass(frozen=True, slots=True)
class _Seen:
    """One look at the test on the old code."""

    observation: Observation
    selection: Selection
    reasons: Mapping[str, Reason]
    deciding: str

    @property
    def reason(self) -> Reason:
        return self.reasons[self.deciding]


async def prove_red(
    runner: SuiteRunner,
    blobs: Blobs,
    base: Tree,
    changed: Tree,
    test_id: str,
    *,
    introduced: frozenset[str] = frozenset(),
    new_modules: frozenset[str] = frozenset(),
    before: Observation | None = None,
    beside: Observation | None = None,
    layout: Layout = DEFAULT,
    selection: Selection = Selection(),
    hang_is_red: bool = False,
) -> Proof:
    """Whether a new test, run alone on the old code, fails for the right reason.

    Args:
        base: the old code with the new tests, fixtures and data laid over it.
        changed: the tree with the change; tells what it introduces, and settles what can't be
            told otherwise. The same as `base` when there is no change yet.
        test_id: one test; a function with parameters stands for each of its cases.
        introduced: names that the change will introduce: `Account.withdraw`, `bank:Account`.
        before: all tests on the old code without the new ones: the others must fare the same.
        beside: all tests on `base`, when somebody has seen them already.
        selection: limits for every run.
        hang_is_red: in the defect flow a hang is what the report says.
    """
    begun = time.monotonic()
    named = Introduced(introduced, new_modules)
    around = surroundings(base, changed, blobs, named, layout)
    seen = await _look(runner, base, test_id, around, selection)
    reason = await _settled(runner, base, changed, seen, layout)
    if hang_is_red and reason.code == "timeout":
        reason = replace(reason, ruling=Ruling.RIGHT, code="hang")
    compared = before if reason.ruling is Ruling.RIGHT else None
    unsteady, others = await asyncio.gather(
        _unsteady(runner, base, seen, reason),
        _others(runner, base, compared, beside, seen, around),
    )
    proof = _proof(test_id, seen, reason, around, [*_cases(seen), *unsteady, *others])
    inputs = _inputs(base, changed, around, test_id)
    return replace(proof, inputs=inputs, seconds=time.monotonic() - begun)


def _proof(
    test_id: str, seen: _Seen, reason: Reason, around: Surroundings, details: Sequence[Detail]
) -> Proof:
    verdict, code, decisive = _judge(test_id, seen, reason, details)
    return Proof(
        claim=Claim.RED,
        verdict=verdict,
        subject=test_id,
        reason=code,
        decisive=decisive,
        remedy=REMEDIES.get(code, ""),
        command=f"seenred prove red {test_id}",
        details=tuple(details),
        values=_values(seen, reason, around, test_id),
    )


async def _look(
    runner: SuiteRunner, tree: Tree, test_id: str, around: Surroundings, limits: Selection
) -> _Seen:
    alone = replace(limits, tests=(test_id,))
    observation, stand_ins = await look(runner, tree, alone, test_id, around)
    ids = _ids(observation, test_id)
    reasons = {each: _reason(observation, each, around, stand_ins) for each in ids}
    return _Seen(observation, replace(alone, stand_ins=stand_ins), reasons, _deciding(reasons))


def _ids(observation: Observation, test_id: str) -> Sequence[str]:
    """The test itself, or the cases of a function or class."""
    if test_id in observation.selected or test_id in observation.outcomes:
        return [test_id]
    below = [s for s in observation.selected if s.startswith((f"{test_id}[", f"{test_id}::"))]
    return below or [test_id]


def _reason(
    observation: Observation, test_id: str, around: Surroundings, stand_ins: StandIns
) -> Reason:
    reason = classify(observation, test_id, around)
    names = stand_ins.get(path_of(test_id), ())
    source = around.sources.get(path_of(test_id), b"")
    if reason.code == "passes-already" and names and names_used(source, test_id, names):
        told = f"needs {', '.join(names)}, which the change introduces"
        return Reason(Ruling.RIGHT, "missing-symbol", told)
    return reason


def _deciding(reasons: Mapping[str, Reason]) -> str:
    """Of several cases the one that decides: a wrong one, an undecided one, a red one."""

    def weight(test: str) -> int:
        reason = reasons[test]
        if reason.ruling is Ruling.WRONG:
            return 3 if reason.code == "passes-already" else 0
        return 1 if reason.ruling is Ruling.UNDECIDED else 2

    return min(reasons, key=weight)


async def _settled(
    runner: SuiteRunner,
    base: Tree,
    changed: Tree,
    seen: _Seen,
    layout: Layout,
) -> Reason:
    """What looks like the test's own mistake isn't one if the change alone makes it pass."""
    reason, path = seen.reason, path_of(seen.deciding)
    differing = changed.changed_from(base)
    if reason.code not in _SETTLED or path in differing:
        return reason
    if not any(is_production(each, layout) for each in differing):
        return reason
    after = await runner.observe(changed, replace(seen.selection, stand_ins={}))
    if after.outcomes.get(seen.deciding) is not Outcome.PASSED:
        return reason
    failure = reason.failure.decisive if reason.failure else reason.decisive
    told = f"{failure}; with the change it passes"
    return replace(reason, ruling=Ruling.RIGHT, code=_SETTLED[reason.code], decisive=told)


def _cases(seen: _Seen) -> list[Detail]:
    """Of a function with parameters: how each case fares."""
    if len(seen.reasons) == 1:
        return []
    return [
        Detail(f"{reason.code}: {reason.decisive}", test, reason.code, _of_case(reason))
        for test, reason in seen.reasons.items()
    ]


def _of_case(reason: Reason) -> Verdict:
    passes = reason.code == "passes-already"
    return Verdict.NOT_APPLICABLE if passes else _VERDICTS[reason.ruling]


async def _unsteady(
    runner: SuiteRunner, base: Tree, seen: _Seen, reason: Reason
) -> tuple[Detail, ...]:
    if reason.ruling is not Ruling.RIGHT and reason.code != "passes-already":
        return ()
    judged = [test for test in seen.reasons if test in seen.observation.outcomes]
    return await disagreements(runner, base, seen.selection, seen.observation, judged, repeats=1)


async def _others(
    runner: SuiteRunner,
    base: Tree,
    before: Observation | None,
    after: Observation | None,
    seen: _Seen,
    around: Surroundings,
) -> list[Detail]:
    """Tests that fare worse beside the new one, unless they too are red for the right reason."""
    found: list[Detail] = []
    if before is None:
        return found
    after = after or await runner.observe(base, replace(seen.selection, tests=()))
    for each in worse(before, after, leaving_out=seen.reasons):
        reason = classify(after, each.test_id, around)
        right = reason.ruling is Ruling.RIGHT
        verdict = Verdict.NOT_APPLICABLE if right else _VERDICTS[reason.ruling]
        told = f"{each}: {reason.code}"
        found.append(Detail(told, each.test_id, "other-red" if right else "other-worse", verdict))
    return found


def _judge(
    test_id: str, seen: _Seen, reason: Reason, details: Sequence[Detail]
) -> tuple[Verdict, str, str]:
    if foreign := foreign_module(seen.observation):
        return Verdict.NOT_PROVEN, FOREIGN_MODULE, foreign
    for kind, code in (("flaky", "flaky"), ("other-worse", "others-worse")):
        bad = [d for d in details if d.kind == kind and d.verdict is not Verdict.PROVEN]
        if bad:
            return bad[0].verdict, code, bad[0].beside(test_id)
    return _VERDICTS[reason.ruling], reason.code, reason.decisive


def _inputs(base: Tree, changed: Tree, around: Surroundings, test_id: str) -> dict[str, str]:
    source = around.sources.get(path_of(test_id))
    inputs = {"base": base.digest, "changed": changed.digest}
    return inputs if source is None else {**inputs, path_of(test_id): _sha256(source)}


def _values(
    seen: _Seen, reason: Reason, around: Surroundings, test_id: str
) -> dict[str, str | int | float | bool | None]:
    source = around.sources.get(path_of(test_id))
    values: dict[str, str | int | float | bool | None] = {"test": seen.deciding}
    if source is not None:
        values["test_sha256"] = source_digest(source, test_id)
    if reason.failure is not None:
        values |= {"exception": reason.failure.kind, "message": reason.failure.message}
    if reason.frame is not None:
        values["frame"] = f"{reason.frame.path}:{reason.frame.line} in {reason.frame.function}"
    return values


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
