"""Bounds and limits that a statement sets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from seenred.domain.problem import Bound, Signature
from seenred.domain.statement.lines import Line, prose
from seenred.domain.statement.number import NUMBER, plain_numbers, read_number

_SUBJECT = r"\|?[A-Za-z_][\w.]*(?:\[[\w+-]*\]|\(\w*\)|_\{?\w+\}?|[ᵢⱼ])*\|?(?:\.\w+)?(?:\(\))?"
_NAMED = (
    r"(?:(?:the )?(?:length|size|number of (?:elements|items|characters)) (?:of|in) \w+"
    rf"|{_SUBJECT})"
)
_ITEMS = rf"(?:{NUMBER}|{_NAMED}(?:\s*,\s*{_NAMED})*)"
_CHAIN = re.compile(rf"(?<![\w.^\])])({_ITEMS})((?:\s*(?:<=|<|>=|>)\s*{_ITEMS})+)(?![\w(])")
_BETWEEN = re.compile(
    rf"(?<!number of )\b({_SUBJECT})\s+(?:is|are|will be|lies|must be|ranges?"
    rf"|has a value)?\s*(?:always\s+)?(?:an integer\s+)?"
    rf"(?:between|in (?:the )?range|from)\s+[\[(]?({NUMBER})\s*(?:and|to|,|\.\.+|-)\s*({NUMBER})",
    re.I,
)
_LENGTH_WORDS = r"(elements|items|characters|chars|numbers|integers|entries|letters|words|values)"
_AT_MOST = re.compile(
    rf"\b(?:at most|up to|no more than|not more than|maximum of)\s+({NUMBER})\s+{_LENGTH_WORDS}",
    re.I,
)
_SO_MANY = re.compile(
    rf"\b(?:between|from)\s+({NUMBER})\s+(?:and|to)\s+({NUMBER})\s+{_LENGTH_WORDS}", re.I
)
_AT_LEAST = re.compile(
    rf"\bat least\s+({NUMBER})\s+{_LENGTH_WORDS[:-1].replace('s|', 's?|')}s?)", re.I
)
_LENGTH_IS = re.compile(
    rf"(?:length|size) of (?:the )?(?:(?:list|array|string|input)\s+)?(\w+)?\s*(?:is|does not"
    rf"|will not|won't)\s*"
    rf"(?:(?:always )?(?:at most|up to|exceed|not exceed)\s+({NUMBER})"
    rf"|between\s+({NUMBER})\s+and\s+({NUMBER}))",
    re.I,
)
_HEADING = re.compile(
    r"^\W*(?:constraints?|limits?|limitations|restrictions|bounds)\b\W*(?:\(.*\))?\W*$", re.I
)
_TIME = re.compile(
    r"(?:time\s+limit(?:\s+per\s+(?:test|case))?|timeout|(?:with)?in(?:\s+(?:under|less than"
    r"|at most))?|under|less than)"
    r"\s*(?:is|of|[:=|])?\s*(\d+(?:\.\d+)?)\s*(ms|milliseconds?|s|secs?|seconds?|minutes?)\b",
    re.I,
)
_CODE = re.compile(r"\s*(?:if|while|for|assert|return|def|elif|class|import|>>>)\b")


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a statement limits; `unread` are (line, text) of constraints that gave no bound."""

    bounds: tuple[Bound, ...] = ()
    texts: tuple[str, ...] = ()
    unread: tuple[tuple[int, str], ...] = ()


