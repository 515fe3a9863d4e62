"""Modules of the project that were loaded from outside its tree."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def loaded(names: Iterable[str], root: str) -> dict[str, str]:
    """Module to file, for the modules of these top-level names whose file lies elsewhere.

    The file counts as it is named, not where a link leads: the tree may hold links.
    """
    own, base = set(names), os.path.join(os.path.realpath(root), "")
    found = {}
    for name, module in sorted(sys.modules.copy().items()):
        if name.partition(".")[0] not in own:
            continue
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and not _below(file, root, base):
            found[name] = file
    return found


def _below(file: str, root: str, base: str) -> bool:
    path = os.path.abspath(file)
    return path.startswith((os.path.join(root, ""), base)) or os.path.realpath(path).startswith(
        base
    )
