from seenred.engine.cycle.difference import changed_lines, patch


def test_only_what_changed_is_told():
    before = "a\nb\nc\n"
    assert list(changed_lines(before, "a\nB\nc\nd\n")) == ["- b", "+ B", "+ d"]


def test_a_new_file_is_all_added():
    assert list(changed_lines("", "x = 1\n")) == ["+ x = 1"]


def test_lines_that_look_like_a_header_are_told():
    assert list(changed_lines("", "++ a\n@@ b\n")) == ["+ ++ a", "+ @@ b"]


def test_nothing_is_told_where_nothing_changed():
    assert list(changed_lines("a\n", "a\n")) == []


def test_a_patch_says_where_each_line_stands():
    files = {"src/a.py": ("a\nb\n", "a\nB\nc\n"), "same.py": ("x\n", "x\n")}
    assert [
        "--- src/a.py",
        "+++ src/a.py",
        "@@ -2 +2,2 @@",
        "-b",
        "+B",
        "+c",
    ] == patch(files).splitlines()


def test_a_patch_of_a_new_file_begins_at_its_first_line():
    assert "@@ -0,0 +1 @@\n+x = 1" in patch({"a.py": ("", "x = 1\n")})
