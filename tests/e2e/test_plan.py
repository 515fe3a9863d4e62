"""`seenred plan`: a description becomes a list that a person edits."""

import json

import pytest

from seenred.domain.plan import parse_plan

METER = """\
# Parking meter

A meter takes coins and says how long one may park.

- One euro buys 30 minutes.
- Nobody may park longer than 240 minutes.
"""
LIST = """\
- [ ] a new meter shows 0 minutes
- [ ] one euro buys 30 minutes
- [ ] ten euro buy 240 minutes
- [ ] 0.50 euro buys 15 minutes
"""
DRAFTED = """\
- [ ] a new meter shows 0 minutes
  <!-- not in meter.md, so check it: 0 -->
- [ ] one euro buys 30 minutes
- [ ] ten euro buy 240 minutes
- [ ] 0.50 euro buys 15 minutes
  <!-- not in meter.md, so check it: 0.50, 15 -->
"""


@pytest.fixture
def meter(seenred):
    return seenred.write("meter.md", METER)


def test_a_list_is_drafted_with_what_a_person_must_check(seenred, meter):
    done = seenred("plan", meter, "--model", seenred.script(LIST))
    assert 0 == done.returncode, done.stderr
    assert done.stdout.splitlines() == [
        "PLAN.md  4 tests drafted from meter.md",
        "  ! a new meter shows 0 minutes",
        "  · one euro buys 30 minutes",
        "  · ten euro buy 240 minutes",
        "  ! 0.50 euro buys 15 minutes",
        "",
        "! not in meter.md: 0, 0.50, 15  → check each, or take it out",
        "",
        "Next: edit PLAN.md, then seenred go",
    ]
    about = "# Parking meter\n\nA meter takes coins and says how long one may park."
    assert f"{about}\n\n## Test list\n\n{DRAFTED}" == seenred.read("PLAN.md")
    assert 4 == parse_plan(seenred.read("PLAN.md")).total


def test_what_the_list_has_already_stays_and_is_not_added_twice(seenred, meter):
    old = "# Garage\r\n\r\n* [x] one euro buys 30 minutes\r\n\r\n## Discovered\r\n\r\n* [ ] a\r\n"
    (seenred.folder / "PLAN.md").write_bytes(old.encode())
    done = seenred("plan", meter, "--model", seenred.script(LIST))
    assert "PLAN.md  3 tests drafted" in done.stdout
    now = (seenred.folder / "PLAN.md").read_bytes().decode()
    head, _, tail = now.partition("## Parking meter\r\n\r\n* [ ] a new meter shows 0 minutes\r\n")
    assert old.startswith(head)
    assert tail.endswith(old.removeprefix(head))
    again = seenred("plan", meter, "--model", seenred.script(LIST))
    assert "PLAN.md  0 tests drafted" in again.stdout
    assert now == (seenred.folder / "PLAN.md").read_bytes().decode()


def test_after_init_the_tests_go_where_the_list_is(seenred, meter):
    seenred("init")
    seenred("plan", meter, "--model", seenred.script(LIST))
    text = seenred.read("PLAN.md")
    assert text.endswith(f"-->\n\n### Parking meter\n\n{DRAFTED}")
    assert "a new meter shows 0 minutes" == parse_plan(text).next_item.text


def test_another_file_may_be_named_and_programs_read_what_was_added(seenred, meter):
    done = seenred("plan", meter, "-o", "LATER.md", "--json", "--model", seenred.script(LIST))
    data = json.loads(done.stdout)
    assert ("seenred.plan/1", "LATER.md", 4) == (
        data["schema"],
        data["plan"],
        len(data["items"]),
    )
    assert {"text": "0.50 euro buys 15 minutes", "invented": ["0.50", "15"]} == data["items"][3]
    assert not (seenred.folder / "PLAN.md").exists()


def test_a_reply_without_a_list_is_asked_for_once_more(seenred, meter):
    done = seenred("plan", meter, "--model", seenred.script("Sure!", LIST))
    assert 0 == done.returncode


def test_without_a_usable_reply_nothing_is_written(seenred, meter):
    done = seenred("plan", meter, "--model", seenred.script("Sure!", "Certainly!"))
    assert (1, "") == (done.returncode, done.stdout)
    assert "holds no list of tests" in done.stderr
    assert done.stderr.endswith("[plan-unusable]\n")
    assert not (seenred.folder / "PLAN.md").exists()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("meter.md", None, "document-missing"),
        ("meter.md", b"", "document-empty"),
        ("meter.md", b"\0", "document-binary"),
        ("meter.md", b"caf\xe9", "document-not-utf8"),
        ("meter.py", b"x = 1", "document-unknown-type"),
        ("PLAN.md", b"- [ ] caf\xe9", "document-not-utf8"),
        ("PLAN.md", "folder", "document-is-directory"),
        ("no/PLAN.md", None, "plan-folder-missing"),
    ],
)
def test_bad_input_is_refused_before_a_model_is_asked(seenred, name, content, code):
    seenred.write("meter.md", METER)
    path = seenred.folder / name
    if content is None:
        path.unlink(missing_ok=True)
    elif content == "folder":
        path.mkdir()
    else:
        path.write_bytes(content)
    given = "meter.md" if "PLAN" in name else name
    into = name if "PLAN" in name else "PLAN.md"
    done = seenred("plan", given, "-o", into, "--model", seenred.script())
    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.endswith(f"[{code}]\n")
    assert 1 == done.stderr.count("\n")


def test_the_list_that_the_settings_name_is_made(seenred, meter):
    seenred.write("seenred.toml", "[go]\nplan = 'list.md'\n")
    done = seenred("plan", meter, "--model", seenred.script(LIST))
    assert done.returncode == 0, done.stderr
    assert "- [ ]" in seenred.read("list.md")
    assert not (seenred.folder / "PLAN.md").exists()


def test_what_the_description_says_and_no_test_has_is_told(seenred, meter):
    listed = "- [ ] one euro buys 30 minutes\n"
    done = seenred("plan", meter, "--model", seenred.script(listed))
    told = (
        "! meter.md has values that no test has  → add a test for what is to hold\n"
        "  · Nobody may park longer than 240 minutes.\n"
    )
    assert told in done.stdout
    again = seenred("plan", meter, "--json", "--model", seenred.script(listed))
    assert json.loads(again.stdout)["left_out"] == [
        {"text": "Nobody may park longer than 240 minutes.", "values": ["240"]}
    ]
