"""The imports that a test needs, written by us and not by the model."""

from __future__ import annotations

import ast
import builtins
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from seenred.agents.code_reply import NoCode
from seenred.agents.red.reply import TakenTest
from seenred.domain.expectation import Function
from seenred.domain.word import has_word, words_of


@dataclass(frozen=True, slots=True)
class Known:
    """Where a test's names may be from.

    Attributes:
        module: import name of the code under test.
        names: what can be imported from it.
        tests: the test file as it is.
        words: all that the plan says of the item.
    """

    module: str
    names: tuple[str, ...]
    tests: str
    words: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whole lines of imports, and the names that the module does not have yet."""

    imports: tuple[str, ...]
    introduced: tuple[str, ...]


def resolve(taken: TakenTest, known: Known) -> Resolved | NoCode:
    """Where each name of a test is from.

    A name that the module lacks must be one that the plan speaks of; in a module that is still
    empty the one thing that is tested may be called anything.
    """
    module = ast.parse(taken.source)
    libraries: dict[str, None] = {}
    names: list[str] = []
    for name in _free_names(module):
        line = _library(name, taken, known, _attributed(module))
        if name in known.names or line is None:
            names.append(name)
        elif line:
            libraries[line] = None
    said = [name for name in names if name in known.names or _is_said(name, known.words)]
    other = [name for name in names if name not in said]
    unmade = [name for name in said if name not in known.names and _is_object(name, module)]
    if unmade:
        return NoCode(f"uses `{unmade[0]}`, which it does not make")
    if len(other) == 1 and not said and not known.names:
        said, other = other, []
    if other:
        return NoCode(f"uses `{other[0]}`, which neither `{known.module}` nor the item has")
    if not said and not any(line.endswith(f"import {_last(known)}") for line in libraries):
        return NoCode(f"tests nothing of `{known.module}`")
    subject = [f"from {known.module} import {', '.join(sorted(said))}"] if said else []
    introduced = tuple(name for name in said if name not in known.names)
    return Resolved((*libraries, *subject), introduced)


def _is_said(name: str, words: str) -> bool:
    return name in words or any(has_word(words, word) for word in words_of(name))


def _is_object(name: str, module: ast.Module) -> bool:
    """Whether a test only uses what hangs on a name, as on a variable that it forgot to set."""
    held = {id(n.value) for n in ast.walk(module) if isinstance(n, ast.Attribute)}
    used = [n for n in ast.walk(module) if isinstance(n, ast.Name) and n.id == name]
    return name.islower() and all(id(node) in held for node in used)


def _last(known: Known) -> str:
    return known.module.rpartition(".")[2]


def _attributed(module: ast.Module) -> set[str]:
    """The names of which a test uses attributes."""
    return {ast.unparse(n.value) for n in ast.walk(module) if isinstance(n, ast.Attribute)}


def _library(name: str, taken: TakenTest, known: Known, attributed: set[str]) -> str | None:
    """The line that imports a name that is none of the module's; "" where the file has it."""
    if name == "pytest":
        return "import pytest"
    if name in _file_names(known.tests) and name not in known.names:
        return ""
    line = taken.imports.get(name, "")
    if re.sub(r"^(?:from|import) (\w+).*", r"\1", line) in sys.stdlib_module_names:
        return line
    if name == _last(known) and name in attributed and name not in taken.defined:
        package = known.module.rpartition(".")[0]
        return f"from {package} import {name}" if package else f"import {name}"
    if name in sys.stdlib_module_names and name in attributed:
        return f"import {name}"
    return None


def _file_names(tests: str) -> set[str]:
    """The names that a test file defines or imports at top level."""
    try:
        body = ast.parse(tests).body
    except (SyntaxError, ValueError):
        return set()
    found: set[str] = set()
    for node in body:
        if isinstance(node, Function | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.Assign):
            found |= {t.id for t in node.targets if isinstance(t, ast.Name)}
    return found


def _free_names(module: ast.Module) -> Iterator[str]:
    """The names that a test uses and does not bind, each once."""
    nodes = list(ast.walk(module))
    bound = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    bound |= {n.arg for n in nodes if isinstance(n, ast.arg)}
    used = [n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    for name in dict.fromkeys(used):
        if name not in bound and not hasattr(builtins, name):
            yield name
