from __future__ import annotations

import pytest

from seenred.referee.proof.integrity import tricks_in_production, tricks_in_support


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("import pytest", "test-framework"),
        ("from _pytest.reports import TestReport", "test-framework"),
        ("from unittest import mock", "test-framework"),
        ("import unittest.mock as m", "test-framework"),
        ("import importlib\nimportlib.import_module('_pytest.runner')", "test-framework"),
        ("p = __import__('pytest')", "test-framework"),
        ("import sys\nsys._getframe(1)", "frames"),
        ("from sys import _getframe as g\ng(1)", "frames"),
        ("import inspect as i\ni.stack()", "frames"),
        ("def f(x): return x.f_back", "frames"),
        ("import traceback\ntraceback.extract_stack()", "frames"),
        ("import gc\ngc.get_referrers(1)", "frames"),
        ("import sys\nsys.settrace(None)", "frames"),
        ("open('tests/test_a.py').read()", "reads-tests"),
        ("from pathlib import Path\nPath('x').parent.rglob('test_*.py')", "reads-tests"),
        ("from pathlib import Path\nPath('tests', 'data')", "reads-tests"),
        ("from tests.test_a import EXPECTED", "reads-tests"),
        ("import test_bank", "reads-tests"),
        ("import os\nos._exit(0)", "leaves"),
        ("from os import _exit\ndef f(): _exit(0)", "leaves"),
        ("import os\nos.kill(os.getpid(), 9)", "leaves"),
        ("import sys\nsys.exit(0)", "leaves"),
        ("raise SystemExit", "leaves"),
        ("import sys\ndef f(): return 'pytest' in sys.modules", "detects-tests"),
        ("import os\nos.environ['PYTEST_CURRENT_TEST']", "detects-tests"),
        ("import os\nos.environ.get('PYTEST_CURRENT_TEST')", "detects-tests"),
        ("import os\nos.getenv('PYTEST_VERSION')", "detects-tests"),
        ("import sys\nTESTED = 'unittest' in sys.argv[0]", "detects-tests"),
        ("import builtins\nbuiltins.AssertionError = Exception", "patches-builtins"),
        ("import builtins\nsetattr(builtins, 'len', max)", "patches-builtins"),
    ],
)
def test_production_code_has_no_business_with_it(source: str, kind: str) -> None:
    assert kind in [trick.kind for trick in tricks_in_production(source.encode())]


@pytest.mark.parametrize(
    "source",
    [
        "import sys\ndef main(): sys.exit(run())",
        "import sys\nif __name__ == '__main__':\n    sys.exit(0)",
        "import inspect\ninspect.signature(len)",
        "import traceback\ntraceback.format_exc()",
        "import os\ndef serve():\n    if os.fork() == 0:\n        os._exit(0)",
        "import os\nos.environ['HOME']",
        "def latest(path): return open(path).read()",
        "open('data/latest.txt')",
        "def attest(): ...\ncontest = attest()",
        "import subprocess\nsubprocess.run(['pytest', '-q'])",
        "from .testing import fake",
        "import sys\nsys.modules['bank']",
        "import sys\nmodule = sys._getframe(1).f_globals['__name__']",
        "import sys\nmodule = sys._getframe(depth).f_globals.get('__name__', '__main__')",
        "'''See tests/test_a.py and pytest.'''",
        "import atexit\natexit.register(print)",
        "def broken(:",
    ],
)
def test_honest_code_has_no_trick(source: str) -> None:
    assert tricks_in_production(source.encode()) == ()


@pytest.mark.parametrize(
    "source",
    [
        "def pytest_runtest_makereport(item):\n    report = make()\n    report.outcome = 'passed'",
        "from _pytest.reports import TestReport\nTestReport.from_item_and_call = f",
        "import _pytest\n_pytest.runner.check = f",
        "def f(outcome, rep): outcome.force_result(rep)",
        "def f(monkeypatch): monkeypatch.setattr(TestReport, 'passed', True)",
    ],
)
def test_what_serves_tests_may_not_alter_reports(source: str) -> None:
    assert ["alters-reports"] == [trick.kind for trick in tricks_in_support(source.encode())]


@pytest.mark.parametrize(
    "source",
    [
        "def pytest_runtest_makereport(item, call):\n    report = yield\n    item.report = report",
        "import pytest\n@pytest.fixture\ndef x(monkeypatch): monkeypatch.setattr('a.b', 1)",
        "def test_it(order): order.outcome = 'won'",
    ],
)
def test_what_serves_tests_may_look_at_reports(source: str) -> None:
    assert tricks_in_support(source.encode()) == ()


def test_a_trick_is_told_with_its_line() -> None:
    (trick,) = tricks_in_production(b"import os\n\ndef f():\n    os._exit(0)\n")
    assert (4, "calls os._exit") == (trick.line, trick.what)
