"""A red that was proven earlier, held against the tests as they are now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from seenred.domain.proof import Claim, Detail, Proof, Verdict
from seenred.domain.tree import Tree
from seenred.errors import UsageError
from seenred.referee.audit.coded_test import without_parameters
from seenred.referee.proof.green import REMEDIES
from seenred.referee.proof.ports import Blobs


def require_reds(reds: Iterable[Proof], test_ids: Sequence[str]) -> tuple[Proof, ...]:
    """The proven reds of these tests.

    Raises:
        UsageError: one of the tests has none.
    """
    proven = [p for p in reds if p.claim is Claim.RED and p.verdict is Verdict.PROVEN]
    subjects = {without_parameters(proof.subject) for proof in proven}
    without = [test for test in test_ids if without_parameters(test) not in subjects]
    if without:
        raise UsageError(
            "red-missing",
            f"The proof that --red names is no proven red of {without[0]}; make one with"
            f" `seenred prove red {without[0]} --json` before the code is written.",
        )
    return tuple(proven)


def tampered_since(reds: Iterable[Proof], tree: Tree, blobs: Blobs) -> Proof | None:
    """A refused green where a test's file is not what it was when it was red."""
    changed = [
        Detail("is not as it was when the test was red", path, "tampered", Verdict.REFUTED)
        for proof in reds
        for path, digest in proof.inputs.items()
        if _is_file(proof, path) and digest != _digest(tree, path, blobs)
    ]
    if not changed:
        return None
    return Proof(
        claim=Claim.GREEN,
        verdict=Verdict.REFUTED,
        subject=", ".join(proof.subject for proof in reds),
        reason="tampered",
        decisive=f"{changed[0].where} {changed[0].what}",
        remedy=REMEDIES["tampered"],
        inputs={detail.where: _digest(tree, detail.where, blobs) for detail in changed},
        details=tuple(changed),
    )


def _is_file(proof: Proof, path: str) -> bool:
    """The proof binds to whole trees too, which change by the very code that makes it green."""
    return path == proof.subject.partition("::")[0]


def _digest(tree: Tree, path: str, blobs: Blobs) -> str:
    entry = tree.files.get(path)
    return hashlib.sha256(blobs.read(entry.blob)).hexdigest() if entry else ""
