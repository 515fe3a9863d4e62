"""A project that says nothing of how it is imported."""

import pytest
from go_project import ADD

INI = "[pytest]\npythonpath = .\n"


@pytest.mark.parametrize(("files", "told"), [({}, 1), ({"pytest.ini": INI}, 0)])
def test_it_is_told_how_the_bare_command_pytest_finds_the_module(work, files, told):
    work.project.commit("chore: more", {"README.md": "Sums.\n", **files})
    work.go(ADD)
    assert [note.startswith("`python -m pytest` runs this; ") for note in work.notes] == [
        True
    ] * told
