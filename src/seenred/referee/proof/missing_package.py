"""Imports of what is neither the project's own nor installed: of such a run nothing is known."""

from __future__ import annotations

from collections.abc import Iterable

from seenred.domain.layout import DEFAULT, Layout, project_modules
from seenred.domain.observation import Failure
from seenred.domain.tree import Tree

PACKAGE_MISSING = "package-missing"
# a module that was forgotten in a commit looks the same
INSTALL = (
    "commit it if it is the project's own; else install it in its environment, "
    "or name another with --python"
)


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


def own_modules(tree: Tree, layout: Layout = DEFAULT) -> frozenset[str]:
    """Names under which a project's code and its tests may import each other."""
    parts = [path.removesuffix(".py").split("/") for path in tree.files if path.endswith(".py")]
    beside = (name for each in parts for name in (each[0], each[-1]))
    return frozenset((*project_modules(tree, layout), *beside))


def needs(name: str) -> str:
    """What is wrong, for a person."""
    return f"needs {name}, which is neither in the project nor installed"
