from seenred.engine.cycle.difference import changed_lines


def test_only_what_changed_is_told():
    before = "a\nb\nc\n"
    assert list(changed_lines(before, "a\nB\nc\nd\n")) == ["- b", "+ B", "+ d"]


def test_a_new_file_is_all_added():
    assert list(changed_lines("", "x = 1\n")) == ["+ x = 1"]


def test_lines_that_look_like_a_header_are_told():
    assert list(changed_lines("", "++ a\n@@ b\n")) == ["+ ++ a", "+ @@ b"]


def test_nothing_is_told_where_nothing_changed():
    assert list(changed_lines("a\n", "a\n")) == []
