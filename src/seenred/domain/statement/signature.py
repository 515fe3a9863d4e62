"""The wanted function's signature, from code or from prose, and annotations from examples."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from seenred.domain.literal import evaluate
from seenred.domain.problem import Parameter, Signature
from seenred.domain.statement.lines import Line

_DEF = re.compile(r"^(\s*)(?:>>> |\.\.\. )?(?:async\s+)?def\s+(\w+)\s*\(")
_CALL_FORM = re.compile(r"`([A-Za-z_]\w*)\s*(\([^`]*\)(?:\s*(?:->|→)\s*[^`]+)?)\s*:?`")
_FUNCTION_FORM = re.compile(
    r"\b(?:function|method|routine|procedure|def|implement|write|define|create|complete|signature:?)\s+"
    r"(?:called\s+|named\s+)?`?([a-zA-Z_]\w*)\s*(\([^()]*\)(?:\s*(?:->|→)\s*[\w\[\], "
    r"|.]+?(?=[`:.,]?(?:\s|$)))?)",
)
_BARE_HEAD = re.compile(r"^`?([A-Za-z_]\w*\s*\([^()]*:[^()]*\)(?:\s*(?:->|→)\s*[^=`]+?)?)\s*:?`?$")
_NAMED = re.compile(
    r"\b(?:function|method|routine|procedure)\s*,?\s+(?:called|named"
    r"|with the name)\s+[`'\"*]*([A-Za-z_]\w*)"
    r"|\b(?:[Ff]unction|[Mm]ethod)\s*,?\s+`([A-Za-z_]\w*)`|\bfunction\s+([a-z]+(?:_[a-z0-9]+)+)\b"
    r"|`([A-Za-z_]\w*)`\s+(?:function|method)\b|\b[Ff]unction name\s*:\s*`?([A-Za-z_]\w*)"
    r"|\b(?:[Ww]rite|[Ii]mplement|[Cc]omplete|[Dd]efine|[Cc]reate)\s+`([A-Za-z_]\w*)`"
    r"|\b(?:[Ww]rite|[Ii]mplement|[Cc]omplete|[Dd]efine|[Cc]reate)\s+([a-z]+(?:_[a-z0-9]+)+)\b"
)
_LISTED = re.compile(r"^\W*(?:parameters?|arguments?|args|inputs?)\W*:\s*(.+)$", re.IGNORECASE)
_LISTED_NAME = re.compile(r"`?([A-Za-z_]\w*)`?\s*(?:\(([\w\[\], |]+)\)|:\s*([\w\[\]|]+))")
_TAKES = re.compile(
    r"\b(?:takes?|taking|given|accepts?|receives?|with (?:the )?(?:parameters?"
    r"|arguments?))\b([^.;]*)"
)
_FOREIGN = re.compile(
    r"^\s*(?:export\s+)?(?:(?:function|fn|func)\s+|(?:(?:public|private|static|pub)\s+)*"
    r"[A-Za-z_][\w<>,\[\]:]*\s+)(\w+)\s*\(([^()]*)\)"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
IGNORED = {
    "main",
    "print",
    "len",
    "range",
    "max",
    "min",
    "sum",
    "sorted",
    "O",
    "abs",
    "set",
    "list",
    "str",
    "int",
    "float",
    "dict",
    "tuple",
    "log",
    "assert",
    "input",
    "gcd",
    "isinstance",
}


def find_signature(lines: Sequence[Line]) -> Signature | None:
    """The signature that the statement spells out, with its parameters where it names them."""
    found = _defined(lines) or _written_as_call(lines) or _bare(lines) or _foreign(lines)
    return found or _named_only(lines)


def parse_signature(text: str) -> Signature | None:
    """`name(a: int, b) -> int` or the same with `def`, without `self` and defaults."""
    source = (
        re.sub(r"^\s*(?:async\s+)?(?:def\s+)?", "", text).strip().rstrip(":").replace("→", "->")
    )
    try:
        tree = ast.parse(f"def {source}: pass")
    except (SyntaxError, ValueError):
        return None
    definition = tree.body[0]
    if not isinstance(definition, ast.FunctionDef):
        return None
    arguments = [*definition.args.posonlyargs, *definition.args.args, *definition.args.kwonlyargs]
    parameters = tuple(
        Parameter(a.arg, ast.unparse(a.annotation) if a.annotation else "")
        for a in arguments
        if a.arg not in ("self", "cls")
    )
    returns = ast.unparse(definition.returns) if definition.returns else ""
    return Signature(definition.name, parameters, returns)


def is_stateful_class(lines: Sequence[Line]) -> bool:
    """Whether a class of several public methods is wanted, which no single call can judge."""
    in_class = any(re.match(r"\s*class\s+\w+", line.text) for line in lines)
    methods = [m[2] for line in lines if (m := _DEF.match(line.text)) and "self" in line.text]
    public = [name for name in methods if not name.startswith("_")]
    return in_class and (len(public) > 1 or (bool(public) and "__init__" in methods))


def snake_case(words: str) -> str:
    """A title or a file name as a Python name, `solve` when nothing is left of it."""
    spaced = _CAMEL.sub(" ", words)
    cleaned = re.sub(
        r"^\s*(?:problem|task|exercise|kata|challenge|question)?\s*[A-Z]?\d*\s*[.:)-]\s+",
        "",
        spaced,
        flags=re.IGNORECASE,
    )
    name = "_".join(re.findall(r"[a-z0-9]+", cleaned.lower()))[:40].strip("_")
    name = name if name and not name[0].isdigit() else "solve"
    return (
        "solve"
        if name in {"problem", "statement", "task", "readme", "examples", "example"}
        else name
    )


def infer_annotation(literals: Iterable[str]) -> str:
    """The narrowest annotation that holds for every literal, or ''."""
    names = {annotation_of(evaluate(literal)) for literal in literals}
    return _union(names)


def annotation_of(value: object) -> str:
    """`list[int]` for `[1, 2]`; a bare `list` when the elements differ or there are none."""
    if value is None:
        return "None"
    if isinstance(value, list | set):
        inside = _union({annotation_of(item) for item in value})
        return f"{type(value).__name__}[{inside}]" if inside else type(value).__name__
    if isinstance(value, tuple):
        return f"tuple[{', '.join(annotation_of(item) for item in value)}]" if value else "tuple"
    if isinstance(value, dict):
        keys = _union({annotation_of(key) for key in value})
        values = _union({annotation_of(item) for item in value.values()})
        return f"dict[{keys}, {values}]" if keys and values else "dict"
    return type(value).__name__


def _union(names: set[str]) -> str:
    for base in ("list", "set", "tuple", "dict"):
        if base in names and any(name.startswith(f"{base}[") for name in names):
            names = names - {base}
    if names == {"int", "float"}:
        return "float"
    if "None" in names and len(names) == 2:
        return f"{next(iter(names - {'None'}))} | None"
    bases = {name.split("[")[0] for name in names}
    if len(names) == 1:
        return next(iter(names))
    if len(bases) == 1 and bases <= {"list", "set"}:
        inside = _union({name[len(next(iter(bases))) + 1 : -1] for name in names})
        return f"{next(iter(bases))}[{inside}]" if inside else next(iter(bases))
    return next(iter(bases)) if len(bases) == 1 else ""


def _defined(lines: Sequence[Line]) -> Signature | None:
    found: list[Signature] = []
    for index, line in enumerate(lines):
        match = _DEF.match(line.text)
        if match and (signature := parse_signature(_whole_head(lines, index))):
            found.append(signature)
    wanted = [s for s in found if not re.match(r"_|test|main$|check|helper", s.name)]
    calls = Counter(re.findall(r"\b(\w+)\(", "\n".join(line.text for line in lines)))
    return max(wanted, key=lambda s: calls[s.name], default=None)


def _whole_head(lines: Sequence[Line], start: int) -> str:
    text = ""
    for line in lines[start : start + 12]:
        text += re.sub(r"^\s*(?:>>> |\.\.\. )?", " ", line.text.split("#")[0])
        head = re.match(
            r"(.*\)\s*(?:->\s*[^:]+?)?)\s*:\s*(?:\.\.\.|pass|return\b.*|\"\"\".*)?\s*$", text
        )
        if head:
            return head[1]
    bare = re.match(r"\s*(def\s+\w+\s*\(.*\)(?:\s*->\s*[\w\[\], |.]+)?)\s*$", lines[start].text)
    return bare[1] if bare else text


def _written_as_call(lines: Sequence[Line]) -> Signature | None:
    for pattern in (_CALL_FORM, _FUNCTION_FORM):
        for line in lines:
            for match in pattern.finditer(line.text):
                signature = parse_signature(match[1] + match[2])
                if signature and signature.name not in IGNORED:
                    return signature
    return None


def _bare(lines: Sequence[Line]) -> Signature | None:
    """`name(a: int) -> int` on a line of its own; the annotations tell it from a call."""
    for line in lines:
        match = _BARE_HEAD.match(line.plain)
        signature = parse_signature(match[1]) if match else None
        if signature and any(p.annotation for p in signature.parameters):
            return signature
    return None


def _foreign(lines: Sequence[Line]) -> Signature | None:
    """A signature in another language: its names are kept, its types are not."""
    for line in lines:
        if line.block is None and not re.search(r"\)\s*(?::\s*[^;{}]+)?[;{]\s*$", line.text):
            continue
        match = _FOREIGN.match(line.text)
        if (
            match
            and match[1] not in IGNORED
            and not re.match(r"\s*(?:return|class|if|while|for|else|assert|print)\b", line.text)
        ):
            names = [_foreign_name(piece) for piece in _pieces(match[2])]
            if all(names):
                return Signature(match[1], tuple(Parameter(name) for name in names))
    return None


def _pieces(text: str) -> list[str]:
    flat = re.sub(r"<[^<>]*>", "", re.sub(r"<[^<>]*>", "", text))
    return [piece for piece in flat.split(",") if piece.strip()]


def _foreign_name(piece: str) -> str:
    before_colon = re.match(r"\s*(?:mut\s+)?(\w+)\s*\??:", piece)
    typed = re.match(r"\s*(?:const\s+)?[\w:\[\]]+[\s*&\[\]]+(\w+)(?:\[\])*\s*$", piece)
    alone = re.match(r"\s*([a-zA-Z_]\w*)\s*$", piece)
    found = before_colon or typed or alone
    return found[1] if found else ""


def _named_only(lines: Sequence[Line]) -> Signature | None:
    """The name of `a function called median`, and the parameters that stand in backticks."""
    text = " ".join(line.plain for line in lines if line.block is None and not line.fence)
    for match in _NAMED.finditer(text):
        name = next(group for group in match.groups() if group)
        if name in IGNORED or name in {"that", "which", "to", "should", "called", "named"}:
            continue
        takes = _TAKES.search(text, match.end(), match.end() + 240)
        clause = (
            re.split(r"\b(?:and\s+)?(?:returns?|returning|which|gives?|prints?)\b", takes[1])[0]
            if takes
            else ""
        )
        names = re.findall(r"`([A-Za-z_]\w*)`", clause)
        return Signature(name, tuple(Parameter(each) for each in names) or _listed(lines))
    return None


def _listed(lines: Sequence[Line]) -> tuple[Parameter, ...]:
    """`Parameters: text (str), shift (int)`."""
    for line in lines:
        match = _LISTED.match(line.plain)
        found = _LISTED_NAME.findall(match[1]) if match else []
        parameters = tuple(Parameter(name, one or other) for name, one, other in found)
        if parameters and all(parse_signature(f"f({p.name}: {p.annotation})") for p in parameters):
            return parameters
    return ()
