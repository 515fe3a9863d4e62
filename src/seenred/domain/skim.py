"""What a Python module defines and imports, as its lines tell: to parse it takes far longer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seenred.domain.symbol import ModuleSymbols, Symbol, SymbolKind

_LINE = re.compile(
    r"""^(?P<blank>[ \t]*)
    (?:
        (?:async[ \t]+)?(?P<word>def|class)[ \t]+(?P<name>\w+)
        (?:[^\n]*:[ \t]*\n[ \t]*[rR]?\"{3}[ \t]*(?P<summary>[^\n"]*))?
      | from[ \t]+(?P<home>[.\w]+)[ \t]+import[ \t]*(?P<names>\([^)]*\)|[^\n]*)
      | import[ \t]+(?P<modules>[^\n]+)
      | (?<=\n)(?P<block>if|elif|else|try|except|finally|with|for|while)\b
      | (?P<value>[A-Za-z_]\w*)[ \t]*(?::[^=\n]+)?=(?!=)
    )""",
    re.MULTILINE | re.VERBOSE,
)
_COMMENT = re.compile(r"#[^\n]*")


def skimmed(source: bytes) -> ModuleSymbols:
    """Its definitions without what they use, and its imports; code in a text may be among them."""
    symbols: list[Symbol] = []
    imports: list[tuple[str, str]] = []
    around: list[tuple[int, str, str]] = []  # indentation, `def` or `class`, qualified name
    text = source.decode("utf-8", "replace")
    line, at = 1, 0
    for found in _LINE.finditer(text):
        line, at = line + text.count("\n", at, found.start()), found.start()
        if found["home"] or found["modules"]:
            imports += _imports(found)
        elif found["word"]:
            symbols += _definition(found, line, around)
        elif found["block"]:
            around.clear()
        elif not found["blank"]:
            name = found["value"]
            symbols.append(Symbol(name, SymbolKind.VALUE, line, line, found[0]))
    return ModuleSymbols(tuple(symbols), tuple(imports), skimmed=True)


def _definition(
    found: re.Match[str], line: int, around: list[tuple[int, str, str]]
) -> Iterator[Symbol]:
    depth = len(found["blank"].expandtabs())
    while around and around[-1][0] >= depth:
        around.pop()
    owner = around[-1] if around else None
    name = f"{owner[2]}.{found['name']}" if owner else found["name"]
    around.append((depth, found["word"], name))
    if any(word == "def" for _, word, _ in around[:-1]):
        return
    kind = SymbolKind.METHOD if owner else SymbolKind.FUNCTION
    kind = SymbolKind.CLASS if found["word"] == "class" else kind
    head = f"{found['word']} {found['name']}"
    yield Symbol(name, kind, line, line, head, (found["summary"] or "").strip())


def _imports(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    listed = _COMMENT.sub("", found["names"] or found["modules"]).strip("()\\; \t\n")
    for each in listed.split(","):
        name, _, bound = (part.strip() for part in each.partition(" as "))
        if not name:
            continue
        if found["modules"]:
            yield bound or name.partition(".")[0], name
        else:
            dot = "" if found["home"].endswith(".") else "."
            yield bound or name, f"{found['home']}{dot}{name}"
