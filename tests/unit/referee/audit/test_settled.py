from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from judged import GREEN
from scripted_runner import ScriptedRunner

from seenred.domain.observation import Ending, Observation, Outcome, SeenTest
from seenred.domain.proof import Proof, Verdict
from seenred.domain.tree import Entry, Tree
from seenred.referee.audit.settled import settled

BASE, TREE = Tree({"cart.py": Entry("1")}), Tree({"cart.py": Entry("2")})


def _seen(**outcomes: Outcome) -> Observation:
    tests = tuple(SeenTest(test, outcome) for test, outcome in outcomes.items())
    return Observation(tuple(outcomes), tests)


PASSING = _seen(test_a=Outcome.PASSED, test_b=Outcome.PASSED)
WORSE = _seen(test_a=Outcome.FAILED, test_b=Outcome.PASSED)


def _settled(on_tree: Observation, on_base: Observation = PASSING) -> tuple[Proof, int]:
    runner = ScriptedRunner(lambda tree, _: on_tree if tree is TREE else on_base)
    proof = asyncio.run(settled(replace(GREEN, details=()), runner, BASE, TREE))
    return proof, len(runner.asked)


def test_a_whole_suite_that_passes_makes_a_green_final() -> None:
    proof, runs = _settled(PASSING)
    assert (Verdict.PROVEN, 1) == (proof.verdict, runs)
    assert ["the whole suite: 2 passed, run cold"] == [detail.what for detail in proof.details]


def test_what_fails_in_the_whole_suite_only_refutes_it() -> None:
    proof, _ = _settled(WORSE)
    assert (Verdict.REFUTED, "failing") == (proof.verdict, proof.reason)
    assert "test_a fails, run cold" == proof.decisive


def test_what_fails_before_as_well_is_no_news() -> None:
    proof, runs = _settled(WORSE, WORSE)
    assert (Verdict.PROVEN, 2) == (proof.verdict, runs)


def test_what_fails_there_by_chance_leaves_it_open() -> None:
    once = iter([WORSE])
    runner = ScriptedRunner(lambda tree, _: next(once, PASSING) if tree is TREE else PASSING)
    proof = asyncio.run(settled(replace(GREEN, details=()), runner, BASE, TREE))
    assert (Verdict.NOT_PROVEN, "flaky") == (proof.verdict, proof.reason)
    assert "test_a failed, then passed on its own" == proof.decisive
    assert "make the test repeatable" == proof.remedy


def test_a_whole_suite_that_does_not_end_leaves_it_open() -> None:
    proof, _ = _settled(Observation(ending=Ending.TIMED_OUT, running="test_b"))
    assert (Verdict.NOT_PROVEN, "suite-unusable") == (proof.verdict, proof.reason)


@pytest.mark.parametrize("verdict", [Verdict.REFUTED, Verdict.NOT_PROVEN])
def test_what_is_no_green_needs_no_whole_suite(verdict: Verdict) -> None:
    runner = ScriptedRunner(lambda *_: PASSING)
    proof = replace(GREEN, verdict=verdict)
    assert proof == asyncio.run(settled(proof, runner, BASE, TREE))
    assert [] == runner.asked
