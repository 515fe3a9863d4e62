"""Modules with the name of one of the project's that came from elsewhere."""

from __future__ import annotations

import sys

from seenred.domain.observation import Observation

FOREIGN_MODULE = "foreign-module"
RENAME = "give it a name of its own, or uninstall the other copy"


def foreign_module(seen: Observation) -> str:
    """The first of them and where it came from, for a person; "" when there is none."""
    if not seen.foreign:
        return ""
    module, path = next(iter(seen.foreign.items()))
    if module.partition(".")[0] in sys.stdlib_module_names:
        return f"{module} was loaded from the standard library, which has a module of that name"
    return f"{module} was loaded from {path}"
