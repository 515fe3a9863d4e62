from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent

import pytest
from memory_blobs import MemoryBlobs

from seenred.referee.audit.change import change_between
from seenred.referee.audit.changed_tests import ChangedTests, changed_tests

PATH = "tests/test_a.py"


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> ChangedTests:
    blobs = MemoryBlobs()
    base, tree = [
        blobs.tree({path: dedent(text) for path, text in files.items()})
        for files in (before, after)
    ]
    change = change_between(base, tree, blobs)
    return changed_tests((*change.tests, *change.support))


def in_one_file(before: str, after: str) -> ChangedTests:
    return changed({PATH: before}, {PATH: after})


ONE = "def test_one():\n    assert f(1) == 1\n    assert f(2) == 2\n    assert f(3) == 3\n"


def test_new_and_removed_tests_are_found_by_name() -> None:
    other = "class TestB:\n    def test_two(self):\n        assert g()\n"
    assert ["tests/test_a.py::TestB::test_two"] == [
        each.test_id for each in in_one_file(ONE, ONE + other).new
    ]
    assert ["tests/test_a.py::TestB::test_two"] == [
        each.test_id for each in in_one_file(ONE + other, ONE).removed
    ]


def test_a_test_that_only_changed_its_name_or_place_is_renamed() -> None:
    [(old, new)] = in_one_file(ONE, ONE.replace("test_one", "test_first")).renamed
    assert ("test_one", "test_first") == (old.name, new.name)
    moved = changed({"tests/test_a.py": ONE}, {"tests/test_b.py": ONE})
    assert [("tests/test_a.py", "tests/test_b.py")] == [(a.path, b.path) for a, b in moved.renamed]
    assert not moved.removed
    assert not moved.new


def test_a_test_that_was_renamed_and_edited_is_one_test() -> None:
    after = ONE.replace("test_one", "test_first").replace("f(3) == 3", "f(3)")
    found = in_one_file(ONE, after)
    assert ["== 3 → is true"] == [w.what for e in found.edited for w in e.weakenings]
    assert not found.removed


def test_layout_comments_and_docstrings_are_no_edit() -> None:
    assert not in_one_file(ONE, ONE.replace(":\n", ":\n    '''Why.'''  # so\n", 1))


@pytest.mark.parametrize(
    "used",
    [
        "ROWS = [(1, {})]\n@pytest.mark.parametrize('r', ROWS)\ndef test_a(r):\n    assert f(r)\n",
        "def helper(x):\n    return x + {}\ndef test_a():\n    assert helper(1) == f(1)\n",
        "@pytest.fixture\ndef cart():\n    return {}\ndef test_a(cart):\n    assert f(cart)\n",
    ],
)
def test_what_a_test_uses_of_its_file_belongs_to_it(used: str) -> None:
    rest = "def test_other():\n    assert g()\n"
    found = in_one_file(used.format(1) + rest, used.format(2) + rest)
    assert ["test_a"] == [each.new.test.name for each in found.edited]


def test_a_fixture_that_all_use_belongs_to_all() -> None:
    fixture = "@pytest.fixture(autouse=True)\ndef till():\n    open_till({})\n"
    tests = "def test_a():\n    assert f(1)\n" + ONE
    found = in_one_file(fixture.format(1) + tests, fixture.format(2) + tests)
    assert ["test_a", "test_one"] == [each.new.test.name for each in found.edited]


def test_rows_dropped_from_a_table_are_told() -> None:
    file = (
        "ROWS = [{}]\n@pytest.mark.parametrize('r', ROWS)\ndef test_a(r):\n    assert f(r) == 1\n"
    )
    [edited] = in_one_file(file.format("1, 2, 3"), file.format("1")).edited
    assert ["3 → 1 parameter rows; gone: 2"] == [each.what for each in edited.weakenings]


def test_a_helper_that_no_longer_asserts_is_told() -> None:
    helper = "def is_total(cart):\n    {}\n"
    found = changed(
        {"tests/cart_checks.py": helper.format("assert cart.total() == 1")},
        {"tests/cart_checks.py": helper.format("cart.total()")},
    )
    assert [("tests/cart_checks.py:1", "is_total", "emptied")] == [
        (each.where, each.name, each.weakening.kind) for each in found.support
    ]


@pytest.mark.parametrize(
    ("added", "what"),
    [
        (
            "def pytest_runtest_makereport(item):\n    report.outcome = 'passed'\n",
            "pytest_runtest_makereport() may change what is reported of tests",
        ),
        (
            "def pytest_collection_modifyitems(items):\n    items[:] = []\n",
            "pytest_collection_modifyitems() leaves out tests",
        ),
        ("collect_ignore = ['test_a.py']\n", "collect_ignore = ['test_a.py']"),
        ("_pytest.reports.TestReport.failed = False\n", None),
    ],
)
def test_hooks_that_change_reports_or_leave_tests_out_are_told(
    added: str, what: str | None
) -> None:
    found = changed({"conftest.py": "import pytest\n"}, {"conftest.py": "import pytest\n" + added})
    assert 1 == len(found.support)
    assert what in (None, found.support[0].weakening.what)
    assert not changed({"conftest.py": added}, {"conftest.py": added + "X = 1\n"}).support


def test_an_ordinary_fixture_in_conftest_is_no_hook() -> None:
    added = "@pytest.fixture\ndef cart():\n    return Cart()\n"
    assert not changed({"conftest.py": ""}, {"conftest.py": added}).support
