"""Changes in a working tree of which a test at HEAD or beside them is said to be caused.

The cases are those that `red-green-proof` 0.1 describes in its README and its own tests; its
fixtures are not in its distribution, so they are built here anew. `benches/rgp.py` runs both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from repository import Repository

from seenred.domain.proof import Proof, Verdict
from seenred.errors import UsageError
from seenred.infrastructure.history.git import GitHistory
from seenred.referee.audit.remembering import RememberingRunner
from seenred.referee.named_test import find_test, known_tests
from seenred.referee.proof.green import prove_green
from seenred.referee.proof.ports import Selection, SuiteRunner
from seenred.referee.proof.red import prove_red
from seenred.referee.working_change import working_change

Files = Mapping[str, str | None]
TEST = "test_calc.py::test_it"


@dataclass(frozen=True, slots=True)
class CausalityRow:
    """One repository.

    Attributes:
        head: files of its only commit.
        work: what the working tree has instead; None removes a file.
        rgp: what `rgp` 0.1.0 says: `proven`, `unproven`, `unstable`, or `error` for a refusal.
        ours: worst of red and green, or `error`.
        because: reason of the proof that decides.
        better: why another verdict than rgp's is at least as good; "" where they agree.
    """

    name: str
    head: Files
    work: Files
    rgp: str
    ours: str
    because: str
    better: str = ""
    asked: str = TEST


def lay(row: CausalityRow, repository: Repository) -> None:
    """Make the commit and the working tree, in place of all that was there."""
    repository.git("checkout", "--quiet", "--force", "--orphan", f"row-{ROWS.index(row)}")
    repository.git("rm", "-r", "--force", "--quiet", "--ignore-unmatch", ".")
    repository.git("clean", "-dfxq")
    repository.change(row.head)
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", "head")
    repository.change(row.work)


async def judge(
    history: GitHistory, runner: SuiteRunner, asked: str, seconds: float = 10.0
) -> tuple[str, str]:
    """Verdict and reason of red and green together, as `prove red` and `prove green` have them."""
    limits, runner = Selection(seconds=seconds), RememberingRunner(runner)
    blobs = history.blobs
    change = working_change(history, blobs, None).change
    try:
        test_id = find_test(asked, known_tests(change.tree, blobs))
    except UsageError as error:
        return "error", error.code
    before = await runner.observe(change.base, limits)
    red = await prove_red(
        runner, blobs, change.laid_over, change.tree, test_id, before=before, selection=limits
    )
    if red.verdict is not Verdict.PROVEN:
        return red.verdict, red.reason
    green = await prove_green(
        runner,
        blobs,
        before,
        change.laid_over,
        change.tree,
        [test_id],
        parent=change.base,
        selection=limits,
    )
    return _deciding(red, green)


def _deciding(red: Proof, green: Proof) -> tuple[str, str]:
    decides = red if green.verdict is Verdict.PROVEN else green
    return decides.verdict, decides.reason


_WRONG = "def add(a, b):\n    return a - b\n"
_RIGHT = "def add(a, b):\n    return a + b\n"
_CODE, _FIX = {"calc.py": _WRONG}, {"calc.py": _RIGHT}


def _test(*lines: str, first: str = "from calc import add\n") -> dict[str, str]:
    body = "".join(f"    {line}\n" for line in lines)
    return {"test_calc.py": f"{first}\n\ndef test_it():\n{body}"}


_ASKED = _test("assert add(2, 2) == 4")
_LEAP = {
    "test_leap.py": "from leap import is_leap_year\n\n\ndef test_gregorian_century_rule():\n"
    "    assert is_leap_year(2024) is True\n    assert is_leap_year(1900) is False\n"
}
# the source changes what two files of the same name are about
_SCALED = "SCALE = {scale}\n\n\ndef add(a, b):\n    return a {sign} b\n"
_WIDGETS = {
    f"{side}/test_widget.py": f"import calc\n\n\ndef test_behaviour():\n    assert {what}\n"
    for side, what in (("feature_a", "calc.add(1, 0) == 1"), ("feature_b", "calc.SCALE == 1"))
}
_PACKAGES = {"feature_a/__init__.py": "", "feature_b/__init__.py": ""}

ROWS = (
    CausalityRow(
        "a leap year's century rule",
        {"leap.py": "def is_leap_year(year):\n    return year % 4 == 0\n", **_LEAP},
        {
            "leap.py": "def is_leap_year(year):\n"
            "    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)\n"
        },
        "proven",
        "proven",
        "assertion",
        asked="test_leap.py::test_gregorian_century_rule",
    ),
    CausalityRow("coupled", {**_CODE, **_ASKED}, _FIX, "proven", "proven", "assertion"),
    CausalityRow(
        "an error of the application",
        {"calc.py": "def add(a, b):\n    raise NotImplementedError\n", **_ASKED},
        _FIX,
        "proven",
        "proven",
        "production-exception",
    ),
    CausalityRow(
        "one of three parameters fails",
        {
            **_CODE,
            "test_calc.py": "import pytest\nfrom calc import add\n\n\n"
            "@pytest.mark.parametrize('n', [0, 1, 2])\ndef test_it(n):\n"
            "    assert add(1, n) == 1 + n\n",
        },
        _FIX,
        "proven",
        "proven",
        "assertion",
    ),
    CausalityRow(
        "a tautology",
        {**_CODE, **_ASKED},
        {**_FIX, **_test("assert add(2, 2) in (0, 4)")},
        "unproven",
        "refuted",
        "passes-already",
    ),
    CausalityRow(
        "an import of what the change adds",
        {**_CODE, **_ASKED},
        {
            "calc.py": f"{_RIGHT}\n\ndef twice(n):\n    return add(n, n)\n",
            **_test("assert twice(2) == 4", first="from calc import twice\n"),
        },
        "unproven",
        "proven",
        "missing-symbol",
        "the symbol is the very one that the change introduces",
    ),
    CausalityRow(
        "no source changed",
        {**_CODE, **_ASKED},
        _test("assert add(2, 2) == 0"),
        "unproven",
        "refuted",
        "passes-already",
    ),
    CausalityRow(
        "a hollow test",
        {"calc.py": "def add(a, b):\n    raise ValueError\n", **_test("add(2, 2)")},
        _FIX,
        "proven",
        "proven",
        "production-exception",
    ),
    CausalityRow(
        "another test of the same name breaks",
        {"calc.py": _SCALED.format(scale=1, sign="-"), **_ASKED, **_WIDGETS, **_PACKAGES},
        {"calc.py": _SCALED.format(scale=2, sign="+")},
        "unproven",
        "refuted",
        "worse",
    ),
    CausalityRow(
        "a flaky test",
        {"calc.py": "def add(a, b):\n    return a + b if hash('calc') % 2 else a - b\n", **_ASKED},
        _FIX,
        "unstable",
        "not proven",
        "flaky",
    ),
    CausalityRow(
        "passes at HEAD",
        {"calc.py": _RIGHT, **_ASKED},
        {"calc.py": "def add(a, b):\n    return b + a\n"},
        "unproven",
        "refuted",
        "passes-already",
    ),
    CausalityRow(
        "a module that is not there",
        {**_CODE, **_test("assert add(2, 2) == 4", first="import nowhere_to_be_found\n")},
        _FIX,
        "unproven",
        "refuted",
        "third-party-import",
    ),
    CausalityRow(
        "a syntax error in the test",
        {**_CODE, **_test("assert add(2, 2) = 4")},
        _FIX,
        "unproven",
        "error",
        "tests-missing",
    ),
    CausalityRow(
        "a fixture that is not there",
        {
            **_CODE,
            "test_calc.py": "from calc import add\n\n\ndef test_it(four):\n"
            "    assert add(2, 2) == four\n",
        },
        _FIX,
        "unproven",
        "refuted",
        "unknown-fixture",
    ),
    CausalityRow(
        "skipped",
        {**_CODE, **_test("import pytest", "pytest.skip('later')")},
        _FIX,
        "unproven",
        "refuted",
        "skipped",
    ),
    CausalityRow(
        "a hang at HEAD",
        {
            "calc.py": "def add(a, b):\n    while True:\n        pass\n",
            "rgp.toml": "[runner]\ntimeout_seconds = 3\n",
            **_ASKED,
        },
        _FIX,
        "unproven",
        "not proven",
        "timeout",
    ),
    CausalityRow(
        "what makes it pass is ignored by git",
        {
            **_CODE,
            ".gitignore": "hidden.py\n",
            **_test("import hidden", "assert add(2, 2) == hidden.FOUR"),
        },
        {"calc.py": f"{_WRONG}\n\n# nothing but words\n", "hidden.py": "FOUR = 0\n"},
        "proven",
        "refuted",
        "third-party-import",
        "what git ignores is no part of the change",
    ),
    CausalityRow(
        "a change of words beside it",
        {**_CODE, **_ASKED},
        {**_FIX, "notes.txt": "Sums are sums.\n"},
        "error",
        "proven",
        "assertion",
        "words run nowhere",
    ),
    CausalityRow("a clean tree", {**_CODE, **_ASKED}, {}, "error", "refuted", "failed"),
    CausalityRow(
        "test and source in one file",
        {"calc.py": f"{_WRONG}\n\ndef test_it():\n    assert add(2, 2) == 4\n"},
        {"calc.py": f"{_RIGHT}\n\ndef test_it():\n    assert add(2, 2) == 4\n"},
        "error",
        "error",
        "tests-missing",
        asked="calc.py::test_it",
    ),
    CausalityRow(
        "no such test",
        {**_CODE, **_ASKED},
        _FIX,
        "error",
        "error",
        "test-unknown",
        asked="test_calc.py::test_does_not_exist",
    ),
    CausalityRow(
        "several tests",
        {
            **_CODE,
            "test_calc.py": "from calc import add\n\n\ndef test_a():\n    assert add(2, 2) == 4\n"
            "\n\ndef test_b():\n    assert add(1, 1) == 2\n",
        },
        _FIX,
        "error",
        "error",
        "test-ambiguous",
        asked="test_calc.py",
    ),
)
