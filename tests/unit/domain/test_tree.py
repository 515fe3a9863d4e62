from __future__ import annotations

from seenred.domain.tree import Entry, Tree

_TREE = Tree({"a.py": Entry("1"), "b.py": Entry("2")})


def test_changes_put_replace_and_remove() -> None:
    changed = _TREE.with_changes({"a.py": None, "b.py": Entry("3"), "c.py": Entry("4")})

    assert changed == Tree({"b.py": Entry("3"), "c.py": Entry("4")})


def test_changed_paths_are_those_whose_entry_differs() -> None:
    other = Tree({"a.py": Entry("1", executable=True), "c.py": Entry("2")})

    assert _TREE.changed_from(other) == ("a.py", "b.py", "c.py")


def test_digest_depends_on_content_and_mode_alone() -> None:
    again = Tree({"b.py": Entry("2"), "a.py": Entry("1")})
    executable = _TREE.with_changes({"a.py": Entry("1", executable=True)})

    assert again.digest == _TREE.digest
    assert executable.digest != _TREE.digest
