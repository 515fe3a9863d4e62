"""Has the test of an item written, and sees it red for the right reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from seenred.agents.code_reply import NoCode
from seenred.agents.red.agreed import agreed_test
from seenred.agents.red.claimed import claimed_test
from seenred.agents.red.place import name_in_file, place_test
from seenred.agents.red.writer import RedRequest, WrittenTest, read_red, red_prompt
from seenred.domain.conversation import Prompt, Reply
from seenred.domain.cycle import Evidence, Seen
from seenred.domain.cycle_event import Phase, PhaseProven, ProposalRefused
from seenred.domain.event import Noted
from seenred.domain.foreseen import foreseen_names, used_names
from seenred.domain.layout import is_imported_by_chance
from seenred.domain.placed_statement import first_line
from seenred.domain.proof import Proof, Verdict
from seenred.domain.tree import Tree
from seenred.engine.asking import candidate
from seenred.engine.cycle.desk import Aim, CycleDesk, Quit, RedTest
from seenred.engine.cycle.evidence import evidence_of
from seenred.engine.cycle.linting import design_feedback, smell_complaints
from seenred.engine.cycle.ports import RedChoice
from seenred.engine.cycle.refactoring import can_tidy
from seenred.engine.cycle.siting import site_by_failure
from seenred.engine.cycle.voting import voted
from seenred.referee.proof.covered import prove_covered
from seenred.referee.proof.placed_test import path_of, source_of_test
from seenred.referee.proof.red import prove_red

_BARE = (
    "`python -m pytest` runs this; for `pytest` alone put `pythonpath = .` under `[pytest]` in "
    "pytest.ini."
)


async def write_test(desk: CycleDesk, tries: int) -> Evidence:
    """One proposal for the test, judged; where a person has written it, that one."""
    if desk.own:
        return await _own(desk)
    if desk.held:
        held, desk.held = desk.held, None
        return await _judged(desk, tries + 1, held)
    written = await _propose(desk, tries + 1)
    if isinstance(written, NoCode):
        return _refused(desk, tries + 1, f"the reply {written.reason}")
    desk.drawn.append(written)
    return await _judged(desk, tries + 1, written)


async def _own(desk: CycleDesk) -> Evidence:
    """The test of a person's as it stands: all that it uses may be missing."""
    path = path_of(desk.own)
    file = desk.court.text(desk.workshop.tree, path)
    source = source_of_test(lambda _: file, desk.own) or ""
    imported = _imported(file)
    proof = await _proven(desk, desk.workshop.tree, desk.own, used_names(source) | imported)
    introduced = tuple(sorted(imported - set(desk.located.names)))
    told = ("values from: a person",)
    test = RedTest(desk.own, path, source, desk.workshop.tree, proof, introduced, told)
    if proof.reason == "passes-already":
        return await _covered(desk, 1, test)
    if proof.verdict is not Verdict.PROVEN:
        why = proof.decisive or proof.reason
        desk.listener(ProposalRefused(Phase.RED, 1, why))
        return Evidence(Seen.UNWANTED, f"{desk.own} is not red for the right reason: {why}")
    return await _accepted(desk, test)


async def _judged(
    desk: CycleDesk, number: int, written: WrittenTest, *, by_person: bool = False
) -> Evidence:
    test = await prove(desk, written, desk.base)
    complaints = smell_complaints(
        desk.court.blobs, test.tree, (test.test_id,), desk.command.protocol
    )
    if complaints:
        told = str(complaints[0])
        return _refused(desk, number, told, "\n".join(map(str, complaints)))
    if test.proof.reason == "passes-already" and desk.aim is Aim.FEATURE:
        return await _covered(desk, number, test)
    if test.proof.verdict is not Verdict.PROVEN:
        evidence = evidence_of(test.proof, desk.court.blobs, test.tree)
        return _refused(desk, number, test.proof.decisive or test.proof.reason, evidence)
    if not (written.is_vouched or by_person or desk.command.attended):
        return await _vouched(desk, number, written)
    if test.hard and not by_person and _can_be_eased(desk):
        desk.held, desk.eased = written, True
        desk.listener(Noted(f"Tidying first: {test.hard}"))
        return Evidence(Seen.HARD, test.hard)
    return await _asked(desk, number, written, test)


