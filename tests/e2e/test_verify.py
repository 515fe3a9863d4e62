from __future__ import annotations

import json
import subprocess
import sys
import time
from xml.etree import ElementTree as ET

import pricing
import pytest
from repository import Repository

from seenred.interop.document import from_json


@pytest.fixture
def shop(seenred):
    return pricing.start(seenred.folder)


def test_an_honest_commit_is_proven(seenred, shop):
    pricing.honest(shop)
    before = shop.state()
    done = seenred("verify", "HEAD~1..HEAD")
    assert 0 == done.returncode, done.stdout + done.stderr
    header, red, *_, totals = done.stdout.splitlines()
    assert " · HEAD~1 " in header
    assert header.endswith("..HEAD · 1 commit, 1 changed test · nothing written")
    told = "✓ 1 test red before the change for the right reason, green on HEAD  2 passed"
    assert red.startswith(told)
    assert " proven · " in totals
    assert " not proven" not in totals
    assert before == shop.state()


def test_a_weakened_test_is_refuted_by_its_name(seenred, shop):
    pricing.honest(shop)
    cheat = pricing.cheat(shop)
    done = seenred("verify", "HEAD~1..HEAD")
    assert 1 == done.returncode
    rows = [line for line in done.stdout.splitlines() if line.startswith("✗")]
    (row,) = [row for row in rows if "::test_a_discount_is_taken_off" in row]
    assert f"weakened in {cheat[:7]}: == 18 → > 0" in row


def test_what_nobody_needs_is_shown_and_breaks_nothing(seenred, shop):
    pricing.unneeded(shop)
    done = seenred("verify", "HEAD~1..HEAD")
    assert 0 == done.returncode, done.stdout
    assert "! src/pricing/shipping.py:3-4  no test notices deletion  → test " in done.stdout


def test_a_part_of_the_suite_can_be_chosen_and_that_is_said(seenred, shop):
    slow = "from pricing.cart import Cart\n\ndef test_it():\n    assert len(vars(Cart())) == 1\n"
    shop.commit("test: a cart is only its items", {"slow/test_slow.py": slow})
    pricing.honest(shop)
    done = seenred("verify", "HEAD~1..HEAD", "--suite", "./tests/")
    assert 0 == done.returncode, done.stdout + done.stderr
    assert " · of the other tests only tests · nothing written" in done.stdout
    everything = seenred("verify", "HEAD~1..HEAD")
    assert 1 == everything.returncode
    assert "slow/test_slow.py::test_it" in everything.stdout


def test_words_alone_are_not_judged(seenred, shop):
    pricing.words(shop)
    done = seenred("verify", "HEAD~1..HEAD")
    assert 0 == done.returncode
    assert "- not judged: README.md (docs)" in done.stdout


def test_a_submodule_is_said_not_to_be_judged(seenred, shop):
    at = shop.git("rev-parse", "HEAD")
    shop.git("update-index", "--add", "--cacheinfo", f"160000,{at},vendor/lib")
    shop.git("commit", "--quiet", "--message", "chore: a library")
    (shop.path / "vendor/lib").mkdir(parents=True)
    pricing.honest(shop)
    for words in ("HEAD~2..HEAD", "HEAD~2..HEAD~1", "HEAD~1..HEAD"):
        done = seenred("verify", words)
        assert 0 == done.returncode, done.stdout
        told = "- not judged: vendor/lib (a submodule; its files are in another repository)"
        assert told in done.stdout


def test_without_a_range_a_branch_is_judged_for_what_it_adds(seenred, shop):
    shop.git("checkout", "-q", "-b", "work")
    pricing.honest(shop)
    pricing.words(shop)
    done = seenred("verify")
    assert 0 == done.returncode
    assert " · what HEAD adds to main since " in done.stdout
    assert "2 commits" in done.stdout.splitlines()[0]


def test_progress_names_each_commit_on_stderr(seenred, shop):
    honest = pricing.honest(shop)
    done = seenred("verify", "HEAD~1..HEAD")
    assert f"✓ 1/1 {honest[:7]} feat: percentage discount\n" == done.stderr


