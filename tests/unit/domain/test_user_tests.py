import pytest

from seenred.domain.user_tests import imports_module, signature_from_tests, solution_module


@pytest.mark.parametrize(
    ("source", "module"),
    [
        ("from solution import pair", "solution"),
        ("import solution", "solution"),
        ("import pytest\nimport math\nfrom two_sum import pair", "two_sum"),
        ("from app.sums import pair", "app.sums"),
        ("import two_sum", "two_sum"),
        ("import numpy\nfrom two_sum import pair", "two_sum"),
        ("from two_sum import pair\nfrom solution import pair as other", "solution"),
        ("def test_it():\n    from two_sum import pair\n", "two_sum"),
        ("import importlib\nit = importlib.import_module('solution')", "solution"),
        ("import sys, subprocess\nsubprocess.run([sys.executable, 'solution.py'])", "solution"),
        ("def test_it():\n    assert 1 + 1 == 2\n", None),
        ("from .solution import pair", None),
        ("from statistics import pair", None),
        ("import one\nimport other", None),
    ],
)
def test_the_module_by_which_tests_mean_the_solution(source, module):
    assert module == solution_module(source, "pair")


@pytest.mark.parametrize(
    ("source", "imports"),
    [
        ("from code import median", True),
        ("import code as legacy", True),
        ("import importlib\nm = importlib.import_module('code')", True),
        ("from solution import median", False),
        ("def test_it(): pass", False),
    ],
)
def test_whether_a_module_is_imported_by_its_own_name(source, imports):
    assert imports is imports_module(source, "code")


@pytest.mark.parametrize(
    ("source", "head"),
    [
        ("from solution import add\ndef test_a(): assert add(1, 2) == 3", "def add(a, b):"),
        ("from solution import add\ndef test_a(): assert add() == 3", "def add():"),
        ("from solution import add, sub\nadd(1)", None),
        ("from solution import add\nadd(*x)", None),
        ("import solution\nsolution.add(1)", None),
    ],
)
def test_the_tested_function_is_told_by_import_and_call(source, head):
    signature = signature_from_tests(source, "solution")
    assert head == (signature.render() if signature else None)
