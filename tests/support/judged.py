"""One audit that has something of everything."""

from seenred.domain.audit import Audit, ChangeKind, JudgedCommit
from seenred.domain.proof import Claim, Detail, Proof, Verdict

RED = Proof(
    Claim.RED,
    Verdict.PROVEN,
    "tests/test_cart.py::test_total",
    "assertion",
    decisive="assert 3 == 5",
    inputs={"tests/test_cart.py": "ab" * 32},
    command="seenred prove red tests/test_cart.py::test_total",
    values={"line": 4, "share": 0.5, "alone": True, "note": None},
    seconds=0.25,
)
VACUOUS = Proof(
    Claim.COVERED,
    Verdict.REFUTED,
    "tests/test_cart.py::test_discount",
    "vacuous",
    decisive="green even with apply_discount() emptied",
    remedy="Assert on what apply_discount returns.",
)
SERVER = Proof(
    Claim.RED,
    Verdict.NOT_PROVEN,
    "tests/test_db.py::test_upsert",
    "needs-network",
    decisive="needs a server",
    remedy="--allow-loopback",
)
SURVIVOR = Detail("no test notices deletion", "src/cart.py:41-44", "survivor", Verdict.NOT_PROVEN)
SUGGESTED = Detail(
    "total(): what `return 0` is for", "src/cart.py:41-44", "suggested-test", Verdict.NOT_APPLICABLE
)
MINIMAL = Proof(
    Claim.MINIMAL, Verdict.NOT_PROVEN, "3f2a91b", "survivors", details=(SURVIVOR, SUGGESTED)
)
STRUCTURAL = Proof(
    Claim.STRUCTURAL,
    Verdict.REFUTED,
    "a19c04e",
    "behaves-differently",
    decisive="price(0) 0 → None",
    details=(Detail("price", "src/pricing.py:7"),),
)
SKIPPED = Proof(Claim.GREEN, Verdict.NOT_APPLICABLE, "docs", "nothing-to-judge")
REMEMBERED = Detail(
    "answers a test's own input: if n == 4: return 'IV'",
    "src/roman.py:3",
    "special-case",
    Verdict.NOT_PROVEN,
)
GREEN = Proof(Claim.GREEN, Verdict.PROVEN, "HEAD", "green", decisive="43 passed", seconds=1.5)

FEATURE = JudgedCommit(
    "3f2a91b" + "0" * 33,
    "feat: discounts",
    ChangeKind.BEHAVIOURAL,
    ChangeKind.BEHAVIOURAL,
    Verdict.REFUTED,
    (RED, VACUOUS, SERVER, MINIMAL),
    (("README.md", "documentation"),),
)
TIDYING = JudgedCommit(
    "a19c04e" + "0" * 33,
    "refactor: pricing <tidy> & \x00 50%",
    ChangeKind.STRUCTURAL,
    ChangeKind.BEHAVIOURAL,
    Verdict.REFUTED,
    (STRUCTURAL, SKIPPED),
)
AUDIT = Audit(
    "91bd0f7" + "0" * 33,
    "a19c04e" + "0" * 33,
    ".venv 3.12",
    "warm zygote",
    (FEATURE, TIDYING),
    GREEN,
    14.0,
)
