import pytest

from seenred.domain.audit import ChangeKind, JudgedCommit
from seenred.domain.proof import Claim, Proof, Verdict


def commit(label, claim, verdict):
    proof = Proof(claim, verdict, "a19c04e", "unexecuted", "no test executes it")
    kind = ChangeKind.BEHAVIOURAL
    return JudgedCommit("a19c04e", "pricing", label, kind, verdict, proofs=(proof,))


@pytest.mark.parametrize(
    ("label", "claim", "verdict", "expected"),
    [
        (ChangeKind.STRUCTURAL, Claim.STRUCTURAL, Verdict.REFUTED, True),
        (ChangeKind.STRUCTURAL, Claim.RED, Verdict.PROVEN, True),
        (ChangeKind.STRUCTURAL, Claim.RED, Verdict.NOT_PROVEN, True),
        (ChangeKind.STRUCTURAL, Claim.STRUCTURAL, Verdict.NOT_PROVEN, False),
        (ChangeKind.BEHAVIOURAL, Claim.STRUCTURAL, Verdict.REFUTED, False),
        (None, Claim.STRUCTURAL, Verdict.REFUTED, False),
    ],
)
def test_a_label_is_wrong_only_where_the_kind_is_known(label, claim, verdict, expected):
    assert expected is commit(label, claim, verdict).is_mislabelled
