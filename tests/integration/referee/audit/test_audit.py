from __future__ import annotations

import pytest
from audit_cheating import CHEATING
from audit_honest import HONEST
from audit_row import AuditRow

from seenred.domain.audit import Audit, JudgedCommit
from seenred.domain.proof import Claim, Verdict


def told(commit: JudgedCommit) -> dict[str, str]:
    """Reasons by the ends of subjects; added code is shown, not judged."""
    aside = (Claim.MINIMAL, Claim.GREEN)
    proofs = [p for p in commit.proofs if p.claim not in aside or p.verdict is Verdict.REFUTED]
    ends = {p.subject: "" if commit.name == p.subject else p.subject for p in proofs}
    return {ends[p.subject].removeprefix("tests/test_cart.py"): p.reason for p in proofs}


def essence(audit: Audit) -> list[object]:
    """What must not depend on what a commit says."""
    return [
        (c.kind, c.verdict, [(p.claim, p.verdict, p.reason) for p in c.proofs], len(c.unjudged))
        for c in audit.commits
    ]


ROWS = [*HONEST, *CHEATING]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_history_gets_its_verdict_whatever_its_commits_say(court, row: AuditRow) -> None:  # type: ignore[no-untyped-def]
    head = court.branch([("base", row.base), *row.commits])
    seen = court.audit(f"{head}~{len(row.commits)}", head)
    *before, last = seen.commits
    assert row.told == told(last)
    assert (row.kind, row.verdict) == (last.kind, last.verdict)
    assert row.before == tuple(commit.verdict for commit in before)
    silent = court.branch([("x", row.base), *(("x", files) for _, files in row.commits)])
    assert essence(seen) == essence(court.audit(f"{silent}~{len(row.commits)}", silent))
