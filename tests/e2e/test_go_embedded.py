"""One whole cycle with a real model: the small brother of the embedded one."""

import pytest

PLAN = "# Calculator\n\n- [ ] `add(2, 3)` is 5\n- [ ] `larger(2, 7)` is 7\n"


@pytest.fixture
def plan_text():
    return PLAN


@pytest.mark.slow
def test_the_small_model_gets_through_a_cycle_that_stands_an_audit(project, seenred):
    done = seenred("go", "--yes", "--model", "local:qwen2.5-coder-0.5b", timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "feat: `add(2, 3)` is 5" in project.subjects
    assert "- [x] `add(2, 3)` is 5" in project.read("PLAN.md")
    assert project.git("status", "--porcelain") == ""
    audit = seenred("verify", f"{project.git('rev-list', '--max-parents=0', 'HEAD')}..HEAD")
    assert audit.returncode == 0, audit.stdout
