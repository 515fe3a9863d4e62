"""What came of cycles, as JSON."""

import json
from pathlib import Path

import cycle_script as script

from seenred.domain.cycle_event import Ending
from seenred.domain.cycle_result import CycleResult, GoResult
from seenred.errors import ExitCode
from seenred.interop.cycle_document import schema, to_json

RESULT = GoResult(
    (
        CycleResult(
            "adds",
            Ending.COMMITTED,
            3,
            (script.COMMITTED.commit,),
            undo="git revert 4e1c9a2",
            seconds=48.2,
            tokens=6104,
            proofs=(script.RED.proof,),
        ),
        CycleResult("subtracts", Ending.ABANDONED, 4, reason="no test was red"),
    ),
    ExitCode.NO,
    "PLAN.md",
    1,
    2,
    "abandoned: no test was red",
)


def test_a_document_says_what_it_is_and_how_the_command_ended():
    data = json.loads(to_json(RESULT))
    assert ("seenred.cycles", 1) == (data["document"], data["schema"])
    result = data["result"]
    assert (1, "PLAN.md", 1, 2) == tuple(
        result[key] for key in ("exit_code", "plan", "done", "total")
    )
    first, second = result["cycles"]
    assert ("adds", "committed", [script.COMMITTED.commit]) == tuple(
        first[key] for key in ("item", "ending", "commits")
    )
    assert "red" == first["proofs"][0]["claim"]
    assert ("abandoned", "no test was red") == (second["ending"], second["reason"])


def test_the_published_schema_is_that_of_the_code():
    page = Path(__file__).parents[3] / "docs" / "reference" / "cycles.schema.json"
    assert schema() == json.loads(page.read_text())


def test_every_key_of_a_document_is_in_the_schema():
    known = schema()["$defs"]
    result = json.loads(to_json(RESULT))["result"]
    assert set(result) == set(known["GoResult"]["properties"])
    assert set(result["cycles"][0]) == set(known["CycleResult"]["properties"])
