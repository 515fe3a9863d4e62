import pytest

from seenred.errors import UsageError
from seenred.referee.working_change import working_change

CODE = "def total(): return 3\n"


@pytest.fixture
def history(repository, open_history):
    repository.commit("feat: total", {"cart.py": CODE, "test_cart.py": "def test_a(): pass\n"})
    return open_history(repository.path)


def _paths(found):
    return [each.path for each in found.change.files]


def test_uncommitted_work_is_compared_with_head(repository, history):
    repository.write({"cart.py": CODE + "x = 1\n", "test_new.py": "def test_b(): pass\n"})
    found = working_change(history, history.blobs, None)
    assert ["cart.py", "test_new.py"] == _paths(found)
    assert "working tree against HEAD (it has uncommitted changes)" == found.told


def test_a_clean_tree_is_compared_with_the_parent(repository, history):
    repository.commit("feat: more", {"cart.py": CODE + "x = 1\n"})
    found = working_change(history, history.blobs, None)
    assert (["cart.py"], "HEAD~1") == (_paths(found), found.base)
    assert "working tree against HEAD~1 (it is clean)" == found.told


def test_the_first_commit_is_compared_with_the_empty_project(history):
    found = working_change(history, history.blobs, None)
    assert ["cart.py", "test_cart.py"] == _paths(found)
    assert "the empty project" in found.told


def test_a_named_base_is_taken(repository, history):
    repository.commit("feat: more", {"b.py": ""})
    repository.commit("feat: yet more", {"c.py": ""})
    found = working_change(history, history.blobs, "HEAD~2")
    assert ["b.py", "c.py"] == _paths(found)
    assert "working tree against HEAD~2" == found.told


def test_submodules_of_either_state_are_told(repository, history):
    at = repository.git("rev-parse", "HEAD")
    for path in ("vendor/old", "vendor/lib"):
        repository.git("update-index", "--add", "--cacheinfo", f"160000,{at},{path}")
    repository.git("commit", "--quiet", "--message", "chore: two libraries")
    repository.git("rm", "--quiet", "--cached", "vendor/old")
    repository.git("commit", "--quiet", "--message", "chore: one library")
    (repository.path / "vendor/lib").mkdir(parents=True)
    assert ("vendor/lib", "vendor/old") == working_change(history, history.blobs, None).submodules


def test_an_unknown_base_is_refused(history):
    with pytest.raises(UsageError, match="no revision 'mian'"):
        working_change(history, history.blobs, "mian")
