"""What a cycle leaves in the history: behaviour, structure, tests and plan lines apart."""

from __future__ import annotations

from seenred.domain.cycle_event import Committed, Discovered
from seenred.domain.plan import abandon, add_discovered, lists, mark_done, parse_plan, put_next
from seenred.domain.tree import Tree
from seenred.engine.cycle.desk import Aim, CycleDesk
from seenred.engine.cycle.ports import CommitDraft
from seenred.engine.cycle.subject import body_of, subject_of

BEHAVIORAL, STRUCTURAL = "behavioral", "structural"
TEST_ONLY, NEUTRAL = "test-only", "neutral"
# subjects as Kent Beck's own instructions have them, where the settings ask for them
_BECK = {"feat": BEHAVIORAL, "fix": BEHAVIORAL, "refactor": STRUCTURAL, "test": STRUCTURAL}


def commit_behaviour(desk: CycleDesk) -> str:
    """Test, code and mark together; a defect has no mark."""
    tree = desk.green.tree
    if desk.aim is Aim.FEATURE:
        tree = _marked(desk, tree)
    commit = _commit(desk, tree, desk.aim, BEHAVIORAL)
    desk.discovered += desk.green.suggested
    return commit


def commit_test(desk: CycleDesk) -> str:
    """A test of what the code did already, and its mark; the mark alone if it was committed."""
    kind, change = ("chore", NEUTRAL) if desk.own else ("test", TEST_ONLY)
    return _commit(desk, _marked(desk, desk.red.tree), kind, change)


def commit_structure(desk: CycleDesk) -> str:
    """A refactoring or a tidying, by itself."""
    done = desk.refactored
    if done is None:
        raise RuntimeError("nothing was refactored")
    desk.refactored = None
    kind, change = ("test", TEST_ONLY) if done.tests else ("refactor", STRUCTURAL)
    draft = _draft(desk, f"{_kind(desk, kind)}: {done.what}", change)
    return _told(desk, done.tree, draft)


def commit_abandonment(desk: CycleDesk, reason: str) -> None:
    """The plan, with the reason in the place of the mark; a defect stands in no plan."""
    if desk.aim is not Aim.FEATURE:
        return
    tip = desk.workshop.tree
    text = abandon(_plan_text(desk, tip), desk.item, reason)
    tree = desk.court.changed(tip, {desk.plan_name: text})
    subject = subject_of("chore", desk.item, "abandon ")
    _told(desk, tree, _draft(desk, subject, NEUTRAL, reason))


def commit_discovered(desk: CycleDesk) -> None:
    """What the cycle found out, in the plan, where there is one: offered, or to be taken next."""
    tip = desk.workshop.tree
    before = desk.court.text(tip, desk.plan_name)
    known = {item.text for item in parse_plan(before).items}
    found = (*([desk.following] if desk.following else []), *desk.discovered)
    new = tuple(dict.fromkeys(text for text in found if text not in known))
    if not new:
        return
    desk.listener(Discovered(new))
    if desk.plan_name not in tip:
        return
    after = put_next(before, desk.following) if desk.following else before
    after = add_discovered(after, new)
    if after == before:
        return
    tree = desk.court.changed(tip, {desk.plan_name: after})
    draft = _draft(desk, "chore: plan what was discovered", NEUTRAL, "\n".join(new))
    _told(desk, tree, draft)


def _commit(desk: CycleDesk, tree: Tree, kind: str, change: str) -> str:
    subject = subject_of(_kind(desk, kind), desk.item)
    commit = _told(desk, tree, _draft(desk, subject, change, body_of(desk.item, subject)))
    desk.stands = True
    return commit


def _kind(desk: CycleDesk, kind: str) -> str:
    return _BECK.get(kind, kind) if desk.command.beck else kind


def _marked(desk: CycleDesk, tree: Tree) -> Tree:
    text = mark_done(_plan_text(desk, tree), desk.item)
    return desk.court.changed(tree, {desk.plan_name: text})


def _plan_text(desk: CycleDesk, tree: Tree) -> str:
    """The plan that gets the mark: the user's own, where no commit has the item yet."""
    committed = desk.court.text(tree, desk.plan_name)
    return committed if lists(committed, desk.item) else desk.plan_text or committed


def _draft(desk: CycleDesk, subject: str, change: str, body: str = "") -> CommitDraft:
    trailers = {"Change-Kind": change}
    proofs, desk.proofs = tuple(desk.proofs), []
    return CommitDraft(subject, body, trailers, desk.documented(proofs) if proofs else "")


def _told(desk: CycleDesk, tree: Tree, draft: CommitDraft) -> str:
    commit = desk.workshop.commit(tree, draft)
    desk.commits.append(commit)
    desk.subjects.append(draft.subject)
    desk.listener(Committed(commit, draft.subject))
    return commit
