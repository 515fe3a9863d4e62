"""JUnit XML, as CI servers read it: a suite for each commit, a case for each proof."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from seenred.domain.audit import Audit
from seenred.domain.proof import Proof, Verdict

# what XML 1.0 cannot hold, not even escaped
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# a reader takes `skipped` for harmless, which an undecided claim is not
_TAGS = {
    Verdict.REFUTED: "failure",
    Verdict.NOT_PROVEN: "error",
    Verdict.NOT_APPLICABLE: "skipped",
}


def junit(judged: Audit | tuple[Proof, ...]) -> str:
    """The whole document, with its declaration."""
    root = ET.Element("testsuites", name="seenred")
    if isinstance(judged, tuple):
        _suite(root, "prove", judged)
    else:
        for commit in judged.commits:
            _suite(root, f"{commit.name[:7]} {commit.subject}", commit.proofs)
        if judged.certification is not None:
            _suite(root, f"{judged.head[:7]} as a whole", [judged.certification])
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="UTF-8"?>\n', "\n")
    )


def _suite(root: ET.Element, name: str, proofs: Iterable[Proof]) -> None:
    proofs = tuple(proofs)
    counts = {tag: sum(_tag(proof) == tag for proof in proofs) for tag in _TAGS.values()}
    suite = ET.SubElement(
        root,
        "testsuite",
        name=_clean(name),
        tests=str(len(proofs)),
        failures=str(counts["failure"]),
        errors=str(counts["error"]),
        skipped=str(counts["skipped"]),
        time=_seconds(sum(proof.seconds for proof in proofs)),
    )
    for proof in proofs:
        _case(suite, name, proof)


def _case(suite: ET.Element, name: str, proof: Proof) -> None:
    case = ET.SubElement(
        suite,
        "testcase",
        classname=_clean(name),
        name=_clean(f"{proof.claim}: {proof.subject}"),
        time=_seconds(proof.seconds),
    )
    if tag := _tag(proof):
        said = ET.SubElement(case, tag, type=proof.reason, message=_clean(proof.decisive))
        details = (f"{d.where}  {d.what}".strip() for d in proof.details)
        lines = [proof.decisive, *details, proof.remedy, proof.command]
        said.text = _clean("\n".join(line for line in lines if line))


def _tag(proof: Proof) -> str | None:
    # what is only reported must not break a build
    return "skipped" if proof.only_reports else _TAGS.get(proof.verdict)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def _seconds(value: float) -> str:
    return f"{value:.3f}"
