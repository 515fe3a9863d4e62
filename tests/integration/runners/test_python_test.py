from __future__ import annotations

import asyncio
from textwrap import dedent

import pytest

from seenred.domain.execution import Limits
from seenred.infrastructure.runners.python import PythonRunner
from seenred.referee.ports import TestSession

_SOURCE = "def double(x):\n    return x * 2\n"


def _test(runner: PythonRunner, tests: str, source: str = _SOURCE) -> TestSession:
    limits = Limits(seconds=4.0)
    return asyncio.run(runner.test(source, "solution", dedent(tests), limits))


def test_each_test_has_its_report(runner: PythonRunner) -> None:
    session = _test(
        runner,
        """
        import pytest
        from solution import double

        def test_right(): assert double(2) == 4

        def test_wrong():
            assert double(2) == 5

        @pytest.mark.parametrize("x", [1, 2])
        def test_each(x): assert double(x) == 2

        @pytest.fixture
        def broken(): raise RuntimeError("no fixture")

        def test_set_up(broken): pass

        @pytest.mark.skip(reason="later")
        def test_skipped(): pass
        """,
    )

    assert session.error == ""
    assert [(r.test_id.partition("::")[2], r.passed, r.message) for r in session.reports] == [
        ("test_right", True, ""),
        ("test_wrong", False, "assert 4 == 5"),
        ("test_each[1]", True, ""),
        ("test_each[2]", False, "assert 4 == 2"),
        ("test_set_up", False, "RuntimeError: no fixture"),
        ("test_skipped", None, "skipped: Skipped: later"),
    ]


@pytest.mark.parametrize("module", ["app.sums", "code", "sums"])
def test_the_candidate_has_the_name_that_the_tests_import(
    runner: PythonRunner, module: str
) -> None:
    tests = f"from {module} import double\n\ndef test_it():\n    assert double(2) == 4\n"

    session = asyncio.run(runner.test(_SOURCE, module, tests, Limits(seconds=4.0)))

    assert (session.error, [r.passed for r in session.reports]) == ("", [True])


def test_a_test_that_is_expected_to_fail_says_nothing(runner: PythonRunner) -> None:
    session = _test(
        runner,
        """
        import pytest

        @pytest.mark.xfail
        def test_x(): assert False
        """,
    )

    assert [r.passed for r in session.reports] == [None]


@pytest.mark.parametrize(
    ("tests", "error"),
    [
        ("from solution import triple\n", "cannot import name 'triple' from 'solution'"),
        ("import no_such_module\n", "No module named 'no_such_module'"),
        ("def test_x(:\n", "SyntaxError"),
        ("x = 1\n", "the test file holds no test"),
        ("import os; os._exit(0)\n", "exit code 0"),
        ("while True: pass\n", "timed out"),
    ],
)
def test_file_that_cannot_be_judged_says_why(runner: PythonRunner, tests: str, error: str) -> None:
    session = _test(runner, tests)

    assert session.reports == ()
    assert error in session.error


def test_candidate_that_does_not_import_is_an_error(runner: PythonRunner) -> None:
    session = _test(runner, "import solution\ndef test_x(): pass\n", source="1 / 0\n")

    assert "ZeroDivisionError" in session.error


@pytest.mark.parametrize(
    ("body", "message"),
    [("while True: pass", "hit the limit of 4 s"), ("import os; os._exit(0)", "exit code 0")],
)
def test_test_that_ends_the_session_is_named(runner: PythonRunner, body: str, message: str) -> None:
    tests = f"def test_a(): pass\ndef test_b():\n    {body}\ndef test_c(): pass\n"

    first, guilty, later = _test(runner, tests).reports

    assert first.passed
    assert not guilty.passed
    assert message in guilty.message
    assert not later.passed
    assert later.message.startswith("not run")


def test_large_output_of_a_test_is_not_its_failure(runner: PythonRunner) -> None:
    (report,) = _test(runner, "def test_a():\n    print('x' * 5000)\n").reports

    assert report.passed


def test_unittest_style_is_understood(runner: PythonRunner) -> None:
    session = _test(
        runner,
        """
        import unittest
        from solution import double

        class Doubling(unittest.TestCase):
            def test_right(self): self.assertEqual(double(1), 2)
            def test_wrong(self): self.assertEqual(double(1), 3)
        """,
    )

    assert [(r.passed, r.message) for r in session.reports] == [
        (True, ""),
        (False, "AssertionError: 2 != 3"),
    ]