def _can_be_eased(desk: CycleDesk) -> bool:
    """Whether a tidying may make a test easier to write; asked once, for each costs a reply."""
    wanted = desk.aim is Aim.FEATURE and desk.command.policy.refactoring
    return wanted and not desk.eased and can_tidy(desk)


async def _propose(desk: CycleDesk, number: int) -> WrittenTest | NoCode:
    request = _request(desk)
    if number == 1 and (claimed := claimed_test(request)):
        return claimed

    def read(reply: Reply) -> WrittenTest | NoCode:
        return read_red(reply, request)

    sample = desk.sample(number, desk.command.policy.tests)
    prompt = candidate(red_prompt(request), sample)
    return await desk.asker.ask_for(desk.step("test"), prompt, read)


def _request(desk: CycleDesk) -> RedRequest:
    located = desk.tested
    return RedRequest(
        item=desk.item,
        module=located.module,
        code=located.code,
        tests=desk.court.text(desk.base, located.test_file),
        names=located.names,
        name=located.test_name,
        title=". ".join(filter(None, (desk.plan.title, desk.plan.prose))),
        lesson=desk.test_refusals[-1] if desk.test_refusals else "",
    )


async def _vouched(desk: CycleDesk, number: int, written: WrittenTest) -> Evidence:
    """The test with values that several replies agree on, where only the model vouches for them."""

    async def ask(prompt: Prompt) -> Reply:
        return await desk.asker.ask(desk.step("value"), prompt)

    agreed = agreed_test(desk.drawn) or await voted(ask, _request(desk), written)
    if agreed is not None:
        return await _judged(desk, number, agreed)
    told = ", ".join(each.value for each in written.origins if not each.is_vouched)
    why = f"expects {told}, which the item does not say and others do not agree on"
    # what it expects is not shown to the next one: they are to be drawn independently
    desk.listener(ProposalRefused(Phase.RED, number, why))
    return Evidence(Seen.REFUSED, why)


def _told(written: WrittenTest) -> tuple[str, ...]:
    """Where the values are from, as a line for a person."""
    origins = dict.fromkeys(str(each.origin) for each in written.origins)
    return (f"values from: {', '.join(origins)}",) if origins else ()


async def prove(desk: CycleDesk, written: WrittenTest, upon: Tree) -> RedTest:
    """The test on the old code, alone and beside the others."""
    court, path = desk.court, desk.tested.test_file
    before = court.text(upon, path)
    text = place_test(before, written)
    tree = await desk.checks.formatted(upon, court.changed(upon, {path: text}), (path,))
    test_id = f"{path}::{name_in_file(before, written)}"
    proof = await _proven(desk, tree, test_id, _introduced(desk, written))
    hard = design_feedback(court.blobs, tree, test_id)
    told = (*_told(written), *([hard] if hard else []))
    return RedTest(test_id, path, written.source, tree, proof, written.introduced, told, hard)


async def _proven(desk: CycleDesk, tree: Tree, test_id: str, introduced: frozenset[str]) -> Proof:
    court = desk.court
    return await desk.steps.run(
        desk.step("red"),
        lambda: prove_red(
            court.recollecting,
            court.blobs,
            tree,
            tree,
            test_id,
            introduced=introduced,
            new_modules=frozenset(_new_modules(desk)),
            before=desk.baseline,
            hang_is_red=desk.aim is Aim.DEFECT,
        ),
    )


