"""A runner that runs nothing twice: a commit's own tree is the next one's base."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from seenred.domain.observation import Observation
from seenred.domain.tree import Tree
from seenred.referee.proof.ports import Selection, SuiteRunner, Variant
from seenred.referee.runner_around import RunnerAround


class RememberingRunner(RunnerAround):
    """Answers from memory what was observed already, of the same tree and selection.

    An observation with traced lines answers for one without, and for one of fewer files.
    """

    def __init__(self, runner: SuiteRunner) -> None:
        super().__init__(runner)
        self._seen: dict[tuple[str, str], list[tuple[frozenset[str], Observation]]] = {}
        self._variants: dict[tuple[str, str], Observation] = {}

    async def observe(self, tree: Tree, selection: Selection = Selection()) -> Observation:
        known = self._seen.setdefault(_key(tree, selection), [])
        wanted = frozenset(selection.trace)
        for traced, observation in known:
            if wanted <= traced:
                return observation
        observation = await self._runner.observe(tree, selection)
        known.append((wanted, observation))
        return observation

    async def observe_variants(self, tree: Tree, variants: Sequence[Variant]) -> list[Observation]:
        keys = [_variant_key(tree, each) for each in variants]
        new = {k: v for k, v in zip(keys, variants, strict=True) if k not in self._variants}
        if new:
            seen = await self._runner.observe_variants(tree, list(new.values()))
            self._variants.update(zip(new, seen, strict=True))
        return [self._variants[key] for key in keys]


def _key(tree: Tree, selection: Selection) -> tuple[str, str]:
    return tree.digest, repr(replace(selection, trace=()))


def _variant_key(tree: Tree, variant: Variant) -> tuple[str, str]:
    summary = hashlib.sha256()
    for path, content in sorted(variant.files.items()):
        summary.update(f"{path}\0{len(content)}\0".encode() + content)
    return f"{tree.digest} {summary.hexdigest()}", repr(variant.selection)
