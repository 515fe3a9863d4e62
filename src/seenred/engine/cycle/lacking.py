"""The files that a red suite lacks, as far as its failures name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from seenred.domain.observation import Failure, Observation

_QUOTED = re.compile(r"'([^'\n]+)'")
_NO_MODULE = "ModuleNotFoundError"


def named_files(seen: Observation, roots: Iterable[str]) -> tuple[str, ...]:
    """Paths that the failures of a run name as missing, relative or absolute, in their order.

    Args:
        roots: folders from which modules are imported.
    """
    failures = [each.failure for each in seen.uncollected]
    failures += [test.failure for test in seen.tests if test.failure is not None]
    folders = tuple(dict.fromkeys(("", *(f"{root.strip('/')}/" for root in roots))))
    return tuple(dict.fromkeys(path for each in failures for path in _named(each, folders)))


def _named(failure: Failure, folders: tuple[str, ...]) -> Iterator[str]:
    if failure.is_a("FileNotFoundError"):
        yield from _QUOTED.findall(failure.message)
    elif failure.is_a(_NO_MODULE) and failure.name:
        path = failure.name.replace(".", "/")
        yield from (f"{folder}{path}.py" for folder in folders)
