"""`seenred go` with a model that fills gaps in the code, where its whole replies do not help."""

import pytest
from go_project import GoProject, code

PLAN = """# Total

`total(text)` in a module `total` adds numbers.

## Test list

- [ ] `total("1,2")` is 3
- [ ] a line break separates too: `total("1\\n2,3")` is 6
"""
FIRST_TEST = code('def test_comma():\n    assert total("1,2") == 3\n')
FIRST = code('def total(text):\n    return sum(int(each) for each in text.split(","))\n')
SECOND_TEST = code('def test_break():\n    assert total("1\\n2,3") == 6\n')
SAME = FIRST
WHERE = '    # A line break separates too: `total("1\\n2,3")` is 6\n    text = '
RIGHT = 'text.replace("\\n", ",")\n'


def fill(text, match=""):
    return {"text": text, "match": match, "fills": True}


@pytest.fixture
def project(tmp_path, seenred):
    seenred.folder = tmp_path / "project"
    return GoProject(seenred.folder, PLAN)


@pytest.fixture
def go(seenred, project):
    def run(*replies):
        script = project.script(FIRST_TEST, FIRST, SECOND_TEST, *replies)
        return seenred("go", "--all", "--yes", "--model", script)

    return run


def test_what_is_missing_in_the_code_is_filled_in(go, project, seenred):
    done = go(SAME, SAME, fill(RIGHT, WHERE))
    assert done.returncode == 0, done.stdout + done.stderr
    assert project.read("total.py") == (
        "def total(text):\n"
        '    text = text.replace("\\n", ",")\n'
        '    return sum(int(each) for each in text.split(","))\n'
    )
    assert seenred("verify", "HEAD~2..HEAD").returncode == 0


def test_a_filling_that_the_referee_refuses_is_followed_by_the_next(go, project):
    special = fill('text == "1\\n2,3":\n        return 6\n', "    if ")
    done = go(
        SAME,
        SAME,
        fill("text\n", WHERE),
        special,
        fill(f"    {'text = ' + RIGHT}    return sum(map(int, text.split(',')))\n"),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "return 6" not in project.read("total.py")
    assert "map(int" in project.read("total.py")


def test_where_no_filling_helps_whole_replies_are_asked_for_again(go, project):
    better = code(
        "def total(text):\n"
        '    return sum(int(each) for each in text.replace("\\n", ",").split(","))\n'
    )
    done = go(SAME, SAME, fill("text.strip()\n", WHERE), better)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✗" in done.stdout + done.stderr or "refused" in done.stdout + done.stderr
    assert 'replace("\\n", ",").split' in project.read("total.py")
