"""Events of a cycle as the engine tells them."""

from seenred.domain import cycle_event as e
from seenred.domain.conversation import Reply
from seenred.domain.event import Noted, Replied, TextArrived
from seenred.domain.plan import PlanItem
from seenred.domain.proof import Claim, Detail, Proof, Verdict

TEST_ID = "tests/test_account.py::test_rejects_overdraft"
CODE = "src/bank/account.py"
TEST = """\
def test_rejects_overdraft():
    with pytest.raises(InsufficientFunds):
        Account(10).withdraw(11)
"""
DIFF = """\
--- a/src/bank/account.py
+++ b/src/bank/account.py
@@ -12,0 +13,4 @@
+        if amount > self.balance:
+            log.warning("overdraft")
+            raise InsufficientFunds(amount)
+
"""
TIDIED = """\
--- a/src/bank/account.py
+++ b/src/bank/account.py
@@ -3 +3 @@
-    def __init__(self, b):
+    def __init__(self, balance):
"""

STARTED = e.CycleStarted(PlanItem("rejects a withdrawal above the balance"), "PLAN.md", 3, 8)
BASELINE = e.BaselineSeen(42, 0.9)


def proof(claim, decisive, seconds=0.1, verdict=Verdict.PROVEN, **rest):
    return Proof(claim, verdict, TEST_ID, "reason", decisive, seconds=seconds, **rest)


RED = e.PhaseProven(
    e.Phase.RED,
    proof(Claim.RED, "InsufficientFunds missing (the item names it)"),
    TEST_ID,
    TEST,
    ("values from: the plan item",),
    0.1,
)
GREEN = e.PhaseProven(
    e.Phase.GREEN, proof(Claim.GREEN, "43 passed, 1 control red", 0.6), CODE, DIFF, (), 0.6
)
SURVIVOR = Detail("no test notices deletion", f"{CODE}:14", "survivor", Verdict.NOT_PROVEN)
MINIMAL = e.PhaseProven(
    e.Phase.MINIMAL,
    proof(
        Claim.MINIMAL,
        f"{CODE}:14 no test notices deletion",
        verdict=Verdict.NOT_PROVEN,
        details=(SURVIVOR,),
    ),
    told=(f"{CODE}:14 no test notices deletion  ← kept",),
)
NOTHING = e.PhaseProven(e.Phase.REFACTOR, None)
TIDY = e.PhaseProven(
    e.Phase.REFACTOR,
    proof(Claim.STRUCTURAL, "43 tests end the same", 1.2, strength="tests+differential"),
    CODE,
    TIDIED,
    (),
    1.2,
)
DISCOVERED = e.Discovered(("rejects a negative amount",))
COMMITTED = e.Committed(
    "4e1c9a2b6d0f4e1c9a2b6d0f4e1c9a2b6d0f4e1c", "feat: reject a withdrawal above the balance"
)
ENDED = e.CycleEnded(
    e.Ending.COMMITTED, undo="git revert 4e1c9a2", seconds=48.2, tokens=6104, cost=0.031
)


def writing(text, phase):
    """A model writes a proposal."""
    yield e.PhaseStarted(phase)
    for word in text.split(" "):
        yield TextArrived(f"{word} ")
    yield Replied(Reply(text, "scripted"))


def cycle():
    """All events of one that ends well."""
    yield STARTED
    yield BASELINE
    yield e.PhaseStarted(e.Phase.LOCATE)
    yield e.PhaseProven(e.Phase.LOCATE, None, CODE)
    yield from writing(TEST, e.Phase.RED)
    yield e.ProposalRefused(e.Phase.RED, 1, "passes already: withdraw(11) gives back None")
    yield from writing(TEST, e.Phase.RED)
    yield RED
    yield from writing(DIFF, e.Phase.GREEN)
    yield GREEN
    yield e.PhaseStarted(e.Phase.MINIMAL)
    yield MINIMAL
    yield e.PhaseStarted(e.Phase.REFACTOR)
    yield NOTHING
    yield Noted("the hook pre-commit ran", warning=True)
    yield DISCOVERED
    yield e.PhaseStarted(e.Phase.COMMIT)
    yield COMMITTED
    yield ENDED