def find_constraints(lines: Sequence[Line], signature: Signature | None) -> Constraints:
    """Bounds from anywhere in the statement, and the text of every constraint."""
    bounds: list[Bound] = []
    texts: list[str] = []
    unread: list[tuple[int, str]] = []
    under_heading = False
    aliases = dict(_aliases(lines))
    for line in lines:
        text = line.plain
        if _HEADING.match(text):
            under_heading = True
            continue
        if line.is_heading or re.match(
            r"(?i)\W*(?:examples?|sample|input|output|notes?|follow.?up|hints?)\b[^<>≤≥]*$", text
        ):
            under_heading = False
        if line.fence or not text or (line.block is not None and _CODE.match(line.text)):
            continue
        body = re.sub(r"(?i)^\W*constraints?\s*:\s*", "", text)
        chains = list(_from_chains(plain_numbers(body)))
        found = [*chains, *_from_words(plain_numbers(body), signature)]
        bounds += found
        if under_heading or body != text or (chains and len(body) < 200):
            texts.append(body.replace("`", ""))
        if (
            not found
            and under_heading
            and re.search(r"<|≤|\\le|≥|>=", body)
            and re.search(r"\d", body)
        ):
            unread.append((line.number, body))
    resolved = [_resolved(bound, aliases, signature) for bound in bounds]
    return Constraints(_merged(resolved), tuple(dict.fromkeys(texts)), tuple(unread))


def find_time_limit(lines: Sequence[Line]) -> float | None:
    """Seconds that one run may take, if the statement says."""
    text = re.sub(r"\s*\n\s*", " ", "\n".join(line.plain for line in lines if not line.fence))
    match = _TIME.search(re.sub(r"[`*]", "", text))
    if not match:
        return None
    unit = match[2].lower()
    scale = 0.001 if unit.startswith(("ms", "milli")) else 60.0 if unit.startswith("min") else 1.0
    return float(match[1]) * scale


def find_complexity(lines: Sequence[Line]) -> str | None:
    """The growth of time that the statement demands, not one that it only mentions."""
    text = re.sub(r"\s+", " ", re.sub(r"\\log", "log", plain_numbers(prose(lines))))
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", text):
        if re.search(
            r"(?i)too slow|follow.?up|not (?:be )?(?:accepted|enough|sufficient)|naive|brute"
            r"|will time out",
            sentence,
        ):
            continue
        for match in re.finditer(r"\bO\s?\(", sentence):
            growth = _balanced(sentence, match.end() - 1)
            after = sentence[match.start() + len(growth) + 1 :][:24]
            demanded = re.search(
                r"(?i)\b(?:must|should|required?|needs?|expected|in|complexity|runs?|at most"
                r"|time|better)\b",
                sentence[: match.start()],
            )
            if demanded and not re.match(r"(?i)\s*(?:\w+\s+)?(?:space|memory)", after):
                return f"O{growth}"
    return None


def _balanced(text: str, start: int) -> str:
    depth = 0
    for index in range(start, len(text)):
        depth += (text[index] == "(") - (text[index] == ")")
        if depth == 0:
            return text[start : index + 1]
    return text[start:]


