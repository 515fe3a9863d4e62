"""Puts a written test into its file: imports merged, everything else byte for byte."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence

from seenred.agents.edit.import_merge import Import, lacked, takes
from seenred.agents.red.writer import WrittenTest
from seenred.domain.expectation import Function
from seenred.domain.placed_statement import first_line
from seenred.domain.source_text import Edit, SourceText

_BOM = "\ufeff"


def place_test(test_source: str, written: WrittenTest) -> str:
    """The whole test file with the new test at its end, or in the class that its tests are in.

    Raises:
        SyntaxError: the file isn't Python.
    """
    if not test_source.strip():
        return _new_file(written)
    source = test_source.removeprefix(_BOM)
    newline = "\r\n" if "\r\n" in source else "\n"
    text = SourceText.of(source.encode())
    edits = sorted(_imports(text, written.imports, newline), key=lambda each: each.start)
    content = text.content
    for edit in reversed(edits):
        content = content[: edit.start] + edit.text + content[edit.end :]
    text = SourceText.of(content)
    test = _test(text, written, newline)
    content = content[: test.start] + test.text + content[test.end :]
    return test_source[: len(test_source) - len(source)] + content.decode()


def name_in_file(test_source: str, written: WrittenTest) -> str:
    """What the test is called in its file, as in an id: with the class that it goes into.

    Raises:
        SyntaxError: the file isn't Python.
    """
    owner = _owner(ast.parse(test_source.removeprefix(_BOM)), written)
    return f"{owner.name}::{written.name}" if owner else written.name


def _new_file(written: WrittenTest) -> str:
    groups = [
        [line for line in sorted(written.imports, key=_order) if _rank(line) == rank]
        for rank in range(3)
    ]
    imports = "\n\n".join("\n".join(group) for group in groups if group)
    return f"{imports}\n\n\n{written.source}" if imports else written.source


def _order(line: str) -> tuple[int, bool, str]:
    return _rank(line), line.startswith("from "), line


def _rank(line: str) -> int:
    """The standard library first, then pytest, then the project."""
    package = line.split()[1].partition(".")[0]
    if package in sys.stdlib_module_names:
        return 0
    return 1 if package == "pytest" else 2


def _imports(text: SourceText, lines: Sequence[str], newline: str) -> Iterator[Edit]:
    present = [n for n in text.module.body if isinstance(n, Import)]
    fresh: list[str] = []
    for line in lines:
        node = ast.parse(line).body[0]
        assert isinstance(node, Import)
        missing = lacked(text.module, node)
        same = [each for each in present if missing and takes(each, missing)]
        if missing and same:
            yield _widened(text, same[-1], missing.names, newline)
        elif missing:
            fresh.append(ast.unparse(missing))
    for line in sorted(fresh, key=_order):
        yield _fresh(text, present, line, newline)


def _widened(
    text: SourceText,
    present: Import,
    missing: Sequence[ast.alias],
    newline: str,
) -> Edit:
    """The statement with more names; where they are in order, the new ones are put in order."""
    names = [ast.unparse(alias) for alias in present.names]
    added = [ast.unparse(alias) for alias in missing]
    one_line = present.lineno == present.end_lineno
    if one_line and names == sorted(names):
        first, last = present.names[0], present.names[-1]
        every = ", ".join(sorted([*names, *added]))
        return Edit(text.start(first), text.end(last), every.encode())
    end = text.end(present.names[-1])
    between = ", "
    if not one_line and "(" in text.text(present):
        between = f",{newline}{' ' * present.names[-1].col_offset}"
    return Edit(end, end, "".join(between + name for name in added).encode())


def _fresh(
    text: SourceText,
    present: Sequence[Import],
    line: str,
    newline: str,
) -> Edit:
    """A new import statement: before the first of a later group, else below the last."""
    later = [p for p in present if not _is_future(p) and _rank(ast.unparse(p)) > _rank(line)]
    if later:
        start = text.starts[later[0].lineno - 1]
        return Edit(start, start, f"{line}{newline * 2}".encode())
    if present:
        last = present[-1]
        gap = newline if _is_future(last) or _rank(ast.unparse(last)) < _rank(line) else ""
        return _after(text, last, f"{gap}{line}{newline}", newline)
    if not text.module.body:
        end = len(text.content.rstrip())
        return Edit(end, len(text.content), f"{newline * 3}{line}{newline}".encode())
    first = text.module.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        return _after(text, first, f"{newline}{line}{newline}", newline)
    start = text.starts[first_line(first) - 1]
    return Edit(start, start, f"{line}{newline * 3}".encode())


def _is_future(node: Import) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _after(text: SourceText, node: ast.stmt, written: str, newline: str) -> Edit:
    """Below the line on which a statement ends."""
    assert node.end_lineno is not None
    if node.end_lineno < len(text.starts):
        start = text.starts[node.end_lineno]
        return Edit(start, start, written.encode())
    end = len(text.content)
    return Edit(end, end, f"{newline}{written}".encode())


def _test(text: SourceText, written: WrittenTest, newline: str) -> Edit:
    owner = _owner(text.module, written)
    lines = written.source.rstrip("\n").split("\n")
    if owner is None:
        body = newline.join(lines) + newline
        if (last := _run_as_script(text.module)) is not None:
            start = text.starts[last.lineno - 1]
            return Edit(start, start, f"{body}{newline * 2}".encode())
        end = len(text.content.rstrip())
        return Edit(end, len(text.content), f"{newline * 3}{body}".encode())
    indent = " " * owner.body[0].col_offset
    lines = _as_method(lines)
    body = newline.join(indent + line if line.strip() else line for line in lines)
    end = text.end(owner.body[-1])
    return Edit(end, end, f"{newline * 2}{body}".encode())


def _run_as_script(module: ast.Module) -> ast.If | None:
    """The `if __name__ == "__main__":` that a file ends with."""
    last = module.body[-1] if module.body else None
    return last if isinstance(last, ast.If) and "__name__" in ast.unparse(last.test) else None


def _owner(module: ast.Module, written: WrittenTest) -> ast.ClassDef | None:
    """The last class with tests, if all of the file's tests are in classes and it can hold this."""
    if any(isinstance(n, Function) and n.name.startswith("test") for n in module.body):
        return None
    holding = [
        node
        for node in module.body
        if isinstance(node, ast.ClassDef)
        # pytest collects a class by its name, or by what it is derived from
        and (node.bases or node.name.startswith("Test"))
        and any(isinstance(n, Function) and n.name.startswith("test") for n in node.body)
    ]
    return holding[-1] if holding and _can_hold(holding[-1], written.source) else None


def _can_hold(owner: ast.ClassDef, source: str) -> bool:
    """Whether the test means the same in there: unittest knows no parameters, no fixtures."""
    module = ast.parse(source)
    tests = [node for node in module.body if isinstance(node, Function)]
    plain = not any(test.decorator_list or ast.unparse(test.args) for test in tests)
    texts = (n for n in ast.walk(module) if isinstance(n, ast.Constant | ast.JoinedStr))
    # indenting a text of several lines would change it
    level = all(text.lineno == text.end_lineno for text in texts)
    return level and (plain or not owner.bases)


def _as_method(lines: Sequence[str]) -> list[str]:
    head = next(i for i, line in enumerate(lines) if line.startswith("def "))
    name, _, rest = lines[head].partition("(")
    given = "" if rest.startswith(")") else ", "
    return [*lines[:head], f"{name}(self{given}{rest}", *lines[head + 1 :]]
