from __future__ import annotations

import pytest
from audit_cheating import CHEATING
from audit_dropping import DROPPING
from audit_honest import DISCOUNT, HONEST, TEST_DISCOUNT
from audit_row import SHOP, AuditRow
from audit_unsure import UNSURE

from seenred.domain.audit import Audit, JudgedCommit
from seenred.domain.audit_event import ProofTaken
from seenred.domain.proof import Claim, Proof, Verdict
from seenred.infrastructure.sandbox.bubblewrap import find_bwrap


def told(commit: JudgedCommit) -> dict[str, str]:
    """Reasons by the ends of subjects; added code is shown, not judged."""
    proofs = [p for p in commit.proofs if _counts(p)]
    ends = {p.subject: "" if commit.name == p.subject else p.subject for p in proofs}
    return {ends[p.subject].removeprefix("tests/test_cart.py"): p.reason for p in proofs}


def _counts(proof: Proof) -> bool:
    if proof.claim is Claim.GREEN:
        return proof.verdict in (Verdict.REFUTED, Verdict.NOT_PROVEN)
    return proof.claim is not Claim.MINIMAL or proof.verdict is Verdict.REFUTED


def essence(audit: Audit) -> list[object]:
    """What must not depend on what a commit says."""
    return [
        (c.kind, c.verdict, [(p.claim, p.verdict, p.reason) for p in c.proofs], len(c.unjudged))
        for c in audit.commits
    ]


ROWS = [*HONEST, *CHEATING, *UNSURE, *DROPPING]
# what each commit of a row claims, right or wrong
TRAILERS = "\n\nChange-Kind: structural\nSigned-off-by: Ada <ada@example.org>\n"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_history_gets_its_verdict_whatever_its_commits_say(court, row: AuditRow) -> None:  # type: ignore[no-untyped-def]
    loud = [(f"{subject}{TRAILERS}", files) for subject, files in row.commits]
    head = court.branch([("base", row.base), *loud])
    seen = court.audit(f"{head}~{len(row.commits)}", head)
    *before, last = seen.commits
    assert row.told == told(last)
    assert (row.kind, row.verdict) == (last.kind, last.verdict)
    assert row.before == tuple(commit.verdict for commit in before)
    silent = court.branch([("x", row.base), *(("x", files) for _, files in row.commits)])
    assert essence(seen) == essence(court.audit(f"{silent}~{len(row.commits)}", silent))


def test_a_merge_is_judged_as_one_change_of_its_first_parent(court) -> None:  # type: ignore[no-untyped-def]
    head = court.merge(SHOP, {**DISCOUNT, **TEST_DISCOUNT}, {"till.py": "OPEN = True\n"})
    [judged] = court.audit(f"{head}~1", head).commits
    assert {"::test_discount": "missing-symbol"} == told(judged)
    assert "a merge: judged as one change of its first parent" in dict(judged.unjudged).values()


def test_strict_asks_for_one_new_test_in_each_commit(court) -> None:  # type: ignore[no-untyped-def]
    addition = TEST_DISCOUNT["tests/test_cart.py"]
    two = addition + addition[addition.index("def test_discount") :].replace(
        "_discount", "_half", 1
    )
    head = court.branch([("base", SHOP), ("feat: x", {**DISCOUNT, "tests/test_cart.py": two})])
    [judged] = court.audit(f"{head}~1", head, strict=True).commits
    assert "several-tests" == told(judged)[""]
    [judged] = court.audit(f"{head}~1", head).commits
    assert Verdict.PROVEN == judged.verdict


def test_a_package_of_other_times_is_named_and_refuses_nothing(court) -> None:  # type: ignore[no-untyped-def]
    old = {
        "uv.lock": "frobnicate 1\n",
        "rate.py": "import frobnicate\n\ndef rate():\n    return frobnicate.rate()\n",
        "tests/test_rate.py": "from rate import rate\n\ndef test_rate():\n    assert rate() == 1\n",
    }
    new = {"uv.lock": "", "rate.py": "def rate():\n    return 1\n"}
    head = court.branch([("base", SHOP), ("feat: a rate", old), ("feat: no package", new)])
    first = court.audit(f"{head}~2", head).commits[0]
    assert Verdict.NOT_PROVEN == first.verdict
    assert "dependencies-changed" == told(first)["tests/test_rate.py::test_rate"]
    assert "needs frobnicate, and uv.lock differs" in first.proofs[0].decisive


