"""Takes the user's pytest file: the module that it imports, and whether it can run at all."""

from __future__ import annotations

from dataclasses import dataclass

from seenred.domain.execution import Limits
from seenred.domain.user_tests import imports_module, solution_module
from seenred.errors import UsageError
from seenred.referee.ports import Runner
from seenred.referee.suite import UserTests

_UNSOLVED = "NotSolvedYetError"
# A module of which every name can be imported and nothing can be called.
_STAND_IN = f"""
class {_UNSOLVED}(Exception):
    pass


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)

    def stand_in(*args, **kwargs):
        raise {_UNSOLVED}(name)

    return stand_in
"""


@dataclass(frozen=True, slots=True)
class UserFile:
    """A file of the user's: its path as it was named, and its text."""

    path: str
    text: str


def solution_tests(given: UserFile, function: str | None) -> UserTests:
    """The user's tests of a solution, under the module name that they import it by.

    Raises:
        UsageError: they import nothing that could be the solution.
    """
    module = solution_module(given.text, function)
    if module is None:
        wanted = f"from solution import {function or 'the function'}"
        raise UsageError(
            "tests-import-nothing",
            f"{given.path} imports nothing that could be the solution; begin it with `{wanted}`.",
        )
    return UserTests(given.text, module)


def module_tests(given: UserFile, module: str) -> UserTests:
    """The user's tests of a module of theirs, which they import by its own name.

    Raises:
        UsageError: they do not import it.
    """
    if not imports_module(given.text, module):
        raise UsageError(
            "tests-import-nothing",
            f"{given.path} does not import the code under test; write `import {module}` or "
            f"`from {module} import …`.",
        )
    return UserTests(given.text, module)


async def check_tests(
    runner: Runner, path: str, tests: UserTests, limits: Limits, code: str | None
) -> None:
    """Run the tests once, on the user's own code or on a stand-in, before a model is asked.

    Raises:
        UsageError: the file cannot be loaded or holds no test.
    """
    for tried in [code, _STAND_IN] if code is not None else [_STAND_IN]:
        session = await runner.test(tried, tests.module, tests.text, limits)
        if not session.error or _UNSOLVED in session.error:
            return
    raise UsageError("tests-unusable", f"{path}: {session.error}; correct the file.")
