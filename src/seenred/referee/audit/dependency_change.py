"""Refusals that may only mean that the environment is the head's and the commit is older."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from seenred.domain.layout import Layout, is_dependencies
from seenred.domain.proof import Proof, Verdict
from seenred.domain.tree import Tree
from seenred.referee.configuration import names_dependencies
from seenred.referee.proof.missing_package import (
    INSTALL,
    PACKAGE_MISSING,
    needs,
    own_modules,
)
from seenred.referee.proof.ports import Blobs

_MISSING = re.compile(
    r"No module named ['\"]([\w.]+)['\"]|cannot import name .* from ['\"]([\w.]+)"
)


def other_dependencies(tree: Tree, head: Tree, blobs: Blobs) -> tuple[str, ...]:
    """Files that name other dependencies in a tree than at the head of the range."""
    return tuple(
        path
        for path in head.changed_from(tree)
        if is_dependencies(path)
        and names_dependencies(path, _content(tree, path, blobs), _content(head, path, blobs))
    )


def excused_by(
    paths: Iterable[str], proofs: Iterable[Proof], tree: Tree, layout: Layout
) -> tuple[Proof, ...]:
    """The proofs; one refuted for want of a package that is not the project's is not proven.

    Args:
        paths: files that name other dependencies than at the head.
    """
    named = ", ".join(paths)
    own = {module.partition(".")[0] for module in own_modules(tree, layout)}
    return tuple(_excused(proof, named, own) for proof in proofs)


def _excused(proof: Proof, named: str, own: set[str]) -> Proof:
    found = _MISSING.search(proof.decisive)
    missing = found[1] or found[2] if found else ""
    package = missing.partition(".")[0]
    if proof.verdict is not Verdict.REFUTED or not missing or package in own:
        return proof
    if named:
        return replace(
            proof,
            verdict=Verdict.NOT_PROVEN,
            reason="dependencies-changed",
            decisive=f"needs {package}, and {named} differs from the head's",
            remedy="judge it in an environment with the dependencies of that commit",
        )
    if found is None or not found[1] or proof.reason == "third-party-import":
        return proof
    return replace(
        proof,
        verdict=Verdict.NOT_PROVEN,
        reason=PACKAGE_MISSING,
        decisive=needs(missing),
        remedy=INSTALL,
    )


def _content(tree: Tree, path: str, blobs: Blobs) -> bytes | None:
    entry = tree.files.get(path)
    return blobs.read(entry.blob) if entry else None
