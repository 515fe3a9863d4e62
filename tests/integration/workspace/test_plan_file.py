from __future__ import annotations

import pytest

from seenred.errors import SeenredError, UsageError
from seenred.infrastructure.workspace.plan_file import find_plan, read_plan, write_plan


@pytest.mark.parametrize("name", ["PLAN.md", "plan.md"])
def test_the_nearest_list_up_to_the_root_of_the_repository_is_found(tmp_path, name):
    (tmp_path / "PLAN.md").write_text("- [ ] of somebody else\n")
    shop = tmp_path / "shop"
    inner = shop / "src" / "cart"
    inner.mkdir(parents=True)
    (shop / ".git").mkdir()
    with pytest.raises(UsageError, match=r"no PLAN\.md in .*cart or above it; `seenred init`"):
        find_plan(inner)
    (shop / name).write_text("- [ ] a\n")
    assert shop / name == find_plan(inner)


def test_without_a_repository_only_the_folder_itself_is_looked_at(tmp_path):
    (tmp_path / "PLAN.md").write_text("- [ ] a\n")
    inner = tmp_path / "inner"
    inner.mkdir()
    assert tmp_path / "PLAN.md" == find_plan(tmp_path)
    with pytest.raises(UsageError) as refused:
        find_plan(inner)
    assert "plan-missing" == refused.value.code


def test_a_list_that_is_named_lies_where_it_is_said_to_from_the_root(tmp_path):
    (tmp_path / ".git").mkdir()
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "PLAN.md").write_text("- [ ] a\n")
    with pytest.raises(UsageError, match=r"no list\.md in .*`go\.plan` names"):
        find_plan(inner, "list.md")
    (tmp_path / "list.md").write_text("- [ ] a\n")
    assert tmp_path / "list.md" == find_plan(inner, "list.md")


def test_what_was_read_is_written_back_byte_for_byte(tmp_path):
    path = tmp_path / "PLAN.md"
    content = "\ufeff# é\r\n\r\n- [ ] a\n\tb\x0b".encode()
    path.write_bytes(content)
    path.chmod(0o640)
    text = read_plan(path)
    write_plan(path, text)
    assert content == path.read_bytes()
    assert 0o640 == path.stat().st_mode & 0o777
    assert [path] == [*tmp_path.iterdir()]


def test_a_link_to_a_list_stays_a_link(tmp_path):
    (tmp_path / "real.md").write_text("- [ ] a\n")
    link = tmp_path / "PLAN.md"
    link.symlink_to("real.md")
    write_plan(link, "- [x] a\n")
    assert link.is_symlink()
    assert "- [x] a\n" == (tmp_path / "real.md").read_text()


def test_a_folder_that_is_gone_is_one_sentence(tmp_path):
    with pytest.raises(SeenredError) as refused:
        write_plan(tmp_path / "gone" / "PLAN.md", "")
    assert "plan-not-writable" == refused.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\0\x01", "document-binary"),
        (b"caf\xe9", "document-not-utf8"),
        (None, "document-is-directory"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, content, code):
    path = tmp_path / "PLAN.md"
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(UsageError) as refused:
        read_plan(find_plan(tmp_path))
    assert code == refused.value.code
    assert "PLAN.md" in refused.value.message
