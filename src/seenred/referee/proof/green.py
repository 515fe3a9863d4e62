"""Proves that tests pass by the code's own doing: untampered, no trick, every control red."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from seenred.domain.count import counted
from seenred.domain.layout import DEFAULT, Layout, is_production
from seenred.domain.observation import Ending, Observation, Outcome
from seenred.domain.proof import Claim, Detail, Proof, Verdict
from seenred.domain.tree import Tree
from seenred.referee.proof.baseline import Worse, is_case_gone, worse
from seenred.referee.proof.control_run import run_controls
from seenred.referee.proof.flaky import disagreements, varying_cases
from seenred.referee.proof.foreign_module import FOREIGN_MODULE, RENAME, foreign_module
from seenred.referee.proof.missing_package import (
    INSTALL,
    PACKAGE_MISSING,
    missing_package,
    needs,
    own_modules,
)
from seenred.referee.proof.placed_test import function_id, path_of
from seenred.referee.proof.ports import Blobs, Selection, SuiteRunner
from seenred.referee.proof.reason import CONFINED, NEEDS_NETWORK, Surroundings, classify
from seenred.referee.proof.special_case import (
    constant_bodies,
    known_of,
    special_cases,
    triangulation,
)
from seenred.referee.proof.tampering import tampered
from seenred.referee.proof.trick_run import find_tricks, support_tricks

REMEDIES = {
    "tampered": "leave the tests as they were when they were red",
    "not-run": "see why pytest did not run it",
    "skipped": "let it run",
    "xfailed": "take the xfail mark away",
    "xpassed": "take the xfail mark away",
    "failed": "make it pass",
    "worse": "mend what the change broke",
    "left-early": "take the exit away",
    "control-survived": "let the code compute what the test expects",
    "forced-survived": "take away what hides failures",
    "special-case": "let the code compute it for any input",
    "flaky": "make the test repeatable",
    FOREIGN_MODULE: RENAME,
    PACKAGE_MISSING: INSTALL,
    NEEDS_NETWORK: "allow it with --allow-loopback",
    CONFINED: "judge it where you trust its code: --no-sandbox",
}


@dataclass(frozen=True, slots=True)
class _Case:
    """What is judged, and with what."""

    runner: SuiteRunner
    blobs: Blobs
    red_tree: Tree | None
    tree: Tree
    tests: tuple[str, ...]
    parent: Tree | None
    layout: Layout
    limits: Selection


async def prove_green(
    runner: SuiteRunner,
    blobs: Blobs,
    base_observation: Observation | None,
    red_tree: Tree | None,
    tree: Tree,
    test_ids: Sequence[str],
    *,
    observation: Observation | None = None,
    parent: Tree | None = None,
    layout: Layout = DEFAULT,
    driving: bool = False,
    selection: Selection = Selection(),
) -> Proof:
    """Whether tests are green, nothing fares worse, and a lie would have been noticed.

    Args:
        base_observation: all tests before the change; none of them may fare worse. None judges
            the named tests only.
        red_tree: the tree in which the tests were red: tests, what serves them and pytest's
            settings must be the same, and only what changed since can be a trick.
        test_ids: what must pass; a function with parameters stands for all its cases.
        observation: all tests on `tree`, when somebody has seen them already.
        parent: the tree before the tests were written: what they and a new conftest do to reports
            is a trick only if it is new.
        driving: branching on a test's own input is refused, not only told.
        selection: limits for every run.
    """
    begun = time.monotonic()
    alone = replace(selection, tests=() if base_observation else tuple(test_ids))
    seen = observation or await runner.observe(tree, alone)
    tests = tuple(each for test in test_ids for each in _cases(seen, test))
    case = _Case(runner, blobs, red_tree, tree, tests, parent, layout, selection)
    proof = _proof(seen, await _details(case, base_observation, seen, driving), test_ids)
    return replace(proof, inputs=_inputs(case), seconds=time.monotonic() - begun)


async def _details(
    case: _Case, before: Observation | None, seen: Observation, driving: bool
) -> list[Detail]:
    """All that was noticed; where it is not green already, nothing deeper is looked at."""
    details = await _varying(case, seen, list(_seen_details(case, seen)))
    if before is not None and not _broken(seen):
        details += await _worse(case, before, seen)
    if not any(_is_short(each, case.tests) for each in details) and not _broken(seen):
        details += await _deeper(case, seen, driving)
    return details


def _proof(seen: Observation, details: Sequence[Detail], test_ids: Sequence[str]) -> Proof:
    subject = ", ".join(test_ids)
    verdict, code, decisive = _judge(seen, details, subject)
    return Proof(
        claim=Claim.GREEN,
        verdict=verdict,
        subject=subject,
        reason=code,
        decisive=decisive,
        remedy=REMEDIES.get(code, ""),
        command=f"seenred prove green {' '.join(test_ids)}",
        details=tuple(details),
        values=_values(seen, details),
    )


def _cases(seen: Observation, test: str) -> list[str]:
    known = {*seen.selected, *seen.outcomes}
    if test in known:
        return [test]
    return [each for each in seen.selected if each.startswith((f"{test}[", f"{test}::"))] or [test]


def _seen_details(case: _Case, seen: Observation) -> Iterator[Detail]:
    """What one look at the run and at the two trees already tells."""
    if case.red_tree is not None:
        yield from tampered(case.red_tree, case.tree, case.blobs, case.layout)
    for test in case.tests:
        if (detail := _target(test, seen)) is not None:
            yield _lacking(case, test, seen) or _withheld(test, seen) or detail


# what was withheld from a test, by its code
_WITHHELD = (NEEDS_NETWORK, CONFINED)
_UNKNOWN = ("flaky", PACKAGE_MISSING, *_WITHHELD)


def _is_short(detail: Detail, tests: Sequence[str]) -> bool:
    """Whether it is not green already, so that nothing deeper need be looked at."""
    return detail.verdict is Verdict.REFUTED or (detail.kind in _UNKNOWN and detail.where in tests)


async def _varying(case: _Case, seen: Observation, details: list[Detail]) -> list[Detail]:
    """The details, where a failure of a test that does not always fail is no failure."""
    failed = [detail.where for detail in details if detail.kind == "failed"]
    unsteady = await varying_cases(case.runner, case.tree, _files(case), seen, failed)
    functions = {function_id(detail.where) for detail in unsteady}
    kept = [d for d in details if d.kind != "failed" or function_id(d.where) not in functions]
    return [*kept, *unsteady]


def _files(case: _Case) -> Selection:
    """The tests with all others of their files."""
    return replace(case.limits, tests=tuple(dict.fromkeys(path_of(t) for t in case.tests)))


def _lacking(case: _Case, test: str, seen: Observation) -> Detail | None:
    """Of a test that ends at a package which nobody installed nothing is known."""
    result = seen.of(test)
    down = (each.failure for each in seen.uncollected if test.startswith(each.path))
    failure = next(down, None) if result is None else result.failure
    name = missing_package(failure, own_modules(case.tree, case.layout)) if failure else ""
    return Detail(needs(name), test, PACKAGE_MISSING, Verdict.NOT_PROVEN) if name else None


def _withheld(test: str, seen: Observation) -> Detail | None:
    """Nor of one to which the sandbox refuses something."""
    reason = classify(seen, test, Surroundings())
    if reason.code not in _WITHHELD:
        return None
    return Detail(reason.decisive, test, reason.code, Verdict.NOT_PROVEN)


async def _worse(case: _Case, before: Observation, seen: Observation) -> list[Detail]:
    """Tests that fare worse than before; once more on their own, lest they are only flaky."""
    found = worse(before, seen, leaving_out=case.tests)
    if not found:
        return []
    alone = replace(case.limits, tests=tuple(each.test_id for each in found))
    again = await case.runner.observe(case.tree, alone)
    return [_how_worse(each, seen, again) for each in found]


def _how_worse(each: Worse, seen: Observation, again: Observation) -> Detail:
    if is_case_gone(each, seen):
        what = "a case that is no longer there; all others pass"
        return Detail(what, each.test_id, "case-gone", Verdict.NOT_APPLICABLE)
    if again.outcomes.get(each.test_id) is Outcome.PASSED:
        what = f"{each}, then passed on its own"
        return Detail(what, each.test_id, "flaky", Verdict.NOT_PROVEN)
    result = seen.of(each.test_id)
    why = f": {result.failure.decisive}" if result and result.failure else ""
    return Detail(f"{each}{why}", each.test_id, "worse", Verdict.REFUTED)


_SHORT_OF_GREEN = {
    Outcome.FAILED: "failed",
    Outcome.ERROR: "failed",
    Outcome.SKIPPED: "skipped",
    Outcome.XFAILED: "xfailed",
    Outcome.XPASSED: "xpassed",
}


def _target(test: str, seen: Observation) -> Detail | None:
    """Why a named test is not green; a suite may own skips and xfails, it may not."""
    result = seen.of(test)
    if result is None:
        down = [each.failure.decisive for each in seen.uncollected if test.startswith(each.path)]
        what = f"gave no result: {down[0]}" if down else "gave no result"
        verdict = Verdict.NOT_PROVEN if seen.ending in _UNDECIDED else Verdict.REFUTED
        return Detail(what, test, "not-run", verdict)
    if result.outcome is Outcome.PASSED:
        return None
    kind = _SHORT_OF_GREEN[result.outcome]
    told = result.failure.decisive if result.failure else result.reason
    return Detail(f"{result.outcome}: {told}" if told else kind, test, kind, Verdict.REFUTED)


async def _deeper(case: _Case, seen: Observation, driving: bool) -> list[Detail]:
    """What only further runs tell."""
    alone = replace(case.limits, tests=case.tests)
    support = support_tricks(case.blobs, case.parent, case.tree, case.layout)
    runner, blobs, tree, layout = case.runner, case.blobs, case.tree, case.layout
    tricks, controls, unsteady = await asyncio.gather(
        find_tricks(runner, blobs, case.red_tree, tree, alone, layout),
        run_controls(runner, blobs, tree, case.tests, layout, case.limits, seen),
        disagreements(runner, tree, _files(case), seen, case.tests),
    )
    return [*tricks, *support, *_remembered(case, driving), *controls, *unsteady]


def _remembered(case: _Case, driving: bool) -> Iterator[Detail]:
    """Constant bodies and branches on the tests' own input, in what the change touched."""
    for path in _changed_production(case):
        source = case.blobs.read(case.tree.files[path].blob)
        for test_path, tests in _by_file(case):
            for found in special_cases(source, known_of(tests, case.tests)):
                verdict = Verdict.REFUTED if driving else Verdict.NOT_PROVEN
                what = f"answers a test's own input: {found.what}"
                yield Detail(what, f"{path}:{found.line}", "special-case", verdict)
            for found in constant_bodies(source) if not _knew(case, path, source) else ():
                call = triangulation(tests, found.function)
                if "…" not in call:
                    what = f"{found.what} for any input; next: {call} in {test_path}"
                    where = f"{path}:{found.line}"
                    yield Detail(what, where, "constant-body")
                    suggestion = f"another example for {found.function}(): `{call}`"
                    yield Detail(suggestion, where, "suggested-test", Verdict.NOT_APPLICABLE)