@pytest.mark.slow
def test_an_audit_is_a_document_a_sarif_log_junit_and_annotations(seenred, shop):
    honest = pricing.honest(shop)
    pricing.cheat(shop)

    def printed(form):
        return seenred("verify", "HEAD~2..HEAD", "--output-format", form).stdout

    audit = from_json(printed("json"))
    assert honest == audit.commits[0].name
    results = json.loads(printed("sarif"))["runs"][0]["results"]
    line = _line(shop, "tests/test_cart.py", "def test_a_discount_is_taken_off")
    assert ("tests/test_cart.py", line) in [_place(result) for result in results]
    assert 2 == len(ET.fromstring(printed("junit")).findall("testsuite")) - 1
    annotated = f"::error file=tests/test_cart.py,title=seenred%3A test-only/weakened,line={line}"
    assert annotated in printed("github")


def _line(shop, path, text):
    lines = (shop.path / path).read_text().splitlines()
    return next(number for number, each in enumerate(lines, 1) if text in each)


def _place(result):
    place = result["locations"][0]["physicalLocation"]
    return place["artifactLocation"]["uri"], place["region"]["startLine"]


def test_uncommitted_changes_are_said_not_to_be_judged(seenred, shop):
    pricing.honest(shop)
    shop.write({"src/pricing/cart.py": "", "new.py": ""})
    done = seenred("verify", "HEAD~1..HEAD")
    assert 0 == done.returncode
    assert "- not judged: 2 files with uncommitted changes  → seenred prove red" in done.stdout


def test_a_test_that_passes_by_chance_is_not_proven(seenred, shop):
    pricing.by_chance(shop)
    done = seenred("verify", "HEAD~1..HEAD")
    assert 125 == done.returncode, done.stdout
    row = done.stdout.splitlines()[1]
    assert row.startswith("? tests/test_cart.py::test_a_discount_is_taken_off  ")
    assert "→ make the test repeatable" in row
    assert "1 changed test " in done.stdout
    assert not {"✓", "✗"} & set(done.stdout)


NOWHERE = "import frobnicate\n"
NEEDS = (
    "needs frobnicate, which is neither in the project nor installed  "
    "→ commit it if it is the project's own; else install it in "
)


@pytest.mark.parametrize(
    ("files", "code", "told"),
    [
        (
            {"src/pricing/cart.py": "import pricing.tax\n" + pricing.DISCOUNTED},
            1,
            "tests/test_cart.py cannot be imported: ModuleNotFoundError: No module named "
            "'pricing.tax'  → mend that import",
        ),
        (
            {"tests/conftest.py": "from pricing.cart import Basket\n"},
            1,
            "tests/conftest.py cannot be imported: ImportError: cannot import name 'Basket' "
            "from 'pricing.cart'  → mend that import",
        ),
        ({"src/pricing/cart.py": NOWHERE + pricing.DISCOUNTED}, 125, NEEDS),
        ({"conftest.py": NOWHERE}, 125, NEEDS),
    ],
    ids=["of its own", "in conftest", "of a package", "of a package in conftest"],
)
def test_a_head_that_cannot_be_imported_says_what_is_missing(seenred, shop, files, code, told):
    shop.commit("feat: discount", {"src/pricing/cart.py": pricing.DISCOUNTED, **files})
    done = seenred("verify", "HEAD~1..HEAD")
    assert code == done.returncode, done.stdout
    commit, head = done.stdout.splitlines()[1:3]
    mark = "✗" if code == 1 else "?"
    assert commit.startswith(f"{mark} ")
    assert head.startswith(f"{mark} HEAD as a whole ")
    assert told in commit
    assert told in head


