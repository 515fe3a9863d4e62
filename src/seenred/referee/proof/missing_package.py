"""Imports of what is neither the project's own nor installed: of such a run nothing is known."""

from __future__ import annotations

from collections.abc import Iterable

from seenred.domain.observation import Failure

PACKAGE_MISSING = "package-missing"
INSTALL = "install it in the project's environment, or name another with --python"


def missing_package(failure: Failure, modules: Iterable[str]) -> str:
    """The module that was not found, if it is not the project's own; else "".

    Args:
        modules: dotted names of the project's own.
    """
    name = failure.name or ""
    if not failure.is_a("ModuleNotFoundError") or not name:
        return ""
    own = {module.partition(".")[0] for module in modules}
    return "" if name.partition(".")[0] in own else name


def needs(name: str) -> str:
    """What is wrong, for a person."""
    return f"needs {name}, which is neither in the project nor installed"
