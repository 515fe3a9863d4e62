"""Takes the one test out of a reply: of several, out of a class, without what it redefines."""

from __future__ import annotations

import ast
import io
import itertools
import re
import textwrap
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from seenred.agents.code_reply import NoCode, code_blocks
from seenred.domain.expectation import Function
from seenred.domain.placed_statement import first_line
from seenred.domain.source_text import Edit, SourceText
from seenred.domain.word import has_word, words_of

_UNITTEST = {
    "assertEqual": "assert {0} == {1}",
    "assertEquals": "assert {0} == {1}",
    "assertListEqual": "assert {0} == {1}",
    "assertDictEqual": "assert {0} == {1}",
    "assertMultiLineEqual": "assert {0} == {1}",
    "assertNotEqual": "assert {0} != {1}",
    "assertTrue": "assert {0}",
    "assertFalse": "assert not {0}",
    "assertIn": "assert {0} in {1}",
    "assertNotIn": "assert {0} not in {1}",
    "assertIs": "assert {0} is {1}",
    "assertIsNone": "assert {0} is None",
    "assertIsNotNone": "assert {0} is not None",
    "assertGreater": "assert {0} > {1}",
    "assertLess": "assert {0} < {1}",
    "assertAlmostEqual": "assert {0} == pytest.approx({1})",
}
_SETUPS = ("setUp", "setup_method", "setup")


@dataclass(frozen=True, slots=True)
class TakenTest:
    """A test function as a reply has it.

    Attributes:
        source: the function alone, at top level, its decorators with it.
        imports: what the reply imports: each bound name and the statement that binds it.
        defined: the names that the reply defines besides.
    """

    source: str
    imports: dict[str, str] = field(default_factory=dict)
    defined: frozenset[str] = frozenset()


def take_test(text: str, name: str, about: str, truncated: bool = False) -> TakenTest | NoCode:
    """The test called `name`, or the one that is most about the words of `about`."""
    blocks = code_blocks(text, truncated)
    if isinstance(blocks, NoCode):
        return blocks
    found: list[tuple[SourceText, Function, ast.ClassDef | None]] = []
    for block in blocks:
        source = SourceText.of(block.encode())
        found += [(source, test, owner) for test, owner in _tests(source.module)]
    if not found:
        return NoCode("holds no test function")
    source, test, owner = _chosen(found, name, about)
    modules = [SourceText.of(block.encode()).module for block in blocks]
    imports = {k: v for module in modules for k, v in _imports(module)}
    taken = _unwrapped(source, test, owner)
    if isinstance(taken, NoCode):
        return taken
    return TakenTest(taken, imports, frozenset(_defined(modules)))


def _tests(module: ast.Module) -> Iterator[tuple[Function, ast.ClassDef | None]]:
    for node in module.body:
        if isinstance(node, Function) and node.name.startswith("test"):
            yield node, None
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, Function) and inner.name.startswith("test"):
                    yield inner, node


_Found = tuple[SourceText, Function, ast.ClassDef | None]


def _chosen(found: Sequence[_Found], name: str, about: str) -> _Found:
    named = [each for each in found if each[1].name == name]
    if named:
        return named[0]

    def nearness(each: _Found) -> int:
        return sum(has_word(about, word) for word in set(words_of(each[1].name)) - {"test"})

    return max(found, key=nearness)


def _imports(module: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound = alias.asname or alias.name.partition(".")[0]
                yield bound, ast.unparse(ast.Import([alias]))
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                line = ast.unparse(ast.ImportFrom(node.module, [alias], node.level))
                yield alias.asname or alias.name, line


def _defined(modules: Sequence[ast.Module]) -> Iterator[str]:
    for module in modules:
        for node in module.body:
            if isinstance(node, Function | ast.ClassDef) and not node.name.lower().startswith(
                "test"
            ):
                yield node.name


def _unwrapped(source: SourceText, test: Function, owner: ast.ClassDef | None) -> str | NoCode:
    """The test as a plain function at top level."""
    if isinstance(test, ast.AsyncFunctionDef):
        return NoCode("holds an async test, and none is needed")
    setup, fixtures = _setup(owner), _fixtures(source.module, owner)
    edits = list(_edits(source, test))
    wanted = [a.arg for a in test.args.args if a.arg != "self"]
    given = [fixtures[each] for each in wanted if each in fixtures]
    if setup is not None or given:
        lines = [line for each in (*([setup] if setup else []), *given) for line in _body(each)]
        edits.append(_insertion(source, test, lines))
    edits += _header(source, test, {a for a in wanted if a in fixtures})
    changed = _apply(source, test, edits)
    return changed if changed else NoCode("holds a test that cannot be taken out of its class")


def _setup(owner: ast.ClassDef | None) -> Function | None:
    body = owner.body if owner else []
    return next((n for n in body if isinstance(n, Function) and n.name in _SETUPS), None)


def _fixtures(module: ast.Module, owner: ast.ClassDef | None) -> dict[str, Function]:
    every = [*module.body, *(owner.body if owner else [])]
    return {
        node.name: node
        for node in every
        if isinstance(node, Function)
        and any("fixture" in ast.unparse(each) for each in node.decorator_list)
    }


def _body(function: Function) -> list[str]:
    """The statements of a fixture or a set-up as they would stand in the test."""
    lines: list[str] = []
    for node in function.body:
        value = node.value if isinstance(node, ast.Return) else None
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield):
            value = node.value.value
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if value is not None and ast.unparse(value) != function.name:
            lines.append(f"{function.name} = {ast.unparse(value)}")
        elif value is None:
            lines += ast.unparse(node).splitlines()
    return [re.sub(r"\bself\.", "", line) for line in lines]


