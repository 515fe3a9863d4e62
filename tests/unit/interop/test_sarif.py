import json

from judged import AUDIT, MINIMAL, RED

from seenred.interop.remark import remarks
from seenred.interop.sarif import sarif


def test_the_log_has_what_code_scanning_asks_for():
    log = sarif(remarks(AUDIT), AUDIT.head)
    assert "2.1.0" == log["version"]
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    assert "seenred" == run["tool"]["driver"]["name"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert sorted(set(rules)) == rules
    for result in run["results"]:
        assert result["ruleId"] == rules[result["ruleIndex"]]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert not physical["artifactLocation"]["uri"].startswith("/")
        assert 1 <= physical["region"]["startLine"] <= physical["region"]["endLine"]
    json.dumps(log)


def test_a_fingerprint_outlives_a_rewritten_history():
    before = sarif(remarks((MINIMAL,)))
    after = sarif(remarks((MINIMAL,)), "f" * 40)
    assert [r["partialFingerprints"] for r in before["runs"][0]["results"]] == [
        r["partialFingerprints"] for r in after["runs"][0]["results"]
    ]


def test_each_finding_has_a_fingerprint_of_its_own():
    results = sarif(remarks(AUDIT))["runs"][0]["results"]
    assert len(results) == len({r["partialFingerprints"]["seenred/v1"] for r in results})


def test_an_audit_without_findings_is_a_log_without_results():
    assert [] == sarif(remarks((RED,)))["runs"][0]["results"]
