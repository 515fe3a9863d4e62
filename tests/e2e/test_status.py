"""`seenred status`: the list, where it stands, what the last cycle proved."""

import json

import pytest
from repository import Repository

from seenred.domain.proof import Claim, Proof, Verdict
from seenred.interop.document import to_json

PLAN = """\
# Bank

## Account

- [x] opens with a balance of 0
- [ ] withdrawals
  - [x] takes what is there
  - [ ] rejects a withdrawal above the balance
- Interest
  - [-] pays interest
    abandoned: no rate is known

## Transfers

- [ ] moves money

## Discovered

- [ ] rejects a negative amount
"""
TEST = "tests/test_account.py::test_takes"


NAMED = "[go]\nplan = 'docs/list.md'\n"


@pytest.fixture
def bank(seenred):
    repository = Repository(seenred.folder)
    repository.commit("feat: begin", {"PLAN.md": PLAN})
    return repository


def cycle(repository, proofs):
    message = "feat: take what is there\n\nChange-Kind: behavioral\nSeenred-Run: ab12"
    commit = repository.commit(message, {"bank.py": "x = 1\n"})
    repository.git("notes", "--ref=refs/notes/seenred", "add", "-m", proofs, commit)
    return commit


@pytest.mark.usefixtures("bank")
def test_the_list_is_shown_with_what_is_next(seenred):
    done = seenred("status")
    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.splitlines() == [
        "PLAN.md  2/6 · 1 abandoned",
        "",
        "Account  2/5",
        "  ✓ opens with a balance of 0",
        "  · withdrawals",
        "    ✓ takes what is there",
        "    → rejects a withdrawal above the balance",
        "    Interest",
        "    - pays interest  abandoned: no rate is known",
        "",
        "Transfers  0/1",
        "  · moves money",
        "",
        "Discovered  waits until you move it to another heading",
        "  · rejects a negative amount",
        "",
        "Next: seenred go",
    ]


def test_the_proofs_of_the_last_cycle_are_shown(seenred, bank):
    red = Proof(Claim.RED, Verdict.PROVEN, TEST, "assertion", "assert 10 == 0")
    green = Proof(Claim.GREEN, Verdict.NOT_PROVEN, TEST, "flaky")
    commit = cycle(bank, to_json((red, green)))
    bank.commit("docs: by hand", {"README.md": "A bank.\n"})
    lines = seenred("status").stdout.splitlines()
    begin = next(n for n, line in enumerate(lines) if "last cycle" in line)
    assert f"last cycle  {commit[:7]} feat: take what is there  " in lines[begin]
    name = TEST.rpartition("::")[2]
    assert [f"✓ red    {name}: assert 10 == 0", f"? green  {name}: flaky"] == lines[
        begin + 1 : begin + 3
    ]


@pytest.mark.parametrize("note", ["not JSON", '{"schema": 99}', "{}"])
def test_a_note_that_is_no_proof_is_said_to_be_none(seenred, bank, note):
    commit = cycle(bank, note)
    done = seenred("status")
    assert 0 == done.returncode
    assert f"! the note on {commit[:7]} " in done.stdout.lower()


def test_commits_that_wait_on_the_branch_of_a_run_are_shown_with_what_to_do(seenred, bank):
    bank.git("checkout", "--quiet", "-b", "seenred/ab12")
    bank.commit("feat: more", {"bank.py": "x = 2\n"})
    bank.git("checkout", "--quiet", "main")
    told = seenred("status").stdout
    assert "! seenred/ab12  1 commit that your branch lacks  → seenred go takes them over," in told
    bank.commit("docs: mine", {"README.md": "A bank.\n"})
    assert (
        "→ git cherry-pick HEAD..seenred/ab12 takes them, git branch -D" in seenred("status").stdout
    )


def test_a_run_that_is_at_work_is_shown_as_such(seenred, bank, tmp_path_factory):
    place = str(tmp_path_factory.mktemp("run") / "tree")
    bank.git("worktree", "add", "-q", "-b", "seenred/ab12", place)
    bank.git("-C", place, "commit", "-q", "--allow-empty", "-m", "feat: more")
    assert "- seenred/ab12  a run is at work, 1 commit so far" in seenred("status").stdout