def _introduced(desk: CycleDesk, written: WrittenTest) -> frozenset[str]:
    """Names that may be missing, since the plan or the code speaks of them."""
    words = [item.text for item in desk.plan.items]
    words += [desk.item.section, desk.item.details, *desk.item.parents]
    words += [desk.court.text(desk.base, path) for path in desk.tested.production]
    return foreseen_names(written.source, [*words, desk.tested.module])


def _imported(file: str) -> frozenset[str]:
    """Names that a file of tests imports from modules."""
    nodes = (node for node in ast.walk(ast.parse(file)) if isinstance(node, ast.ImportFrom))
    return frozenset(alias.name for node in nodes for alias in node.names)


def _new_modules(desk: CycleDesk) -> Iterator[str]:
    """The module that does not exist yet, and the packages above it."""
    if desk.tested.is_new:
        parts = desk.tested.module.split(".")
        yield from (".".join(parts[: length + 1]) for length in range(len(parts)))


async def _covered(desk: CycleDesk, number: int, test: RedTest) -> Evidence:
    """Of a test that passes on arrival: whether it can fail at all."""
    court = desk.court
    proof = await desk.steps.run(
        desk.step("covered"),
        lambda: prove_covered(court.runner, court.blobs, test.tree, test.test_id),
    )
    if proof.verdict is not Verdict.PROVEN:
        evidence = evidence_of(proof, court.blobs, test.tree)
        return _refused(desk, number, proof.decisive or proof.reason, evidence)
    desk.test = replace(test, proof=proof)
    desk.tell(PhaseProven(Phase.RED, proof, test.test_id, test.source, test.told, proof.seconds))
    return Evidence(Seen.COVERED)


async def _asked(desk: CycleDesk, number: int, written: WrittenTest, test: RedTest) -> Evidence:
    """What whoever watches says to the red test."""
    told = (*test.told, test.proof.decisive)
    answer = await desk.person.judge_red(test.test_id, test.source, told)
    if answer.choice is RedChoice.QUIT:
        raise Quit
    if answer.choice is RedChoice.ABANDON:
        return Evidence(Seen.UNWANTED, "not wanted")
    if answer.choice is RedChoice.REDRAW:
        return _refused(desk, number, "another one was wanted")
    if answer.choice is RedChoice.EDITED:
        return await _edited(desk, number, written, answer.source)
    return await _accepted(desk, test)


async def _accepted(desk: CycleDesk, test: RedTest) -> Evidence:
    await site_by_failure(desk, test.proof)
    desk.test = test
    desk.refusals.clear()
    proof = test.proof
    desk.tell(PhaseProven(Phase.RED, proof, test.test_id, test.source, test.told, proof.seconds))
    if test.path not in desk.base and is_imported_by_chance(
        desk.base, desk.located.production[0], test.path
    ):
        desk.listener(Noted(_BARE))
    return Evidence(Seen.RED)


def rewritten(written: WrittenTest, source: str) -> WrittenTest:
    """The test as a person has written it, imports above it among what it needs."""
    lines, body = list(written.imports), ast.parse(source).body
    lines += [ast.unparse(n) for n in body if isinstance(n, ast.Import | ast.ImportFrom)]
    functions = [n for n in body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    if not functions:
        return written
    own = functions[-1]
    rows = source.splitlines()[first_line(own) - 1 : own.end_lineno]
    imports = tuple(dict.fromkeys(lines))
    return replace(written, name=own.name, source="\n".join(rows) + "\n", imports=imports)


async def _edited(desk: CycleDesk, number: int, written: WrittenTest, source: str) -> Evidence:
    """The test as a person has written it: judged anew, its values vouched for."""
    return await _judged(desk, number, rewritten(written, source), by_person=True)


def _refused(desk: CycleDesk, number: int, why: str, evidence: str = "") -> Evidence:
    desk.test_refusals.append(evidence or why)
    desk.listener(ProposalRefused(Phase.RED, number, why))
    return Evidence(Seen.REFUSED, why)
