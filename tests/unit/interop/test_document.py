import json
from dataclasses import replace
from pathlib import Path

import pytest
from judged import AUDIT, RED, STRUCTURAL

from seenred.domain.proof import Verdict
from seenred.errors import UsageError
from seenred.interop.document import from_json, schema, to_json

PUBLISHED = Path(__file__).parents[3] / "docs" / "reference" / "proof.schema.json"


def test_an_audit_comes_back_as_it_was():
    assert AUDIT == from_json(to_json(AUDIT))


def test_proofs_come_back_as_they_were():
    proofs = (RED, STRUCTURAL)
    back = from_json(to_json(proofs))
    assert proofs == back
    assert [4, 0.5, True, None] == [*back[0].values.values()]
    assert Verdict.PROVEN is back[0].verdict


def test_a_document_says_what_it_is_and_its_version():
    data = json.loads(to_json(AUDIT))
    assert ("seenred.audit", 1) == (data["document"], data["schema"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "proof-unreadable"),
        ("[]", "proof-version"),
        ('{"schema": 99}', "proof-version"),
        ('{"schema": 1, "document": "seenred.proofs", "proofs": [{}]}', "proof-invalid"),
    ],
)
def test_another_document_is_refused_by_its_name(text, code):
    with pytest.raises(UsageError, match=r"red\.json") as caught:
        from_json(text, "red.json")
    assert code == caught.value.code


def test_a_verdict_that_does_not_exist_is_refused():
    text = to_json((replace(RED),)).replace('"proven"', '"certain"')
    with pytest.raises(UsageError, match="verdict"):
        from_json(text)


def test_the_published_schema_is_the_one_of_this_version():
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    assert schema() == published, "run: python scripts/write_schema.py"
