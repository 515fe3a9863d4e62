"""Has code written until the test is green, and everything that was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from seenred.agents.code_reply import NoCode
from seenred.agents.code_writer import CodeRequest, Refused, Way, code_prompt, way_of
from seenred.agents.shadowed_method import with_callable_methods
from seenred.domain.conversation import Reply
from seenred.domain.cycle import Evidence, Seen
from seenred.domain.cycle_event import Phase, PhaseProven, ProposalRefused
from seenred.domain.observation import Observation, Outcome
from seenred.domain.proof import Proof, Verdict
from seenred.domain.tree import Tree
from seenred.engine.asking import candidate
from seenred.engine.cycle.checking import advised, complaints_of, reviewed
from seenred.engine.cycle.desk import CycleDesk, GreenCode
from seenred.engine.cycle.difference import patch
from seenred.engine.cycle.editing import read_texts
from seenred.engine.cycle.evidence import evidence_of
from seenred.engine.cycle.refusing import refusal
from seenred.referee.audit.settled import settled
from seenred.referee.proof.green import prove_green
from seenred.referee.proof.placed_test import function_id, source_of_test


@dataclass(frozen=True, slots=True)
class _Proposal:
    """Code of a reply, in its place: path to the whole new file, and the tree with it."""

    texts: Mapping[str, str]
    tree: Tree


async def write_code(desk: CycleDesk, tries: int) -> Evidence:
    """One proposal for the code, judged."""
    number = tries + 1
    made = await _propose(desk, number)
    if isinstance(made, NoCode):
        return _refused(desk, number, Refused("", f"the reply {made.reason}"))
    seen, proof = await _judge(desk, made.tree)
    if proof.verdict is not Verdict.PROVEN:
        refused = _why_refused(desk, made, seen, proof)
        return _refused(desk, number, refused, proof.decisive or proof.reason)
    if complaints := await complaints_of(desk, made.tree):
        told = "\n".join(complaints)
        return _refused(desk, number, Refused(_code(desk, made), told), complaints[0])
    if objections := await reviewed(desk, made.tree, made.texts, proof):
        told = "\n".join(objections)
        return _refused(desk, number, Refused(_code(desk, made), told), objections[0])
    _accept(desk, made, proof)
    return Evidence(Seen.GREEN)


async def _propose(desk: CycleDesk, number: int) -> _Proposal | NoCode:
    request = replace(_request(desk), advice=await advised(desk))
    way = way_of(number, request)
    first = way is Way.UNSEEN and not desk.dropped
    sample = desk.sample(number, desk.command.policy.codes)
    prompt = candidate(code_prompt(request, way), sample, first, request.repeats)

    def read(reply: Reply) -> dict[str, str] | NoCode:
        located, red = desk.located, desk.red
        texts = read_texts(
            desk.court,
            red.tree,
            reply,
            located.production,
            owner=located.owner,
            wanted=red.introduced,
        )
        if isinstance(texts, NoCode):
            return texts
        return {path: with_callable_methods(text, red.source) for path, text in texts.items()}

    texts = await desk.asker.ask_for(desk.step("code"), prompt, read)
    if isinstance(texts, NoCode):
        return texts
    tree = desk.court.changed(desk.red.tree, texts)
    tree = await desk.checks.formatted(desk.red.tree, tree, tuple(texts))
    return _Proposal({path: desk.court.text(tree, path) for path in texts}, tree)


def _request(desk: CycleDesk) -> CodeRequest:
    located, red = desk.located, desk.red
    path = located.production[0]
    return CodeRequest(
        item=desk.item.text,
        path=path,
        code=located.code,
        test="\n\n".join([red.source, *_beside(desk)]),
        failure=red.proof.decisive,
        earlier=tuple(_earlier(desk)),
        neighbours=located.neighbours,
        refused=tuple(desk.refusals),
    )


def _beside(desk: CycleDesk) -> Iterator[str]:
    """Sources of the further tests that must become green."""
    for test_id in desk.beside:
        yield source_of_test(lambda path: desk.court.text(desk.red.tree, path), test_id) or ""


def _earlier(desk: CycleDesk) -> Iterator[str]:
    """Tests of the same file that pass, in their order."""
    told: set[str] = set()
    for test in desk.baseline.tests:
        beside = test.test_id.startswith(f"{desk.red.path}::")
        function = function_id(test.test_id)
        if test.outcome is Outcome.PASSED and beside and function not in told:
            told.add(function)
            yield source_of_test(lambda path: desk.court.text(desk.base, path), function) or ""


async def _judge(desk: CycleDesk, tree: Tree) -> tuple[Observation, Proof]:
    court, red = desk.court, desk.red

    async def judge() -> tuple[Observation, Proof]:
        seen = await court.recollecting.observe(tree)
        proof = await prove_green(
            court.recollecting,
            court.blobs,
            desk.baseline,
            red.tree,
            tree,
            [red.test_id, *desk.beside],
            observation=seen,
            parent=desk.base,
            driving=True,
        )
        # what prepared processes have seen is not final
        return seen, await settled(proof, court.certifier, desk.base, tree)

    return await desk.steps.run(desk.step("green"), judge)


def _why_refused(desk: CycleDesk, made: _Proposal, seen: Observation, proof: Proof) -> Refused:
    """By the tests that fail; where none does, by what the referee holds against the code."""

    def read(path: str) -> str:
        return desk.court.text(made.tree, path)

    told = refusal(_code(desk, made), seen, read, desk.red.test_id)
    if told.broken:
        return told
    return replace(told, why=evidence_of(proof, desk.court.blobs, made.tree))


def _code(desk: CycleDesk, made: _Proposal) -> str:
    return made.texts.get(desk.located.production[0], "")


def _refused(desk: CycleDesk, number: int, refused: Refused, decisive: str = "") -> Evidence:
    desk.refusals.append(refused)
    why = decisive or refused.why
    desk.listener(ProposalRefused(Phase.GREEN, number, why))
    return Evidence(Seen.REFUSED, why)


def _accept(desk: CycleDesk, made: _Proposal, proof: Proof) -> None:
    told = tuple(notice.beside(proof.subject) for notice in proof.notices)
    desk.code = GreenCode(made.tree, proof, told)
    desk.discovered += [d.what for d in proof.details if d.kind == "suggested-test"]
    before, where = desk.red.tree, next(iter(made.texts))
    code = patch({path: (desk.court.text(before, path), t) for path, t in made.texts.items()})
    desk.tell(PhaseProven(Phase.GREEN, proof, where, code, told, proof.seconds))
