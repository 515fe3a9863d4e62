"""`seenred fix` and `seenred tidy` over the scripted model, as a user sees them."""

import pytest
from go_project import code
from messy_shop import MESSY, MESSY_TESTS, TIDIED

BANK = """class Account:
    def __init__(self, balance=0):
        self.balance = balance

    def withdraw(self, amount):
        self.balance -= amount
"""
TESTS = """from bank import Account


def test_withdrawing_takes_from_the_balance():
    account = Account(10)
    account.withdraw(4)
    assert account.balance == 6
"""
REPORT = """# An account can be opened in debt

Opening an account with a negative balance works: `Account(-5)` should raise a ValueError.
"""
FIXED = code(
    "class Account:\n    def __init__(self, balance=0):\n        if balance < 0:\n"
    "            raise ValueError('in debt')\n        self.balance = balance\n"
)


@pytest.fixture
def plan_text():
    return ""


@pytest.fixture
def project(project):
    project.commit("feat: accounts", {"bank.py": BANK, "tests/test_bank.py": TESTS})
    return project


def test_a_defect_is_reproduced_and_repaired_in_one_commit(project, seenred):
    project.commit("docs: a report", {"report.md": REPORT})
    done = seenred("fix", "report.md", "--yes", "--model", project.script(FIXED))
    assert done.returncode == 0, done.stdout + done.stderr
    assert project.subjects[-1] == "fix: an account can be opened in debt"
    assert "pytest.raises(ValueError)" in project.read("tests/test_bank.py")
    assert "withdraw" in project.read("bank.py")
    assert seenred("verify", "HEAD~1..HEAD").returncode == 0


def test_where_nothing_is_wrong_nothing_is_changed(project, seenred):
    report = "`Account(3).balance` should be 3"
    useless = {"text": "It is right already.", "repeat": True}
    done = seenred("fix", report, "--yes", "--model", project.script(useless))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "no test shows this defect, nothing is changed" in done.stdout
    assert project.subjects == ["feat: accounts"]
    assert project.git("status", "--porcelain") == ""


SHOP = "from pricing import average\n\n\ndef mean(prices):\n    return average(prices)\n"
PRICING = "def average(values):\n    return sum(values) / len(values)\n"
SHOP_TESTS = "from shop import mean\n\n\ndef test_mean():\n    assert mean([1, 3]) == 2\n"
MENDED = code("def average(values):\n    return sum(values) / len(values) if values else 0\n")


def test_code_that_failed_elsewhere_than_was_thought_may_change(project, seenred):
    files = {"shop.py": SHOP, "pricing.py": PRICING, "tests/test_shop.py": SHOP_TESTS}
    project.commit("feat: a shop", files)
    no_smaller = "There is no smaller test."
    model = project.script(no_smaller, MENDED)
    done = seenred("fix", "`mean([])` should be 0", "--yes", "--model", model)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "if values else 0" in project.read("pricing.py")
    assert project.read("shop.py") == SHOP


TRACED = """# The mean of nothing

`mean([])` should be 0. Our log has a warning:

  File "/srv/app/pricing.py", line 2, in average
"""


def test_code_that_a_report_shows_in_a_traceback_may_change(project, seenred):
    pricing = PRICING.replace("len(values)\n", "len(values) if values else None\n")
    files = {"shop.py": SHOP, "pricing.py": pricing, "tests/test_shop.py": SHOP_TESTS}
    project.commit("feat: a shop", files)
    done = seenred("fix", TRACED, "--yes", "--model", project.script(MENDED))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "if values else 0" in project.read("pricing.py")


@pytest.mark.parametrize(
    ("report", "told"),
    [
        ("nowhere.md", "cannot be read: No such file"),
        ("empty.md", "empty.md says nothing"),
        ("", "The report says nothing"),
    ],
)
def test_a_report_that_says_nothing_is_refused(project, seenred, report, told):
    (project.path / "empty.md").write_text("\n")
    done = seenred("fix", report, "--yes", "--model", project.script())
    assert (done.returncode, told in done.stderr) == (2, True), done.stderr


BROKEN = code("def total_with_tax(prices):\n    return sum(prices) * 2\n")


def test_what_is_measured_is_tidied_and_proven_structural(project, seenred):
    files = {"shop.py": MESSY, "tests/test_shop.py": MESSY_TESTS}
    project.commit("feat: a shop", files)
    done = seenred("tidy", "shop.py", "--model", project.script(BROKEN, TIDIED))
    assert done.returncode == 0, done.stdout + done.stderr
    assert project.subjects[-1].startswith("refactor: ")
    assert "return total(prices) * 2" in project.read("shop.py")
    audit = seenred("verify", "HEAD~1..HEAD")
    assert audit.returncode == 0, audit.stdout


def test_what_was_renamed_is_gone_under_its_old_name(project, seenred):
    shop = (
        "def _t(prices):\n    return sum(prices)\n\n\ndef total(prices):\n    return _t(prices)\n"
    )
    tests = "from shop import total\n\n\ndef test_total():\n    assert total([1, 2]) == 3\n"
    project.commit("feat: a shop", {"shop.py": shop, "tests/test_shop.py": tests})
    renamed = shop.replace("_t(", "_added_up(")
    options = ("--goal", "a name that tells", "--model", project.script(code(renamed)))
    done = seenred("tidy", "shop.py", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    assert project.read("shop.py").count("def ") == 2


def test_where_nothing_is_measured_nothing_is_asked(project, seenred):
    done = seenred("tidy", "bank.py", "--model", project.script())
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing needed" in done.stdout
    assert project.subjects == ["feat: accounts"]


def test_a_path_that_is_not_there_is_refused(project, seenred):
    done = seenred("tidy", "nowhere", "--model", project.script())
    assert done.returncode == 2
    assert "nowhere is no Python file of the last commit" in done.stderr
