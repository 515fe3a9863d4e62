from xml.etree import ElementTree as ET

from judged import AUDIT, MINIMAL, SERVER, STRUCTURAL

from seenred.interop.junit import junit


def test_each_commit_is_a_suite_with_its_counts():
    suites = ET.fromstring(junit(AUDIT)).findall("testsuite")
    counts = [[s.get(key) for key in ("tests", "failures", "errors", "skipped")] for s in suites]
    assert [["4", "1", "1", "1"], ["2", "1", "0", "1"], ["1", "0", "0", "0"]] == counts
    assert "3f2a91b feat: discounts" == suites[0].get("name")


def test_what_could_not_be_decided_is_an_error_never_skipped():
    case = ET.fromstring(junit((SERVER,))).find(".//testcase")
    assert ["error"] == [child.tag for child in case]
    assert "needs-network" == case[0].get("type")


def test_what_is_only_reported_breaks_no_build():
    case = ET.fromstring(junit((MINIMAL,))).find(".//testcase")
    assert ["skipped"] == [child.tag for child in case]


def test_the_text_tells_the_details_and_the_remedy():
    failure = ET.fromstring(junit((STRUCTURAL,))).find(".//failure")
    assert "price(0) 0 → None\nsrc/pricing.py:7  price" == failure.text


def test_any_text_is_well_formed():
    suites = ET.fromstring(junit(AUDIT)).findall("testsuite")
    assert "a19c04e refactor: pricing <tidy> & \ufffd 50%" == suites[1].get("name")
