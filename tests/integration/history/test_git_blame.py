from seenred.infrastructure.history.git_blame import blame_line


def test_a_line_comes_from_the_commit_that_last_wrote_it(repository, open_history):
    repository.commit("feat: one", {"src/cart.py": "a = 1\nb = 2\n"})
    second = repository.commit("fix: two", {"src/cart.py": "a = 1\nb = 3\n"})
    found = blame_line(open_history(repository.path), "src/cart.py", 2)
    assert (second, "fix: two", "Ada", "src/cart.py") == (
        found.commit,
        found.subject,
        found.author,
        found.path,
    )
    assert repository.git("log", "-1", "--format=%as") == found.date


def test_a_moved_file_is_named_as_it_was_called_then(repository, open_history):
    first = repository.commit("feat: one", {"old.py": "a = 1\nb = 2\nc = 3\nd = 4\n"})
    repository.git("mv", "old.py", "new.py")
    repository.commit("refactor: move", {})
    found = blame_line(open_history(repository.path), "new.py", 2)
    assert (first, "old.py") == (found.commit, found.path)


def test_a_line_or_a_file_that_is_not_committed_has_no_commit(repository, open_history):
    repository.commit("feat: one", {"cart.py": "a = 1\n"})
    repository.write({"cart.py": "a = 1\nb = 2\n", "new.py": "c = 3\n"})
    history = open_history(repository.path)
    assert "" == blame_line(history, "cart.py", 2).commit
    assert "" == blame_line(history, "new.py", 1).commit