def test_a_new_test_that_needs_a_sandbox_of_its_own_is_not_proven(court) -> None:  # type: ignore[no-untyped-def]
    program = find_bwrap()
    if program is None:
        pytest.skip("this machine has no bubblewrap")
    asked = [program, "--ro-bind", "/", "/", "--unshare-all", "true"]
    files = {
        "jail.py": f"import subprocess\n\ndef jailed():\n    return subprocess.run({asked})\n",
        "tests/test_jail.py": "from jail import jailed\n\ndef test_jail():\n"
        "    assert jailed().returncode == 0\n",
    }
    head = court.branch([("base", SHOP), ("feat: a jail", files)])
    [judged] = court.audit(f"{head}~1", head).commits
    assert Verdict.NOT_PROVEN == judged.verdict
    assert "confined" == told(judged)["tests/test_jail.py::test_jail"]


def test_an_audit_can_ask_for_a_part_of_the_suite_only(court) -> None:  # type: ignore[no-untyped-def]
    slow = {"slow/test_slow.py": "from cart import Cart\n\ndef test_slow():\n    assert Cart()\n"}
    fee = {"cart.py": "def Cart():\n    return 0\n"}
    head = court.branch([("base", {**SHOP, **slow}), ("refactor: nothing left", fee)])
    for suite, broken in (((), True), (("tests",), False)):
        [judged] = court.audit(f"{head}~1", head, suite=suite).commits
        assert broken == ("slow/test_slow.py::test_slow" in told(judged))
        assert "::test_total" in told(judged)


def test_rows_that_a_test_imports_are_the_commits_own_whatever_the_suite(court) -> None:  # type: ignore[no-untyped-def]
    table = {
        "tests/table.py": "ROWS = [(2, 2)]\n",
        "tests/test_rows.py": "import pytest\nfrom cart import Cart\nfrom table import ROWS\n\n"
        "@pytest.mark.parametrize('price, total', ROWS)\ndef test_row(price, total):\n"
        "    cart = Cart()\n    cart.add(price)\n    assert cart.total() == total\n",
        "pytest.ini": "[pytest]\npythonpath = . tests\n",
    }
    free = SHOP["cart.py"].replace(
        "sum(self.prices)", "sum(self.prices) if self.prices != [9] else 0"
    )
    row = {"tests/table.py": "ROWS = [(2, 2), (9, 0)]\n", "cart.py": free}
    head = court.branch([("base", {**SHOP, **table}), ("feat: nine is free", row)])
    [judged] = court.audit(f"{head}~1", head, suite=("tests/test_cart.py",)).commits
    assert "assertion" == told(judged)["tests/test_rows.py::test_row[9-0]"]
    assert Verdict.PROVEN == judged.verdict


def test_events_tell_each_commit_and_each_proof_as_it_is_taken(court) -> None:  # type: ignore[no-untyped-def]
    events: list[object] = []
    head = court.branch([("base", SHOP), ("feat: a discount", {**DISCOUNT, **TEST_DISCOUNT})])
    audit = court.audit(f"{head}~1", head, listener=events.append)
    kinds = [type(event).__name__ for event in events]
    assert ["AuditStarted", "CommitStarted"] == kinds[:2]
    assert ["CommitJudged", "CertificationStarted"] == kinds[-2:]
    assert list(audit.commits[0].proofs) == [e.proof for e in events if isinstance(e, ProofTaken)]


def test_code_that_answers_a_tests_own_input_is_told_and_refuses_nothing(court) -> None:  # type: ignore[no-untyped-def]
    numeral = "def roman(n):\n    if n == 4:\n        return 'IV'\n    return 'I' * n\n"
    asked = "from roman import roman\n\ndef test_roman():\n    assert roman(2) == 'II'\n"
    files = {"roman.py": numeral, "tests/test_roman.py": f"{asked}    assert roman(4) == 'IV'\n"}
    head = court.branch([("base", SHOP), ("feat: numerals", files)])
    [judged] = court.audit(f"{head}~1", head).commits
    assert Verdict.PROVEN == judged.verdict
    [notice] = [notice for proof in judged.proofs for notice in proof.notices]
    assert ("roman.py:2", "special-case") == (notice.where, notice.kind)