def _knew(case: _Case, path: str, source: bytes) -> bool:
    before = case.red_tree
    return (
        before is not None and path in before and case.blobs.read(before.files[path].blob) == source
    )


def _changed_production(case: _Case) -> list[str]:
    before = case.red_tree
    paths: Iterable[str] = case.tree.files if before is None else case.tree.changed_from(before)
    return [
        path
        for path in paths
        if path in case.tree and path.endswith(".py") and is_production(path, case.layout)
    ]


def _by_file(case: _Case) -> list[tuple[str, bytes]]:
    paths = dict.fromkeys(path_of(test) for test in case.tests)
    return [(p, case.blobs.read(case.tree.files[p].blob)) for p in paths if p in case.tree]


_UNDECIDED = (Ending.TIMED_OUT, Ending.OUT_OF_MEMORY, Ending.CRASHED, Ending.UNUSABLE)


def _broken(seen: Observation) -> bool:
    return bool(seen.foreign) or seen.ending is not Ending.COMPLETED


def _judge(seen: Observation, details: Sequence[Detail], subject: str) -> tuple[Verdict, str, str]:
    if foreign := foreign_module(seen):
        return Verdict.NOT_PROVEN, FOREIGN_MODULE, foreign
    if seen.ending is not Ending.COMPLETED:
        verdict = Verdict.NOT_PROVEN if seen.ending in _UNDECIDED else Verdict.REFUTED
        at = f" in {seen.running}" if seen.running else ""
        return verdict, str(seen.ending).replace(" ", "-"), f"the run {seen.ending}{at}"
    for verdict in (Verdict.REFUTED, Verdict.NOT_PROVEN):
        for detail in details:
            told_only = detail.kind == "special-case" and verdict is Verdict.NOT_PROVEN
            if detail.verdict is verdict and not told_only:
                return verdict, detail.kind, detail.beside(subject)
    passed = sum(test.outcome is Outcome.PASSED for test in seen.tests)
    return (
        Verdict.PROVEN,
        "green",
        f"{passed} passed, {counted(_red_controls(details), 'control')} red",
    )


def _red_controls(details: Sequence[Detail]) -> int:
    return sum(int(each.what.split()[0]) for each in details if each.kind == "controls")


def _inputs(case: _Case) -> dict[str, str]:
    inputs = {"tree": case.tree.digest}
    if case.red_tree is not None:
        inputs["red"] = case.red_tree.digest
    files = {path: hashlib.sha256(source).hexdigest() for path, source in _by_file(case)}
    return {**inputs, **files}


def _values(
    seen: Observation, details: Sequence[Detail]
) -> dict[str, str | int | float | bool | None]:
    return {
        "passed": sum(test.outcome is Outcome.PASSED for test in seen.tests),
        "controls": _red_controls(details),
        "survived": sum(d.kind == "control-survived" for d in details),
    }
