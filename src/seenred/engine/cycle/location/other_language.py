"""What files of other languages than Python define, and when an item is about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from seenred.domain.layout import Part, part_of
from seenred.domain.plan import PlanItem
from seenred.domain.symbol import ModuleSymbols, Symbol, SymbolKind
from seenred.domain.tree import Tree
from seenred.engine.cycle.location.project import Project
from seenred.errors import EnvironmentLacks
from seenred.referee.proof.ports import Blobs


@dataclass(frozen=True, slots=True)
class Language:
    """Attributes:
    name: as a person writes it.
    grammar: as ast-grep calls it.
    """

    name: str
    grammar: str


_LANGUAGES = {
    Language("Rust", "rust"): ".rs",
    Language("TypeScript", "typescript"): ".ts .mts .cts",
    Language("TypeScript", "tsx"): ".tsx",
    Language("JavaScript", "javascript"): ".js .mjs .cjs .jsx",
    Language("Go", "go"): ".go",
    Language("Java", "java"): ".java",
    Language("Kotlin", "kotlin"): ".kt",
    Language("C#", "csharp"): ".cs",
    Language("Swift", "swift"): ".swift",
    Language("Ruby", "ruby"): ".rb",
    Language("PHP", "php"): ".php",
    Language("C", "c"): ".c .h",
    Language("C++", "cpp"): ".cc .cpp .hpp",
}
_BY_ENDING = {e: language for language, ends in _LANGUAGES.items() for e in ends.split()}
# at the root of what is a Python project, whatever else lies there
_OF_PYTHON = ("pyproject.toml", "setup.py", "setup.cfg", "pytest.ini", "tox.ini", "conftest.py")
_LARGEST, _MOST = 300_000, 400  # bytes of a file that a person writes; files that are parsed
_TEST_FILE = re.compile(r"(?:^|/)(?:tests?|__tests__|spec)/|[._](?:test|spec)\.\w+$")
_NAMES = ("identifier", "type_identifier", "field_identifier", "simple_identifier", "constant")

_FUNCTIONS = (
    "function_item function_signature_item function_declaration function_definition"
    " generator_function_declaration method_definition method_declaration method_signature method"
    " singleton_method constructor_declaration"
)
_CLASSES = (
    "struct_item enum_item union_item trait_item mod_item type_item class_declaration"
    " abstract_class_declaration interface_declaration enum_declaration struct_declaration"
    " record_declaration trait_declaration object_declaration protocol_declaration"
    " type_alias_declaration type_spec class module struct_specifier class_specifier"
    " enum_specifier"
)
_KINDS = {
    **dict.fromkeys(_FUNCTIONS.split(), SymbolKind.FUNCTION),
    **dict.fromkeys(_CLASSES.split(), SymbolKind.CLASS),
    **dict.fromkeys(("const_item", "static_item"), SymbolKind.VALUE),
}


def language_of(path: str) -> Language | None:
    """The language of a file by its ending; None for Python and what is no code."""
    return _BY_ENDING.get(PurePosixPath(path).suffix)


def other_project(project: Project, item: PlanItem, blobs: Blobs) -> Project | None:
    """The project as its files of another language, where an item is about those; else None.

    It is where it names one, or where there is no Python at all.
    """
    files = [path for path in project.tree.files if _is_code(project.tree, path)]
    told = f"{item.text}\n{item.details}"
    named = [path for path in files if _is_named(path, told)]
    is_python = bool(project.code) or any(name in project.tree for name in _OF_PYTHON)
    if not files or (is_python and not named):
        return None
    chosen = named or files
    written = [path for path in chosen if not _TEST_FILE.search(path)] or chosen
    code = {path: _read(project.tree, blobs, path) for path in sorted(written)[:_MOST]}
    return replace(project, code=code, tests={}, modules={}, names={})


def definitions_of(source: str, language: Language) -> ModuleSymbols:
    """The definitions of a file, in the order of the text.

    Raises:
        EnvironmentLacks: the package that parses it is not there.
    """
    try:
        from ast_grep_py import SgRoot
    except ImportError:
        raise EnvironmentLacks(
            "extra-missing",
            f"Code in {language.name} is located by an extra; run `pip install 'seenred[agents]'`.",
        ) from None
    return ModuleSymbols(tuple(_symbols(SgRoot(source, language.grammar).root())))


def _is_code(tree: Tree, path: str) -> bool:
    known = language_of(path) is not None and not tree.files[path].link
    return known and part_of(path) is not Part.DOCS


def _is_named(path: str, told: str) -> bool:
    names = (path, PurePosixPath(path).name)
    return any(re.search(rf"(?<![\w./-]){re.escape(name)}(?![\w/])", told) for name in names)


def _read(tree: Tree, blobs: Blobs, path: str) -> ModuleSymbols:
    content, language = blobs.read(tree.files[path].blob), language_of(path)
    if language is None or len(content) > _LARGEST:
        return ModuleSymbols()
    return definitions_of(content.decode("utf-8", "replace"), language)


def _symbols(root: Any) -> Iterator[Symbol]:
    """Without recursion: what a file nests is nobody's promise."""
    waiting: list[tuple[Any, str]] = [(root, "")]
    while waiting:
        node, owner = waiting.pop()
        symbol = _symbol(node, owner) if node.is_named() else None
        if symbol is not None:
            yield symbol
        is_class = symbol is not None and symbol.kind is SymbolKind.CLASS
        within = symbol.name if symbol and is_class else _implemented(node) or owner
        if symbol is None or is_class:  # what a function holds is its own affair
            waiting += [(child, within) for child in reversed(node.children())]


def _symbol(node: Any, owner: str) -> Symbol | None:
    kind = _KINDS.get(node.kind())
    if node.kind() == "variable_declarator":
        value = node.field("value")
        is_function = value is not None and "function" in value.kind()
        kind = SymbolKind.FUNCTION if is_function else SymbolKind.VALUE
    name = _name(node) if kind else ""
    if kind is None or not name:
        return None
    owner = _receiver(node) or owner
    if owner and kind is SymbolKind.FUNCTION:
        kind = SymbolKind.METHOD
    lines, text = node.range(), node.text()
    whole = f"{owner}.{name}" if owner else name
    head = text.partition("\n")[0].rstrip(" {")
    return Symbol(whole, kind, lines.start.line + 1, lines.end.line + 1, head)


def _name(node: Any) -> str:
    """Its own name; C has it inside of what it declares, Kotlin without a field."""
    while (inner := node.field("declarator")) is not None:
        node = inner
    named = node.field("name")
    if named is None and node.kind() in _NAMES:
        named = node
    if named is None:
        named = next((each for each in node.children() if each.kind() in _NAMES), None)
    return str(named.text()) if named is not None else ""


def _implemented(node: Any) -> str:
    """`Account` of Rust's `impl Account`."""
    found = node.field("type") if node.kind() == "impl_item" else None
    return str(found.text()).partition("<")[0] if found is not None else ""


def _receiver(node: Any) -> str:
    """`Account` of Go's `func (a *Account) Deposit()`."""
    found = node.field("receiver")
    types = found.find(kind="type_identifier") if found is not None else None
    return str(types.text()) if types is not None else ""
