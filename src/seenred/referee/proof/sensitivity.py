"""Would a comparison notice if the code branched otherwise? What it would not is not compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from seenred.domain.mutant import Mutant, statement_mutants
from seenred.domain.observation import Ending, Observation, Outcome
from seenred.domain.proof import Detail, Verdict
from seenred.domain.tree import Tree
from seenred.referee.proof.ports import Selection, SuiteRunner, Variant

# where a line can go two ways without another line being executed
_BRANCHES = ("arm", "operand", "filter", "guard", "handler")
# runs of a comparison that one waits for
_MOST = 40

Sources = Mapping[str, tuple[bytes, tuple[int, ...]]]


async def insensitive(
    runner: SuiteRunner, probed: Tree, selection: Selection, sources: Sources
) -> tuple[Detail, ...]:
    """The branches of changed code whose outcome neither the tests nor the comparison notice.

    Args:
        probed: a tree with the comparison in it, on which nothing differed.
        sources: path in that tree to the content and the changed lines.
    """
    mutants = [
        mutant
        for path, (source, lines) in sources.items()
        for mutant in _branches(source, lines, path)
    ]
    if len(mutants) > _MOST:
        what = f"{len(mutants)} branches are too many to try"
        return (Detail(what, "", "not-compared", Verdict.NOT_PROVEN),)
    variants = [Variant({m.path: m.source}, selection) for m in mutants]
    seen = await runner.observe_variants(probed, variants) if variants else []
    unnoticed = [m for m, each in zip(mutants, seen, strict=True) if not _is_noticed(each)]
    return tuple(_told(mutant) for mutant in unnoticed)


def _branches(source: bytes, lines: Sequence[int], path: str) -> Iterable[Mutant]:
    return (m for m in statement_mutants(source, lines, path=path) if m.kind in _BRANCHES)


def _is_noticed(seen: Observation) -> bool:
    if seen.ending is not Ending.COMPLETED or seen.uncollected:
        return True
    return any(t.outcome not in (Outcome.PASSED, Outcome.SKIPPED) for t in seen.tests)


def _told(mutant: Mutant) -> Detail:
    what = f"no compared input notices {mutant.what}"
    return Detail(what, mutant.where, "not-compared", Verdict.NOT_PROVEN)