def test_tests_of_a_suite_that_cannot_be_imported_are_counted(seenred, shop):
    more = "from pricing.cart import Cart\n\ndef test_it(): ...\n\ndef test_more(): ...\n"
    broken = {"src/pricing/cart.py": "import pricing.tax\n", "tests/test_more.py": more}
    shop.commit("feat: more", broken)
    assert " 1 commit, 2 changed tests " in seenred("verify", "HEAD~1..HEAD").stdout


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("queue", "queue was loaded from the standard library, which has a module of that name"),
        ("pluggy", "pluggy was loaded from "),
    ],
)
def test_a_module_with_the_name_of_another_is_told_to_change_it(seenred, name, told):
    repository = Repository(seenred.folder)
    tests = f"from {name} import total\n\ndef test_total():\n    assert total([1]) == 1\n"
    more = "\ndef test_off():\n    assert total([1], 1) == 0\n"
    code = "def total(prices, off=0):\n    return sum(prices) - off\n"
    old = {f"src/{name}.py": code.replace(", off=0", "").replace(" - off", "")}
    repository.commit("total", {**old, "tests/test_total.py": tests})
    repository.commit("off", {f"src/{name}.py": code, "tests/test_total.py": tests + more})
    for words in (("verify", "HEAD~1..HEAD"), ("prove", "green", "test_off")):
        done = seenred(*words)
        assert 125 == done.returncode, done.stdout
        (row, *_) = [line for line in done.stdout.splitlines() if line.startswith("?")]
        assert told in row
        assert "→ give it a name of its own" in row


def test_a_merge_is_judged_against_its_first_parent(seenred, shop):
    shop.git("checkout", "-q", "-b", "work")
    pricing.honest(shop)
    shop.git("checkout", "-q", "main")
    pricing.words(shop)
    shop.git("merge", "-q", "--no-ff", "-m", "Merge work", "work")
    done = seenred("verify", "HEAD~2..HEAD")
    assert 0 == done.returncode, done.stdout
    assert "2 commits, 1 changed test" in done.stdout


def test_a_shallow_clone_is_told_how_to_fetch_more(seenred, shop):
    pricing.honest(shop)
    pricing.words(shop)
    clone = seenred.folder.parent / "clone"
    url = f"file://{shop.path}"
    subprocess.run(["git", "clone", "-q", "--depth=1", url, str(clone)], check=True)
    done = type(seenred)(clone)("verify", "HEAD~1..HEAD")
    assert 2 == done.returncode
    assert "fetch-depth: 0" in done.stderr
    assert "[clone-shallow]" in done.stderr


def test_a_suite_that_was_red_before_is_not_held_against_the_change(seenred, shop):
    shop.commit("red", {"tests/test_old.py": "def test_old():\n    assert 1 == 2\n"})
    pricing.honest(shop)
    done = seenred("verify", "HEAD~1..HEAD")
    assert 0 == done.returncode, done.stdout
    assert "1 test red before the change" in done.stdout


def test_a_project_without_tests_is_not_proven(seenred):
    repository = Repository(seenred.folder)
    repository.commit("one", {"cart.py": "a = 1\n"})
    repository.commit("two", {"cart.py": "a = 2\n"})
    done = seenred("verify", "HEAD~1..HEAD")
    assert done.returncode in (1, 125)
    assert "test" in done.stdout


def test_what_a_killed_run_left_is_removed_by_the_next(
    seenred, shop, tmp_path_factory, monkeypatch
):
    pricing.honest(shop)
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setenv("TMPDIR", str(folder))
    command = [sys.executable, "-m", "seenred", "verify", "HEAD~1..HEAD"]
    killed = subprocess.Popen(command, cwd=shop.path, stderr=subprocess.PIPE)
    while killed.poll() is None and not [*folder.glob("seenred-run-*/tests")]:
        time.sleep(0.01)
    killed.kill()
    killed.communicate()
    assert [*folder.glob("seenred-run-*")]
    assert 0 == seenred("verify", "HEAD~1..HEAD").returncode
    assert not [*folder.glob("seenred-run-*")]


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (["mian..HEAD"], "revision-unknown", "main"),
        (["HEAD..HEAD"], "range-empty", "older base"),
        (["a..b..c"], "range-unreadable", "BASE..HEAD"),
        (["HEAD", "--python", "nowhere"], "python-missing", "--python"),
    ],
)
@pytest.mark.usefixtures("shop")
def test_bad_input_is_one_sentence(seenred, words, code, hint):
    done = seenred("verify", *words)
    assert (2, "") == (done.returncode, done.stdout)
    (line,) = done.stderr.splitlines()
    assert line.endswith(f"[{code}]")
    assert hint in line


def test_outside_of_a_repository_and_before_the_first_commit_there_is_nothing(seenred):
    assert "[not-a-repository]" in seenred("verify").stderr
    Repository(seenred.folder)
    done = seenred("verify")
    assert 2 == done.returncode
    assert "[no-commits]" in done.stderr
