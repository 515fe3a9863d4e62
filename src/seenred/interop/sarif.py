"""SARIF 2.1.0, for code scanning (OASIS, Static Analysis Results Interchange Format)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from seenred import __version__
from seenred.interop.place import Place
from seenred.interop.reason import explain
from seenred.interop.remark import Remark

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(found: Sequence[Remark], revision: str = "") -> dict[str, Any]:
    """One log with one run.

    Args:
        revision: full hash of the head that was judged; "" for a working tree.
    """
    rules = sorted({remark.rule for remark in found})
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "seenred",
                "version": __version__,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(remark, rules.index(remark.rule)) for remark in found],
    }
    if revision:
        run["properties"] = {"revision": revision}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: str) -> dict[str, Any]:
    return {
        "id": rule,
        "name": "".join(part.capitalize() for part in rule.replace("/", "-").split("-")),
        "shortDescription": {"text": explain(rule)},
    }


def _result(remark: Remark, index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": remark.rule,
        "ruleIndex": index,
        "level": remark.level.value,
        "message": {"text": f"{remark.about}: {remark.text}"},
        "partialFingerprints": {
            "seenred/v1": _fingerprint((remark.rule, remark.about, remark.text))
        },
        # code scanning refuses a result without a location
        "locations": [_location(remark.place or Place("."))],
    }
    if remark.commit:
        result["properties"] = {"commit": remark.commit}
    return result


def _location(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": place.path, "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": place.first or 1, "endLine": place.last or place.first or 1},
    }
    return {"physicalLocation": physical}


def _fingerprint(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
