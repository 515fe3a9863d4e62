"""Whether public names that changed trouble anybody but the code that changed with them."""

from __future__ import annotations

from collections.abc import Iterator

from seenred.domain.call_fit import fits, gives
from seenred.domain.public_surface import SurfaceChange
from seenred.domain.tree import Tree
from seenred.referee.proof.name_user import NameUsers, PublicName
from seenred.referee.proof.ports import Blobs


class SignatureJudge:
    """Looks for users of changed names, before and after the change."""

    def __init__(self, blobs: Blobs, base: Tree, tree: Tree) -> None:
        self._before = NameUsers(blobs, base)
        self._after = NameUsers(blobs, tree)
        self._edited = frozenset(tree.changed_from(base))

    def objection(self, change: SurfaceChange) -> str:
        """What refutes the change; "" where nobody but code that changed with it knew the name.

        Raises:
            SyntaxError: a file that mentions it isn't Python.
        """
        name = self._before.split(change.name)
        untouched = (p for p in self._before.tests_of(name) if p not in self._edited)
        if self._before.is_published(name) or next(untouched, None):
            return change.told
        if change.now is None:
            left = next(self._left(name), "")
            return f"{change.told}, but {left} still uses it" if left else ""
        return next(self._misuses(name, change), "")

    def _left(self, name: PublicName) -> Iterator[str]:
        """Where a name that is gone is used."""
        if not (name.is_member and self._after.definitions(name.word)):
            yield from (where for where, _ in self._after.in_code(name))
            yield from self._after.in_data(name)

    def _misuses(self, name: PublicName, change: SurfaceChange) -> Iterator[str]:
        """Calls that are made as before, and new parameters that no call has."""
        now = change.now
        if now is None or not (now.is_called and change.before.is_called):
            return
        if name.is_member and self._after.definitions(name.word) > 1:
            return
        parameters = now.parameters[1:] if self._is_bound(change) else now.parameters
        calls = [(w, use.call) for w, use in self._after.in_code(name) if name.is_called_by(use)]
        for where, call in calls:
            if call and not fits(call, parameters):
                yield f"{change.told}, but {where} still calls it as before"
        known = {each for _, each, _ in change.before.parameters}
        for kind, each, default in parameters:
            optional = default and kind in ("", "key") and each not in known
            if optional and not any(c and gives(c, each, parameters) for _, c in calls):
                yield f"{change.told}, and nobody gives it {each}"

    def _is_bound(self, change: SurfaceChange) -> bool:
        """Whether the first argument is given by itself."""
        module = self._before.split(change.name).module
        inner = change.name.removeprefix(f"{module}.")
        return "." in inner and not change.before.kind.startswith("staticmethod")
