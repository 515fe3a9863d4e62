"""What can be left out inside a statement: operands, arms, filters, handlers, defaults …"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from seenred.domain.placed_statement import decorators, dotted_name
from seenred.domain.source_text import Edit, Positioned, SourceText

# they tell type checkers and readers something, or change nothing that a test could see
_SILENT_DECORATORS = ("override", "final", "runtime_checkable", "abstractmethod", "wraps")
_CACHES = ("cache", "lru_cache")
_SILENT_KEYWORDS = ("encoding", "strict", "slots", "frozen", "kw_only", "stacklevel", "flush")
_SCOPED = (ast.stmt, ast.excepthandler, ast.match_case)


# the nodes that know where they stand; others are joined to one that does
Node = ast.stmt | ast.expr | ast.excepthandler | ast.keyword


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a statement that can be left out.

    Attributes:
        kind: `operand`, `arm`, `filter`, `guard`, `handler`, `default`, `decorator`, `keyword`.
        node: what is left out.
        edit: how.
        what: what is then no longer there, after `no test notices …`.
    """

    kind: str
    node: Node
    edit: Edit
    what: str


def parts(text: SourceText, statement: ast.stmt) -> Iterator[Part]:
    """The parts of a statement's own expressions; those of nested statements are theirs."""
    yield from _guards(text, statement)
    yield from _decorators(text, statement)
    yield from _handlers(text, statement)
    for node in own_nodes(statement):
        yield from _of_expression(text, node)


def own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes inside a statement but annotations, nested statements and f-strings.

    Until Python 3.12 the parts of an f-string don't know where they stand.
    """
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_params", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, (*_SCOPED, ast.JoinedStr)):
                yield child
                yield from own_nodes(child)


def _of_expression(text: SourceText, node: ast.AST) -> Iterator[Part]:
    if isinstance(node, ast.BoolOp):
        yield from _operands(text, node)
    elif isinstance(node, ast.IfExp):
        yield _kept(text, node, node.body, node.orelse, "else")
        yield _kept(text, node, node.orelse, node.body, "if")
    elif isinstance(node, ast.comprehension):
        for test in node.ifs:
            edit = in_place(text, test, "True")
            yield Part("filter", test, edit, f"the filter `{brief(text, test)}` left out")
    elif isinstance(node, ast.Call):
        yield from _keywords(text, node)
        yield from _suppressed(text, node)
    elif isinstance(node, ast.arguments):
        yield from _defaults(text, node)


def _operands(text: SourceText, node: ast.BoolOp) -> Iterator[Part]:
    word = "and" if isinstance(node.op, ast.And) else "or"
    for left_out in node.values:
        others = [f"({text.text(each)})" for each in node.values if each is not left_out]
        edit = in_place(text, node, f" {word} ".join(others))
        yield Part("operand", left_out, edit, f"`{word} {brief(text, left_out)}` left out")


def _kept(text: SourceText, node: ast.IfExp, kept: ast.expr, left_out: ast.expr, word: str) -> Part:
    edit = in_place(text, node, text.text(kept))
    return Part("arm", left_out, edit, f"`{brief(text, left_out)}` of its {word} arm left out")


def _keywords(text: SourceText, node: ast.Call) -> Iterator[Part]:
    for keyword in node.keywords:
        if keyword.arg and keyword.arg not in _SILENT_KEYWORDS:
            edit = text.replacing(keyword, _padded("**{}", text, keyword))
            yield Part("keyword", keyword, edit, f"`{brief(text, keyword)}` left out")


def _defaults(text: SourceText, node: ast.arguments) -> Iterator[Part]:
    for name, default in named_defaults(node).items():
        if not _is_ellipsis(default):
            what = f"another default than `{name}={brief(text, default)}`"
            yield Part("default", default, in_place(text, default, "..."), what)


def named_defaults(node: ast.arguments) -> dict[str, ast.expr]:
    """The parameters that have a default, and which."""
    positional = [*node.posonlyargs, *node.args][::-1]
    found = dict(zip((each.arg for each in positional), node.defaults[::-1], strict=False))
    pairs = zip((each.arg for each in node.kwonlyargs), node.kw_defaults, strict=True)
    return {**found, **{name: default for name, default in pairs if default is not None}}


def _is_ellipsis(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


def _guards(text: SourceText, statement: ast.stmt) -> Iterator[Part]:
    tests = [statement.test] if isinstance(statement, ast.If) else []
    if isinstance(statement, ast.Match):
        tests = [case.guard for case in statement.cases if case.guard is not None]
    for test in tests:
        what = f"`{brief(text, test)}` taken for true"
        yield Part("guard", test, in_place(text, test, "True"), what)


def _decorators(text: SourceText, statement: ast.stmt) -> Iterator[Part]:
    for decorator in decorators(statement):
        name = dotted_name(decorator).rpartition(".")[2]
        if name not in (*_SILENT_DECORATORS, *_CACHES):
            edit = Edit(_at_sign(text, decorator), text.end(decorator), b"\n" * _height(decorator))
            yield Part("decorator", decorator, edit, f"`@{brief(text, decorator)}` left out")


def _handlers(text: SourceText, statement: ast.stmt) -> Iterator[Part]:
    handlers = statement.handlers if isinstance(statement, ast.Try) else []
    for handler in handlers:
        if handler.type is None:
            after = text.start(handler) + len(b"except")
            edit = Edit(after, after, b" ()")
            yield Part("handler", handler, edit, "`except` catching nothing")
            continue
        caught = f"`except {brief(text, handler.type)}` catching nothing"
        yield Part("handler", handler, in_place(text, handler.type, "()"), caught)
        yield from _caught_types(text, handler.type)


def _caught_types(text: SourceText, caught: ast.expr) -> Iterator[Part]:
    types = caught.elts if isinstance(caught, ast.Tuple) and len(caught.elts) > 1 else []
    for left_out in types:
        what = f"`{brief(text, left_out)}` not caught"
        yield Part(
            "handler", left_out, text.replacing(left_out, _padded("*()", text, left_out)), what
        )


def _suppressed(text: SourceText, node: ast.Call) -> Iterator[Part]:
    """`contextlib.suppress` is a handler in other clothes."""
    caught = node.args if dotted_name(node.func).rpartition(".")[2] == "suppress" else []
    for left_out in caught:
        what = f"`{brief(text, left_out)}` not suppressed"
        yield Part(
            "handler", left_out, text.replacing(left_out, _padded("*()", text, left_out)), what
        )


def brief(text: SourceText, node: Node) -> str:
    """A node in one short line."""
    written = " ".join(text.text(node).split())
    return written if len(written) <= 50 else f"{written[:49]}…"


def start_of(text: SourceText, node: Node) -> int:
    """Where a node begins, with its decorators."""
    return min([text.start(node), *(_at_sign(text, each) for each in decorators(node))])


def _at_sign(text: SourceText, decorator: ast.expr) -> int:
    return text.content.rindex(b"@", 0, text.start(decorator))


def in_place(text: SourceText, node: ast.expr, new: str) -> Edit:
    """The edit that leaves all other code on its line, and its meaning as it is."""
    return text.replacing(node, f"({_padded(new, text, node)})")


def _padded(new: str, text: SourceText, node: Positioned) -> str:
    missing = text.text(node).count("\n") - new.count("\n")
    return new + "\n" * max(missing, 0)


def _height(node: Positioned) -> int:
    return (node.end_lineno or node.lineno) - node.lineno
