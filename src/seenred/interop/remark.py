"""What is wrong or undecided, one by one, for programs that show findings at their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from seenred.domain.audit import Audit, JudgedCommit
from seenred.domain.proof import Detail, Proof, Verdict
from seenred.interop.place import Place, place_of


class Level(StrEnum):
    """How bad it is, in SARIF's words."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a reviewer should look at.

    Attributes:
        rule: `claim/reason`, stable.
        text: one or two sentences.
        about: the subject of the proof: a test id, a commit, `path:function`.
        commit: hash of the commit under audit, or "".
    """

    level: Level
    rule: str
    text: str
    about: str
    place: Place | None = None
    commit: str = ""


_LEVELS = {Verdict.REFUTED: Level.ERROR, Verdict.NOT_PROVEN: Level.WARNING}


def remarks(
    judged: Audit | tuple[Proof, ...], lines: Mapping[str, int] | None = None
) -> tuple[Remark, ...]:
    """Everything that is not proven, in the order in which it was judged.

    Args:
        lines: first line of tests in the head, by their ids.
    """
    lines = lines or {}
    if isinstance(judged, tuple):
        return tuple(remark for proof in judged for remark in _of_proof(proof, "", lines))
    found = [remark for commit in judged.commits for remark in _of_commit(commit, lines)]
    if judged.certification is not None:
        found += _of_proof(judged.certification, judged.head, lines)
    return tuple(found)


def _of_commit(commit: JudgedCommit, lines: Mapping[str, int]) -> Iterator[Remark]:
    for proof in commit.proofs:
        yield from _of_proof(proof, commit.name, lines)
    if commit.is_mislabelled:
        text = f'"{commit.subject}" says {commit.label}, and is {commit.kind}.'
        yield Remark(Level.NOTE, "label/mismatch", text, commit.name[:7], None, commit.name)


def _of_proof(proof: Proof, commit: str, lines: Mapping[str, int]) -> Iterator[Remark]:
    for detail in (*proof.unneeded, *proof.notices):
        yield _of_detail(proof, detail, commit)
    if proof.verdict in _LEVELS and not proof.unneeded:
        place = place_of(proof.subject, lines) or _first_place(proof, lines)
        text = " ".join(part for part in (_sentence(proof.decisive), proof.remedy) if part)
        yield Remark(
            _LEVELS[proof.verdict], _rule(proof), text or proof.reason, proof.subject, place, commit
        )


def _of_detail(proof: Proof, detail: Detail, commit: str) -> Remark:
    rule = f"{proof.claim}/{detail.kind or proof.reason}"
    place = place_of(detail.where)
    return Remark(Level.WARNING, rule, detail.what, detail.where or proof.subject, place, commit)


def _rule(proof: Proof) -> str:
    return f"{proof.claim}/{proof.reason}"


def _first_place(proof: Proof, lines: Mapping[str, int]) -> Place | None:
    places = (place_of(detail.where, lines) for detail in proof.details)
    return next((place for place in places if place is not None), None)


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
