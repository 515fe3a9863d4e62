"""The shape of a log, by the classes that were made from the official schema of SARIF 2.1.0."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import attr
import sarif_om
from judged import AUDIT

from seenred.interop.remark import remarks
from seenred.interop.sarif import sarif

KINDS = {
    "runs": sarif_om.Run,
    "tool": sarif_om.Tool,
    "driver": sarif_om.ToolComponent,
    "rules": sarif_om.ReportingDescriptor,
    "shortDescription": sarif_om.MultiformatMessageString,
    "results": sarif_om.Result,
    "message": sarif_om.Message,
    "locations": sarif_om.Location,
    "physicalLocation": sarif_om.PhysicalLocation,
    "artifactLocation": sarif_om.ArtifactLocation,
    "region": sarif_om.Region,
}
# what may hold anything
BAGS = ("properties", "partialFingerprints")


def misshapen(value: dict[str, Any], kind: type, place: str) -> Iterator[str]:
    """Properties that the schema does not have, and those that it requires and that are not there.

    Raises:
        KeyError: the kind of an object is not listed above.
    """
    fields = {f.metadata["schema_property_name"]: f for f in attr.fields(kind)}
    yield from (f"{place}.{name} is unknown" for name in value.keys() - fields.keys())
    required = {name for name, field in fields.items() if field.default is attr.NOTHING}
    yield from (f"{place}.{name} is missing" for name in required - value.keys())
    for name in value.keys() - set(BAGS):
        inner = value[name] if isinstance(value[name], list) else [value[name]]
        for each in inner:
            if isinstance(each, dict):
                yield from misshapen(each, KINDS[name], f"{place}.{name}")


def test_a_log_has_the_official_shape():
    log = json.loads(json.dumps(sarif(remarks(AUDIT), AUDIT.head)))
    assert log["runs"][0]["results"]
    assert [] == list(misshapen(log, sarif_om.SarifLog, "log"))


def test_what_the_schema_does_not_have_or_requires_is_noticed():
    (run,) = sarif(remarks(AUDIT))["runs"]
    del run["tool"]
    told = set(
        misshapen({"runs": [run], "version": "2.1.0", "$scheme": ""}, sarif_om.SarifLog, "log")
    )
    assert {"log.$scheme is unknown", "log.runs.tool is missing"} == told
