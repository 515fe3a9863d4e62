"""A list that is not committed, while the user is at work on other files as well."""

import pytest
from go_project import ADD, PLAN, SUBTRACT, WRONG_ADD

from seenred.domain.cycle import Policy
from seenred.domain.cycle_event import Ending

MORE = f"{PLAN}- [ ] `double(4)` is 8\n"


@pytest.fixture
def busy(work):
    work.project.commit("docs: notes", {"notes.txt": "one\n"})
    work.project.write({"notes.txt": "two\n"})
    return work


def committed(work):
    return work.project.git("show", "HEAD:PLAN.md")


def marked(text):
    return text.replace("- [ ] `add", "- [x] `add")


def test_it_is_read_as_it_stands_and_only_the_mark_is_committed(busy):
    busy.project.write({"PLAN.md": MORE})
    done = busy.go(ADD)
    assert done.cycles[0].ending is Ending.COMMITTED, done.stopped
    assert (1, 4) == (done.done, done.total)
    assert busy.project.subjects == ["chore: begin", "docs: notes", "feat: `add(2, 3)` is 5"]
    assert committed(busy) == marked(PLAN).strip()
    assert busy.project.read("PLAN.md") == marked(MORE)
    assert busy.project.read("notes.txt") == "two\n"


def test_an_item_that_no_commit_has_comes_with_its_list(busy):
    only = "# Calculator\n\n- [ ] `subtract(5, 3)` is 2\n- [ ] `add(2, 3)` is 5\n"
    busy.project.commit("chore: list", {"PLAN.md": "# Calculator\n\n- [x] begun\n"})
    busy.project.write({"PLAN.md": only, "notes.txt": "three\n"})
    done = busy.go(SUBTRACT, ADD, count=2)
    assert [cycle.ending for cycle in done.cycles] == [Ending.COMMITTED] * 2, done.stopped
    assert committed(busy) == only.replace("[ ]", "[x]").strip()
    assert busy.project.read("PLAN.md") == only.replace("[ ]", "[x]")


def test_such_an_item_can_be_given_up(busy):
    busy.project.commit("chore: list", {"PLAN.md": "# Calculator\n\n- [x] begun\n"})
    busy.project.write({"PLAN.md": PLAN, "notes.txt": "three\n"})
    done = busy.go(WRONG_ADD, policy=Policy(codes=1, restarts=0))
    assert done.cycles[0].ending is Ending.ABANDONED, done.stopped
    assert "- [-] `add(2, 3)` is 5" in committed(busy)
    assert "- [-] `add(2, 3)` is 5" in busy.project.read("PLAN.md")


def test_a_dry_run_of_several_items_goes_on_with_the_next(busy):
    busy.project.write({"PLAN.md": MORE})
    done = busy.go(ADD, SUBTRACT, count=2, dry_run=True)
    assert [cycle.ending for cycle in done.cycles] == [Ending.COMMITTED] * 2, done.stopped
    assert busy.project.read("PLAN.md") == MORE
    assert busy.project.subjects == ["chore: begin", "docs: notes"]