def _aliases(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """`n == nums.length`: a name that stands for a length."""
    for line in lines:
        for match in re.finditer(
            r"\b([A-Za-z]\w*)\s*={1,2}\s*(len\(\w+\)|\w+\.(?:length|size)\b|\|\w+\|)", line.plain
        ):
            yield match[1], normal_subject(match[2])
        written = re.search(
            r"\b`?([a-z])`?,?\s+(?:is\s+)?the (?:length|size) of (?:the )?(?:\w+ )?`(\w+)`",
            line.plain,
        )
        if written:
            yield written[1], f"len({written[2]})"


def normal_subject(text: str) -> str:
    """`nums.length` and `|nums|` as `len(nums)`, `a_i` as `a[i]`."""
    text = text.strip().replace("ᵢ", "[i]").replace("ⱼ", "[j]")
    worded = re.fullmatch(r"(?i)(?:the )?(?:length|size|number of \w+) (?:of|in) (\w+)", text)
    if worded:
        return f"len({worded[1]})"
    measured = re.fullmatch(
        r"\|(.+)\||(?:len|length|size)\((.+)\)|(.+)\.(?:length|size|len)(?:\(\))?", text
    )
    if measured:
        return f"len({normal_subject(next(group for group in measured.groups() if group))})"
    indexed = re.fullmatch(r"([A-Za-z]\w*?)_\{?([ijk])\}?(?:_?\{?[ijk]\}?)?", text)
    return (
        f"{indexed[1]}[i]"
        if indexed
        else re.sub(r"\[(\w+)\]", lambda m: m[0] if m[1] in "ijk" else "[i]", text)
    )


def _from_chains(text: str) -> Iterator[Bound]:
    for match in _CHAIN.finditer(text):
        pieces = re.split(r"\s*(<=|>=|<|>)\s*", match[0])
        items, signs = pieces[::2], pieces[1::2]
        if len({sign[0] for sign in signs}) != 1:
            continue
        if signs[0][0] == ">":
            items, signs = items[::-1], [sign.replace(">", "<") for sign in reversed(signs)]
        for index, item in enumerate(items):
            if read_number(item) is None:
                low, high = _limit(items, signs, index, -1), _limit(items, signs, index, 1)
                for subject in item.split(","):
                    if subject.strip() and (low is not None or high is not None):
                        yield Bound(normal_subject(subject), low, high)


def _limit(items: Sequence[str], signs: Sequence[str], index: int, step: int) -> float | None:
    """The nearest number of a chain on one side; a strict sign between whole numbers moves it."""
    strict = 0
    position = index + step
    while 0 <= position < len(items):
        strict += signs[min(position, position - step)] == "<"
        value = read_number(items[position])
        if value is not None:
            return value - step * strict if isinstance(value, int) else value
        position += step
    return None


def _from_words(text: str, signature: Signature | None) -> Iterator[Bound]:
    for match in _BETWEEN.finditer(text):
        low, high = read_number(match[2]), read_number(match[3])
        if match[1].lower() not in {
            "is",
            "are",
            "it",
            "numbers",
            "values",
            "be",
            "length",
            "them",
            "has",
            "have",
            "contains",
            "contain",
            "holds",
            "with",
        } and None not in (low, high):
            yield Bound(normal_subject(match[1]), low, high)
    collection = _only_collection(signature)
    for match in _LENGTH_IS.finditer(text):
        name = match[1] or collection
        if name:
            low = read_number(match[3]) if match[3] else None
            yield Bound(f"len({name})", low, read_number(match[2] or match[4]))
    if collection:
        for match in _AT_MOST.finditer(text):
            yield Bound(f"len({collection})", None, read_number(match[1]))
        for match in _SO_MANY.finditer(text):
            yield Bound(f"len({collection})", read_number(match[1]), read_number(match[2]))
        for match in _AT_LEAST.finditer(text):
            yield Bound(f"len({collection})", read_number(match[1]), None)
        if re.search(
            r"(?i)\b(?:a|an|the|given)\s+non-?empty\s+(?:list|array|string|sequence|integer array)",
            text,
        ):
            yield Bound(f"len({collection})", 1, None)


def _only_collection(signature: Signature | None) -> str | None:
    parameters = signature.parameters if signature else ()
    sized = [
        p.name
        for p in parameters
        if re.match(r"(?i)list|str|sequence|tuple|set|dict", p.annotation)
    ]
    return (
        sized[0]
        if len(sized) == 1
        else parameters[0].name
        if len(parameters) == 1 and not parameters[0].annotation
        else None
    )


def _resolved(bound: Bound, aliases: dict[str, str], signature: Signature | None) -> Bound:
    """The bound with its subject in terms of the parameters, where it can be told."""
    names = [parameter.name for parameter in signature.parameters] if signature else []
    subject = bound.subject
    if subject in aliases and subject not in names:
        return replace(bound, subject=aliases[subject])
    base = re.match(r"(?:len\()?(\w+)", subject)
    collection = _only_collection(signature)
    if (
        base
        and base[1] not in names
        and collection
        and re.fullmatch(r"(?:len\(\w+\)|\w+\[i\])", subject)
    ):
        return replace(bound, subject=subject.replace(base[1], collection, 1))
    return bound


def _merged(bounds: Sequence[Bound]) -> tuple[Bound, ...]:
    """One bound a subject: the tightest of each side."""
    found: dict[str, Bound] = {}
    for bound in bounds:
        known = found.get(bound.subject, Bound(bound.subject))
        lows = [low for low in (known.low, bound.low) if low is not None]
        highs = [high for high in (known.high, bound.high) if high is not None]
        found[bound.subject] = Bound(
            bound.subject, max(lows, default=None), min(highs, default=None)
        )
    return tuple(found.values())
