"""Whether a call as written fits the parameters of what it calls."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from seenred.domain.public_surface import Parameter


def fits(call: ast.Call, parameters: Sequence[Parameter]) -> bool:
    """Whether the call can be made; one that unpacks its arguments may.

    Args:
        parameters: without the one that a method gets by itself.
    """
    if _unpacks(call):
        return True
    places = [name for kind, name, _ in parameters if kind in ("/", "")]
    kinds = {kind for kind, _, _ in parameters}
    if len(call.args) > len(places) and "*" not in kinds:
        return False
    given = {*places[: len(call.args)], *(word.arg for word in call.keywords)}
    known = {name for kind, name, _ in parameters if kind in ("", "key")}
    unknown = {word.arg for word in call.keywords} - known
    missing = {n for kind, n, d in parameters if kind in ("/", "", "key") and not d} - given
    return not missing and (not unknown or "**" in kinds)


def gives(call: ast.Call, name: str, parameters: Sequence[Parameter]) -> bool:
    """Whether the call has, or may have, an argument for the parameter of that name."""
    places = [each for kind, each, _ in parameters if kind in ("/", "")]
    by_place = name in places[: len(call.args)]
    return _unpacks(call) or by_place or any(word.arg == name for word in call.keywords)


def _unpacks(call: ast.Call) -> bool:
    starred = any(isinstance(each, ast.Starred) for each in call.args)
    return starred or any(word.arg is None for word in call.keywords)
