from __future__ import annotations

import pytest

from seenred.domain.line_merge import distance, merge_lines

BASE = b"# Plan\n\n- [ ] a\n- [ ] b\n- [ ] c\n"
MARKED = BASE.replace(b"[ ] b", b"[x] b")


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        (BASE, MARKED, MARKED),
        (MARKED, MARKED, MARKED),
        (BASE, BASE, BASE),
        # a neighbour changed, was added, was removed
        (
            BASE.replace(b"[ ] a", b"[ ] a, too"),
            MARKED,
            MARKED.replace(b"[ ] a", b"[ ] a, too"),
        ),
        (
            BASE.replace(b"- [ ] c", b"- [ ] b2\n- [ ] c"),
            MARKED,
            MARKED.replace(b"- [ ] c", b"- [ ] b2\n- [ ] c"),
        ),
        (BASE.replace(b"- [ ] a\n", b""), MARKED, MARKED.replace(b"- [ ] a\n", b"")),
        (BASE.replace(b"- [ ] c\n", b""), MARKED, MARKED.replace(b"- [ ] c\n", b"")),
        # moved as a whole
        (b"# Plan\n\nnew\n\nlines\n" + BASE[8:], MARKED, b"# Plan\n\nnew\n\nlines\n" + MARKED[8:]),
        # the line itself changed or went: the user's words stay
        (BASE.replace(b"[ ] b", b"[ ] B"), MARKED, BASE.replace(b"[ ] b", b"[ ] B")),
        (BASE.replace(b"- [ ] b\n", b""), MARKED, BASE.replace(b"- [ ] b\n", b"")),
        # items are offered at the end, where the user added one as well
        (BASE + b"- [ ] d\n", BASE + b"\n## New\n", BASE + b"\n## New\n- [ ] d\n"),
        (BASE + b"\n## New\n", BASE + b"\n## New\n", BASE + b"\n## New\n"),
        # mark and offer at once, next to each other
        (
            b"- [ ] b\nmine\n",
            b"- [x] b\n- [ ] d\n",
            b"- [x] b\n- [ ] d\nmine\n",
        ),
        # without a last line end, and with Windows' line ends
        (b"mine\n- [ ] b", b"- [x] b", b"mine\n- [x] b"),
        (b"mine\r\n- [ ] b\r\n", b"- [x] b\r\n", b"mine\r\n- [x] b\r\n"),
        # a text that nothing is known of stays
        (b"mine\n", b"theirs\n", b"mine\n"),
        (b"", b"theirs\n", b"theirs\n"),
    ],
)
def test_only_the_lines_that_changed_are_changed(ours: bytes, theirs: bytes, merged: bytes) -> None:
    base = {
        b"- [x] b\n- [ ] d\n": b"- [ ] b\n",
        b"- [x] b": b"- [ ] b",
        b"- [x] b\r\n": b"- [ ] b\r\n",
        b"theirs\n": b"",
    }.get(theirs, BASE)
    assert merged == merge_lines(base, ours, theirs)


def test_the_distance_counts_lines() -> None:
    assert (0, 2, 1) == (
        distance(BASE, BASE),
        distance(BASE, MARKED),
        distance(BASE, BASE + b"- [ ] d\n"),
    )
