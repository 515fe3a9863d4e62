"""Puts code more simply, when there is something to put more simply, and shows that it is the same.

The refactoring comes after a green, the tidying before a test that was too hard.
"""

from __future__ import annotations

from collections.abc import Sequence

from seenred.agents.code_reply import NoCode
from seenred.agents.edit.edit import Edit, Refusal, apply_edit
from seenred.agents.refactorer import (
    RefactorRequest,
    is_better,
    read_refactoring,
    refactor_prompt,
    worth_asking,
)
from seenred.domain.conversation import Reply
from seenred.domain.cycle import Evidence, Seen
from seenred.domain.cycle_event import Phase, PhaseProven, ProposalRefused
from seenred.domain.event import Noted
from seenred.domain.proof import Verdict
from seenred.domain.smell import Smell, SmellKind
from seenred.domain.tree import Tree
from seenred.engine.asking import candidate
from seenred.engine.cycle.checking import complaints_of
from seenred.engine.cycle.desk import CycleDesk, Restructured
from seenred.engine.cycle.difference import changed_lines
from seenred.engine.cycle.evidence import evidence_of
from seenred.errors import BudgetSpent, ModelFailed
from seenred.referee.proof.structural import prove_structural
from seenred.referee.proof.test_only import prove_test_only

_SUBJECTS = {
    SmellKind.DUPLICATION: "say once what {where} repeats",
    SmellKind.LONG: "divide {where}",
    SmellKind.NESTED: "nest less in {where}",
    SmellKind.UNUSED: "remove what nothing uses",
    SmellKind.MAGIC: "name a number that is repeated",
}


async def refactor(desk: CycleDesk, tries: int) -> Evidence:
    """One proposal for what the green has left; the cycle can do without."""
    try:
        return await _refactor(desk, tries)
    except (ModelFailed, BudgetSpent) as error:
        desk.listener(Noted(f"not tidied: {error.message}", warning=True))
        return Evidence(Seen.HOPELESS, error.message)


async def _refactor(desk: CycleDesk, tries: int) -> Evidence:
    path = desk.located.production[0]
    code = desk.court.text(desk.workshop.tree, path)
    written = frozenset(_written(desk.court.text(desk.base, path), code))
    request = RefactorRequest(path, code, written, refused=_latest(desk))
    return await improve(desk, Phase.REFACTOR, request, tries)


async def tidy(desk: CycleDesk, tries: int) -> Evidence:
    """One proposal that makes the next test easier."""
    if desk.own:  # it fails, and nothing can be proven structural beside it
        return Evidence(Seen.NOTHING)
    return await improve(desk, Phase.TIDY, _tidying(desk), tries)


def can_tidy(desk: CycleDesk) -> bool:
    """Whether something is measured that a tidying would make better: else none is asked for."""
    request = _tidying(desk)
    return bool(request.code) and not desk.own and worth_asking(request)


def _tidying(desk: CycleDesk) -> RefactorRequest:
    path = desk.located.production[0]
    return RefactorRequest(path, desk.court.text(desk.base, path), refused=_latest(desk))


async def improve(desk: CycleDesk, phase: Phase, request: RefactorRequest, tries: int) -> Evidence:
    """One proposal that changes the structure of one file, proven to change nothing else."""
    if not request.code or not worth_asking(request):
        desk.tell(PhaseProven(phase, None, "nothing needed"))
        return Evidence(Seen.NOTHING)

    def read(reply: Reply) -> Edit | NoCode | None:
        return read_refactoring(reply, request)

    prompt = candidate(refactor_prompt(request), tries + 1)
    edit = await desk.asker.ask_for(desk.step(phase), prompt, read)
    if edit is None:
        desk.tell(PhaseProven(phase, None, "nothing better"))
        return Evidence(Seen.NOTHING)
    if isinstance(edit, NoCode):
        return _refused(desk, phase, tries, f"the reply {edit.reason}")
    sources = {request.path: request.code}
    texts = apply_edit(sources, edit, (request.path,), drop_outlived=True)
    if isinstance(texts, Refusal):
        return _refused(desk, phase, tries, f"the reply {texts.reason}")
    return await _judged(desk, phase, request, tries, texts[request.path])


async def _judged(
    desk: CycleDesk, phase: Phase, request: RefactorRequest, tries: int, text: str
) -> Evidence:
    """Better by what is measured, and the same by what is proven."""
    court, before, path = desk.court, desk.workshop.tree, request.path
    tree = await desk.checks.formatted(before, court.changed(before, {path: text}), (path,))
    after = court.text(tree, path)
    if not request.goal and not is_better(request.code, after, tests=request.tests):
        return _refused(desk, phase, tries, "as much as before is left to tidy")
    prove = prove_test_only if request.tests else prove_structural
    proof = await desk.steps.run(
        desk.step("structural"), lambda: prove(court.runner, court.blobs, before, tree)
    )
    if proof.verdict is not Verdict.PROVEN:
        evidence = evidence_of(proof, court.blobs, tree)
        return _refused(desk, phase, tries, proof.decisive or proof.reason, evidence)
    if complaints := await complaints_of(desk, tree):
        return _refused(desk, phase, tries, complaints[0], "\n".join(complaints))
    return _accepted(desk, phase, request, tree, PhaseProven(phase, proof, path))


def _accepted(
    desk: CycleDesk, phase: Phase, request: RefactorRequest, tree: Tree, proven: PhaseProven
) -> Evidence:
    after = desk.court.text(tree, request.path)
    what = request.goal or _subject(request.seen)
    desk.refactored = Restructured(tree, what, request.tests)
    desk.structure_refusals.clear()
    lines = "\n".join(changed_lines(request.code, after))
    seconds = proven.proof.seconds if proven.proof else 0.0
    desk.tell(PhaseProven(phase, proven.proof, request.path, lines, seconds=seconds))
    return Evidence(Seen.DONE)


def _refused(desk: CycleDesk, phase: Phase, tries: int, why: str, evidence: str = "") -> Evidence:
    desk.structure_refusals.append(evidence or why)
    desk.listener(ProposalRefused(phase, tries + 1, why))
    return Evidence(Seen.REFUSED, why)


def _latest(desk: CycleDesk) -> str:
    return desk.structure_refusals[-1] if desk.structure_refusals else ""


def _subject(seen: Sequence[Smell]) -> str:
    where = f"`{seen[0].where}`" if seen[0].where else "the module"
    return _SUBJECTS[seen[0].kind].format(where=where)


def _written(before: str, after: str) -> list[int]:
    """Numbers of the lines of `after` that `before` does not have."""
    known = set(before.splitlines())
    lines = enumerate(after.splitlines(), start=1)
    return [number for number, line in lines if line.strip() and line not in known]
