"""Which names a change gave to things that stayed what they were: renames and moves."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from seenred.domain.layout import Layout, project_modules
from seenred.domain.tree import Tree
from seenred.referee.audit.change import Change, FileChange
from seenred.referee.audit.coded_test import Function, meaning_of, parsed

# as alike as this, a removed and a new module are one that was moved
ALIKE = 0.6


def rename_map(change: Change, layout: Layout) -> dict[str, str]:
    """Old to new: `f`, `Class.method`, `package.module`, `package.module.f`, a test's file."""
    modules = {**_moved_modules(change, layout), **_moved_files((*change.tests, *change.support))}
    gone, come = _definitions(change.code, before=True), _definitions(change.code, before=False)
    names = {old: new for old, new in _paired(gone, come) if old != new}
    return {**modules, **names}


def _moved_modules(change: Change, layout: Layout) -> dict[str, str]:
    old, new = _module_names(change.base, layout), _module_names(change.tree, layout)
    moved = _moved_files(change.code)
    return {old[a]: new[b] for a, b in moved.items() if a in old and b in new}


def _moved_files(files: Sequence[FileChange]) -> dict[str, str]:
    """Removed files and the added ones that they have become, those of the same name first."""
    removed = [each for each in files if each.after is None]
    added = [each for each in files if each.before is None]
    moved: dict[str, str] = {}
    for each in removed:
        alike = [other for other in added if _alike(each, other)]
        if alike:
            partner = max(alike, key=lambda other: _name(other) == _name(each))
            added.remove(partner)
            moved[each.path] = partner.path
    return moved


def _name(file: FileChange) -> str:
    return file.path.rpartition("/")[2]


def _module_names(tree: Tree, layout: Layout) -> dict[str, str]:
    """By path; of several names the longest, which is right from the root."""
    modules = project_modules(tree, layout)
    return {modules[name]: name for name in sorted(modules, key=len)}


def _alike(removed: FileChange, added: FileChange) -> bool:
    if removed.before == added.after:
        return True
    before, after = ((c or b"").splitlines() for c in (removed.before, added.after))
    return SequenceMatcher(None, before, after, autojunk=False).ratio() >= ALIKE


def _definitions(files: tuple[FileChange, ...], before: bool) -> dict[str, str]:
    """Qualified names of functions and classes with what they mean, own name left out."""
    found: dict[str, str] = {}
    for each in files:
        module = parsed(each.before if before else each.after)
        for name, node in _named(module.body if module else [], ""):
            found.setdefault(name, _anonymous(node))
    return found


def _named(body: list[ast.stmt], scope: str) -> Iterator[tuple[str, Function | ast.ClassDef]]:
    for node in body:
        if isinstance(node, Function | ast.ClassDef):
            yield scope + node.name, node
        if isinstance(node, ast.ClassDef):
            yield from _named(node.body, f"{scope}{node.name}.")


def _anonymous(node: Function | ast.ClassDef) -> str:
    """The meaning with the own name taken out, wherever it stands."""
    return meaning_of(node).replace(f"'{node.name}'", "''")


def _paired(gone: Mapping[str, str], come: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Names that are gone with the new ones that mean the same, in their order."""
    free = [name for name in come if name not in gone]
    for name in gone:
        if name in come:
            continue
        partner = next((other for other in free if come[other] == gone[name]), None)
        if partner is not None:
            free.remove(partner)
            yield name, partner
