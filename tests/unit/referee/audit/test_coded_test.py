from __future__ import annotations

import ast

import pytest

from seenred.referee.audit.coded_test import coded_tests


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def test_a(): ...\ndef b(): ...\n", ["test_a"]),
        ("class TestA:\n    def test_b(self): ...\n", ["TestA::test_b"]),
        ("class Carts(TestCase):\n    def test_b(self): ...\n", ["Carts::test_b"]),
        ("class CodedTest:\n    def test_id(self): ...\n", []),
        ("if 1:\n    async def test_a(): ...\n", ["test_a"]),
    ],
)
def test_the_tests_of_a_file_are_those_that_pytest_may_collect(
    source: str, names: list[str]
) -> None:
    assert names == list(coded_tests("tests/test_it.py", ast.parse(source)))
