"""Is every added statement required by a test? Each is taken away, and the tests are run."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from seenred.domain.count import counted
from seenred.domain.layout import Layout, is_production
from seenred.domain.mutant import Mutant, change_mutants
from seenred.domain.observation import Observation
from seenred.domain.proof import Claim, Detail, Proof, Verdict
from seenred.domain.survivor import Survivor, survivors
from seenred.domain.tree import Tree
from seenred.referee.configuration import layout_of
from seenred.referee.proof.mutant_run import Fate, Ground, run_mutants
from seenred.referee.proof.ports import Blobs, SuiteRunner
from seenred.referee.proof.whole_run import problem_of, whole_suite

_REMEDY = "write the suggested tests, or delete what nobody needs"


async def prove_minimal(
    runner: SuiteRunner,
    blobs: Blobs,
    base: Tree,
    tree: Tree,
    *,
    paths: Iterable[str] | None = None,
    strict: bool = False,
    seen: Observation | None = None,
) -> Proof:
    """Which code that `tree` adds to `base` does no test require?

    Args:
        paths: only these files; None takes all production code.
        strict: survivors refute the claim; otherwise it is only not proven, and they are shown.
        seen: a run of the whole suite on `tree` with the paths traced, where there is one.
    """
    began = time.monotonic()
    layout = layout_of(tree, blobs)
    changed = changed_production(base, tree, layout) if paths is None else tuple(paths)
    added = Added.find(blobs, base, tree, changed)
    if not added.mutants:
        proof = _without_mutants(added)
    else:
        seen = seen or await runner.observe(tree, whole_suite(changed))
        broken = problem_of(seen)
        if broken:
            proof = _proof(Verdict.NOT_PROVEN, "suite-unusable", broken, added.notes)
        else:
            fates = await run_mutants(runner, tree, added.mutants, Ground.of(seen))
            proof = _judged(fates, added.notes, strict)
    inputs = {"base": base.digest, "tree": tree.digest}
    return replace(proof, inputs=inputs, seconds=time.monotonic() - began)


def changed_production(base: Tree, tree: Tree, layout: Layout) -> tuple[str, ...]:
    """Python files of production code that `tree` has and `base` has otherwise or not at all."""
    changed = (p for p in tree.changed_from(base) if p in tree and p.endswith(".py"))
    return tuple(p for p in changed if is_production(p, layout))


@dataclass(frozen=True, slots=True)
class Added:
    """What a change added to some files.

    Attributes:
        notes: what is spared by a comment with a reason, and files that could not be read.
    """

    mutants: tuple[Mutant, ...]
    notes: tuple[Detail, ...]

    @classmethod
    def find(cls, blobs: Blobs, base: Tree, tree: Tree, paths: Iterable[str]) -> Added:
        """The mutants of each file, and the notes about it."""
        found: list[Mutant] = []
        notes: list[Detail] = []
        for path in paths:
            old = blobs.read(base.files[path].blob) if path in base else None
            try:
                mutation = change_mutants(old, blobs.read(tree.files[path].blob), path=path)
            except SyntaxError as error:
                notes.append(_unreadable(path, error))
                continue
            found += mutation.mutants
            for excuse in mutation.excuses:
                where = f"{path}:{excuse.line}"
                notes.append(Detail(f"untested: {excuse.reason}", where, "excused"))
        return cls(tuple(found), tuple(notes))

    @property
    def is_unreadable(self) -> bool:
        """Whether a file could not be judged."""
        return any(note.kind == "not-python" for note in self.notes)


def _unreadable(path: str, error: SyntaxError) -> Detail:
    what = f"not Python as this interpreter reads it: {error.msg}"
    return Detail(what, path, "not-python", Verdict.NOT_PROVEN)


def _without_mutants(added: Added) -> Proof:
    if added.is_unreadable:
        return _proof(Verdict.NOT_PROVEN, "not-python", added.notes[0].what, added.notes)
    decisive = "nothing was added that a test could require"
    return _proof(Verdict.NOT_APPLICABLE, "nothing-added", decisive, added.notes)


def _judged(fates: Sequence[Fate], notes: tuple[Detail, ...], strict: bool) -> Proof:
    unneeded = survivors((fate.mutant, fate.reached) for fate in fates if fate.survived)
    values = _counts(fates, notes)
    if unneeded:
        verdict = Verdict.REFUTED if strict else Verdict.NOT_PROVEN
        details = tuple(detail for one in unneeded for detail in _details(one, verdict))
        decisive = f"{unneeded[0].where} {_unnoticed(unneeded[0])}"
        proof = _proof(verdict, "survivors", decisive, (*details, *notes), _REMEDY)
        return replace(proof, values=values)
    unread = any(note.verdict is Verdict.NOT_PROVEN for note in notes)
    verdict = Verdict.NOT_PROVEN if unread else Verdict.PROVEN
    decisive = f"{counted(len(fates), 'mutant')} of the added code, each noticed by a test"
    proof = _proof(verdict, "not-python" if unread else "all-noticed", decisive, notes)
    return replace(proof, values=values)


def _counts(fates: Sequence[Fate], notes: Sequence[Detail]) -> dict[str, str | int | float | None]:
    return {
        "mutants": len(fates),
        "survived": sum(fate.survived for fate in fates),
        "excused": sum(note.kind == "excused" for note in notes),
    }


def _unnoticed(one: Survivor) -> str:
    return f"no test notices {one.what}"


def _details(one: Survivor, verdict: Verdict) -> Iterator[Detail]:
    """The survivor, the test that would require it, and what it does outside of the code."""
    yield Detail(_unnoticed(one), one.where, "survivor", verdict)
    yield Detail(one.suggestion, one.where, "suggested-test", Verdict.NOT_APPLICABLE)
    if one.effect:
        told = f"no test needs this, and it acts outside of the code: `{one.effect}`"
        yield Detail(told, one.where, "outside-effect", Verdict.NOT_APPLICABLE)


def _proof(
    verdict: Verdict,
    reason: str,
    decisive: str,
    details: tuple[Detail, ...] = (),
    remedy: str = "",
) -> Proof:
    return Proof(
        claim=Claim.MINIMAL,
        verdict=verdict,
        subject="added code",
        reason=reason,
        decisive=decisive,
        remedy=remedy,
        details=details,
        command="seenred prove minimal",
    )
