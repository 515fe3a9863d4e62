"""An item about code whose tests nothing here can run."""

import pytest

from seenred.errors import UsageError

RUST = "pub struct Account {\n    pub balance: i64,\n}\n"
PLAN = "# Bank\n\n- [ ] a new `Account` has a balance of 0\n"


def test_it_is_located_and_said_that_nothing_can_run_its_tests(work):
    work.project.commit("feat: begin", {"src/account.rs": RUST, "PLAN.md": PLAN})
    with pytest.raises(UsageError) as refused:
        work.go()
    assert refused.value.code == "language-without-runner"
    assert "src/account.rs:1 (Account), and tests in Rust cannot be run" in refused.value.message
    assert work.asked == []
    assert work.project.git("status", "--porcelain") == ""
    assert work.project.subjects[-1] == "feat: begin"