def test_programs_read_the_same(seenred, bank):
    red = Proof(Claim.RED, Verdict.PROVEN, TEST, "assertion", "assert 10 == 0")
    commit = cycle(bank, to_json((red,)))
    data = json.loads(seenred("status", "--json").stdout)
    assert ("seenred.status/1", 2, 6, 1) == (
        data["schema"],
        data["done"],
        data["total"],
        data["abandoned"],
    )
    assert "rejects a withdrawal above the balance" == data["next"]["text"]
    assert ["withdrawals"] == data["next"]["parents"]
    assert ["pays interest"] == [i["text"] for i in data["items"] if i["mark"] == "abandoned"]
    assert "no rate is known" == data["items"][4]["reason"]
    assert (commit, "behavioral") == (
        data["last_cycle"][0]["commit"],
        data["last_cycle"][0]["kind"],
    )
    assert "red" == data["last_cycle"][0]["proofs"][0]["claim"]
    assert "seenred go" == data["next_step"]


@pytest.mark.parametrize(
    ("plan", "remark", "step"),
    [
        ("# Plan\n", "", "write your first test into PLAN.md"),
        ("## Discovered\n- [ ] a\n", "", "move a discovered test to another heading of PLAN.md"),
        ("- [ ] \n", "PLAN.md:1 is a box without words", "correct PLAN.md"),
        ("- [ ] a\n- [ ] a\n", "open in the lines 1 and 2", "correct PLAN.md"),
        ("- [x] a\n", "", "seenred verify"),
        (
            "- [x] a\n\n## Discovered\n- [ ] b\n",
            "",
            "move what you want from Discovered to another heading of PLAN.md",
        ),
    ],
)
def test_the_next_step_is_what_the_list_needs(seenred, bank, plan, remark, step):
    bank.write({"PLAN.md": plan})
    done = seenred("status")
    assert 0 == done.returncode
    assert done.stdout.endswith(f"\nNext: {step}\n")
    assert remark in done.stdout
    assert bool(remark) == ("! " in done.stdout)


def test_of_a_long_list_what_is_done_is_counted(seenred, bank):
    done = "".join(f"- [x] number {n}\n" for n in range(1000))
    bank.write({"PLAN.md": f"## Old\n{done}\n## New\n- [x] begun\n- [ ] next\n"})
    lines = seenred("status").stdout.splitlines()
    assert ["✓ Old  all 1000", "", "New  1/2", "  ✓ begun", "  → next"] == lines[1:6]


@pytest.mark.usefixtures("bank")
def test_what_a_list_says_cannot_move_the_cursor(seenred):
    seenred.write("PLAN.md", "## A\x1b[2J\n- [ ] a\x1b[31m [bold]b[/bold]\n")
    told = seenred("status").stdout
    assert "\x1b" not in told
    assert "[bold]b[/bold]" in told


def test_it_works_without_a_repository_and_before_the_first_commit(seenred):
    seenred.write("PLAN.md", "- [ ] a\n")
    done = seenred("status")
    assert 0 == done.returncode
    assert "→ a" in done.stdout
    assert done.stdout.endswith("Next: git init\n")
    Repository(seenred.folder)
    assert "Next: git add --all && git commit" in seenred("status").stdout


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "plan-missing"),
        ("folder", "document-is-directory"),
        (b"\x7fELF\0", "document-binary"),
        (b"- [ ] caf\xe9\n", "document-not-utf8"),
        (b"- [ ] a\n" * 200_000, "document-too-large"),
    ],
)
def test_a_list_that_cannot_be_read_is_one_sentence(seenred, content, code):
    path = seenred.folder / "PLAN.md"
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    done = seenred("status")
    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith("seenred: ")
    assert done.stderr.endswith(f"[{code}]\n")
    assert 1 == done.stderr.count("\n")


def test_the_list_is_the_one_that_the_settings_name(seenred, bank):
    bank.write({"docs/list.md": "- [ ] another\n", "src/x.py": "", "seenred.toml": NAMED})
    seenred.folder = bank.path / "src"
    assert "another" in seenred("status").stdout
    (bank.path / "docs/list.md").unlink()
    done = seenred("status")
    assert (done.returncode, "`go.plan` names" in done.stderr) == (2, True), done.stderr
