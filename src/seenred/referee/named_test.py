"""Which test a person means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from seenred.domain.layout import DEFAULT, Layout, is_test
from seenred.domain.tree import Tree
from seenred.errors import UsageError
from seenred.referee.audit.coded_test import coded_tests, parsed
from seenred.referee.proof.ports import Blobs

# how many names an error lists
_SHOWN = 3


def known_tests(
    tree: Tree, blobs: Blobs, layout: Layout = DEFAULT, paths: Iterable[str] | None = None
) -> Mapping[str, int]:
    """Every test that can be found by parsing, without parameters, and the line of its `def`."""
    files = [path for path in (tree.files if paths is None else paths) if path in tree]
    return {
        test.test_id: test.node.lineno
        for path in sorted(files)
        if is_test(path, layout)
        for test in coded_tests(path, parsed(blobs.read(tree.files[path].blob))).values()
    }


def find_test(asked: str, known: Iterable[str]) -> str:
    """The id of the one test that `asked` names: an id, its end, or a bare function.

    Raises:
        UsageError: it names no test, or several.
    """
    asked = asked.removeprefix("./")
    ids = list(known)
    function, bracket, rest = asked.partition("[")
    if function in ids:
        return asked
    found = [each for each in ids if _names(function, each)]
    if len(found) == 1:
        return found[0] + bracket + rest
    raise _ambiguous(asked, found) if found else _unknown(asked, ids)


def _names(asked: str, test_id: str) -> bool:
    return any(test_id.endswith(f"{border}{asked}") for border in ("::", "/")) or (
        test_id.startswith(f"{asked}::")
    )


def _ambiguous(asked: str, found: list[str]) -> UsageError:
    return UsageError(
        "test-ambiguous", f"{asked} names {len(found)} tests; give one of {_listed(found)}."
    )


def _unknown(asked: str, known: list[str]) -> UsageError:
    if not known:
        return UsageError(
            "tests-missing", f"There is no test {asked}: no file here has a test for pytest."
        )
    near = get_close_matches(asked, known, n=_SHOWN, cutoff=0.5) or _near_names(asked, known)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {_listed(known)}."
    return UsageError("test-unknown", f"There is no test {asked}; {hint}")


def _near_names(asked: str, known: list[str]) -> list[str]:
    """Tests whose function's name is near, wherever they are."""
    names = {test_id.rpartition("::")[2]: test_id for test_id in known}
    close = get_close_matches(asked.rpartition("::")[2], names, n=_SHOWN, cutoff=0.6)
    return [names[name] for name in close]


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