def _insertion(source: SourceText, test: Function, lines: Sequence[str]) -> Edit:
    first = next((n for n in test.body if not _is_noise(n)), test.body[0])
    start = source.start(first)
    indent = " " * first.col_offset
    return Edit(start, start, "".join(f"{line}\n{indent}" for line in lines).encode())


def _edits(source: SourceText, test: Function) -> Iterator[Edit]:
    """Plain asserts in the place of unittest's, and no `self`, no docstring, no printing."""
    dropped = [n for n in test.body if _is_noise(n)] + _repeated(test)
    for node in dropped:
        whole = len(dropped) == len(test.body)
        yield source.replacing(node, "pass") if whole else source.removing(node)
    plain = {
        id(c): p for c in ast.walk(test) if isinstance(c, ast.Call) and (p := _plain(source, c))
    }
    inside = {id(n) for c in ast.walk(test) if id(c) in plain for n in ast.walk(c)}
    gone = {id(node) for each in dropped for node in ast.walk(each)}
    for each in ast.walk(test):
        if id(each) in gone:
            continue
        if isinstance(each, ast.Call) and id(each) in plain:
            yield source.replacing(each, plain[id(each)])
        elif isinstance(each, ast.Assert) and each.msg is not None:
            end = source.end(each.test)
            comma = source.content.rindex(b",", end, source.start(each.msg))
            yield Edit(comma, source.end(each.msg), b"")
        elif isinstance(each, ast.Attribute) and _is_self(each.value) and id(each) not in inside:
            yield source.replacing(each, each.attr)


def _repeated(test: Function) -> list[ast.stmt]:
    """Assertions of a reply that ran away: the third and more of the same, and the second."""
    found: list[ast.stmt] = []
    for _, run in itertools.groupby(test.body, key=ast.unparse):
        same = list(run)
        if len(same) > 2 and isinstance(same[0], ast.Assert):
            found += same[1:]
    return found


def _is_noise(node: ast.stmt) -> bool:
    if isinstance(node, ast.Import | ast.ImportFrom):
        return True
    if not isinstance(node, ast.Expr):
        return False
    printing = isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "print"
    return printing or isinstance(node.value, ast.Constant)


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def _plain(source: SourceText, call: ast.Call) -> str | None:
    """The pytest form of an assertion of unittest's."""
    if not (isinstance(call.func, ast.Attribute) and _is_self(call.func.value)):
        return None
    given = [re.sub(r"\bself\.", "", source.text(each)) for each in call.args]
    if call.func.attr in ("assertRaises", "assertRaisesRegex"):
        return f"pytest.raises({', '.join(given[:1])})" if len(given) == 1 else None
    form = _UNITTEST.get(call.func.attr)
    return form.format(*given) if form and len(given) >= form.count("{") else None


def _header(source: SourceText, test: Function, gone: set[str]) -> Iterator[Edit]:
    every = test.args.args
    kept = [source.text(a) for a in every if a.arg != "self" and a.arg not in gone]
    if every and len(kept) != len(every):
        yield Edit(source.start(every[0]), source.end(every[-1]), ", ".join(kept).encode())


def _apply(source: SourceText, test: Function, edits: Sequence[Edit]) -> str | None:
    """The function after the edits, without the lines that they emptied, moved to the left."""
    start, end = source.starts[first_line(test) - 1], source.end(test)
    content = source.content[:end]
    for edit in sorted(edits, key=lambda each: (each.start, each.end), reverse=True):
        content = content[: edit.start] + edit.text + content[edit.end :]
    lines = _without_comments(content[start:].decode()).splitlines()
    indent = len(lines[0]) - len(lines[0].lstrip())
    moved = [line[indent:] if not line[:indent].strip() else line for line in lines]
    text = "\n".join(moved).rstrip() + "\n"
    try:
        ast.parse(text)
    except SyntaxError:
        return None
    return text


def _without_comments(code: str) -> str:
    """A model's comments say what the code says; lines that hold nothing else go."""
    lines = code.splitlines()
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(textwrap.dedent(code)).readline))
    except (tokenize.TokenError, IndentationError, SyntaxError):
        return code
    alone = {
        token.start[0]
        for token in tokens
        if token.type == tokenize.COMMENT and token.line.lstrip().startswith("#")
    }
    return "\n".join(line for number, line in enumerate(lines, 1) if number not in alone) + "\n"
