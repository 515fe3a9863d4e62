"""Which lines of a Markdown text are boxes, and what belongs to each."""

import pytest

from seenred.domain.checkbox import lines_of, read_checklist


def texts(markdown):
    return [box.text for box in read_checklist(markdown).boxes]


@pytest.mark.parametrize(
    "line",
    [
        "- [ ] adds",
        "* [ ] adds",
        "+ [ ] adds",
        "1. [ ] adds",
        "12) [ ] adds",
        "- [] adds",
        "-   [ ]   adds  ",
        "   - [ ] adds",
        "- [x] adds",
        "- [X] adds",
        "- [-] adds",
    ],
)
def test_an_entry_that_begins_with_a_box_is_one(line):
    assert ["adds"] == texts(f"{line}\n")


@pytest.mark.parametrize(
    "markdown",
    [
        "- [](adds)\n",
        "[ ] adds\n",
        "- adds [ ]\n",
        "- [~] adds\n",
        "- [ ]adds\n",
        "-[ ] adds\n",
        "> - [ ] adds\n",
        "text\n\n    - [ ] adds\n",
        "```\n- [ ] adds\n```\n",
        "~~~~ md\n```\n- [ ] adds\n~~~\n- [ ] more\n~~~~\n",
        "```\n- [ ] adds\n",
        "<!--\n- [ ] adds\n-->\n",
        "<!-- - [ ] adds -->\n",
        "<!-- note\n\n- [ ] adds\n",
    ],
)
def test_other_lines_are_none(markdown):
    assert "adds" not in texts(markdown)


def test_an_inline_fence_opens_nothing():
    assert ["adds"] == texts("```all in one line```\n\n- [ ] adds\n")


def test_a_code_block_of_an_entry_ends_with_the_entry():
    assert ["adds", "subtracts"] == texts("- [ ] adds\n  ```\n  1 + 1\n- [ ] subtracts\n")


def test_what_is_never_closed_is_known():
    assert 1 == read_checklist("# A\n```\n- [ ] adds\n").open_since
    assert 0 == read_checklist("<!--\n- [ ] adds\n").open_since
    assert read_checklist("```\n```\n<!-- a -->\n").open_since is None


@pytest.mark.parametrize("tab", ["  ", "    ", "\t"])
def test_boxes_are_nested_by_spaces_and_tabs(tab):
    found = read_checklist(f"- [ ] a\n{tab}- [ ] b\n{tab}{tab}- [ ] c\n- [ ] d\n").boxes
    assert [(), ("a",), ("a", "b"), ()] == [box.parents for box in found]


def test_two_spaces_nest_under_a_number():
    found = read_checklist("1. [ ] a\n  - [ ] b\n").boxes
    assert [(), ("a",)] == [box.parents for box in found]


def test_a_plain_entry_groups_the_boxes_under_it():
    found = read_checklist("- Sums\n  - [ ] adds\n- [ ] other\n").boxes
    assert [("Sums",), ()] == [box.parents for box in found]


def test_a_heading_ends_every_entry():
    found = read_checklist("- [ ] a\n\n## B\n\n  - [ ] b\n").boxes
    assert () == found[1].parents


def test_details_are_what_is_indented_and_no_box():
    markdown = (
        "- [ ] a\n  one\n\n    two\n  - three\n  - [ ] b\n    of b\n\n  of a again\nof nobody\n"
    )
    a, b = read_checklist(markdown).boxes
    assert ("one", "", "  two", "- three", "of a again") == a.details
    assert ("of b",) == b.details


def test_code_under_a_box_is_a_detail_and_a_comment_is_none():
    markdown = "- [ ] a\n  ```python\n  - [ ] no box\n  ```\n  <!-- for people -->\n"
    (a,) = read_checklist(markdown).boxes
    assert ("```python", "- [ ] no box", "```") == a.details


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# A\n## B\n- [ ] x\n", ["A", "B"]),
        ("# A\n## B\n### C ###\n## D #\n- [ ] x\n", ["A", "D"]),
        ("A\n===\n\nB\n---\n- [ ] x\n", ["A", "B"]),
        ("A\n\n---\n- [ ] x\n", []),
        ("#A\n- [ ] x\n", []),
        ("```\n# A\n```\n- [ ] x\n", []),
        ("#\n- [ ] x\n", [""]),
    ],
)
def test_the_headings_above_a_box(markdown, expected):
    (box,) = read_checklist(markdown).boxes
    assert expected == [heading.text for heading in box.headings]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("## a ## b ##", "a ## b"),
        ("## a#", "a#"),
        ("## a \\##", "a \\##"),
        ("## ##", ""),
        ("##\ta\t#\t", "a"),
    ],
)
def test_the_words_of_a_heading_without_what_closes_it(line, text):
    assert [text] == [heading.text for heading in read_checklist(line).headings]


@pytest.mark.parametrize("between", [" ", " #", "#"])
def test_a_long_heading_is_read_at_once(between):
    words = f"a{between * 300_000}b"
    assert [words] == [heading.text for heading in read_checklist(f"# {words}").headings]


@pytest.mark.parametrize("text", ["", "\n", "a", "a\r\nb\rc\n\nd", "a\x0bb\u2028c\n\x85"])
def test_lines_are_those_of_an_editor_and_joined_are_the_text(text):
    assert text == "".join(lines_of(text))
    assert all(line.count("\n") + line.count("\r") <= 2 for line in lines_of(text))
    assert lines_of("a\x0bb\u2028c") == ["a\x0bb\u2028c"]


@pytest.mark.parametrize("before", ["", "\ufeff"])
def test_a_box_says_where_it_is(before):
    text = f"{before}- [x] a\n\t- [ ] b\n"
    lines = lines_of(text)
    boxes = read_checklist(text).boxes
    assert ["x", " "] == [lines[box.line][box.at] for box in boxes]
