"""Bounds, time limit and demanded growth, as statements write them."""

from __future__ import annotations

import re

from seenred.domain.problem import Bound

_POWER = r"(?:\s*\^\s*\{?\d+\}?|[⁰¹²³⁴-⁹]+)"
_NUMBER = (
    r"[-−]?\d[\d,_]*(?:\.\d+)?"
    rf"(?:\s*(?:\*|·|×|\\cdot)\s*10{_POWER}|{_POWER})?"
)
_NAME = (
    r"`?(?:len\(\s*\w+\s*\)|length of `?\w+`?|number of \w+|\|\w+\|"
    r"|\w+(?:\[\w+\])*(?:\.length)?(?:_\{?\w+\}?)?)`?"
)
_LE = r"\s*(?:<=|≤|⩽|\\leq?|<)\s*"
_RANGE = re.compile(rf"(?<![\w.])({_NUMBER}){_LE}({_NAME}(?:\s*,\s*{_NAME})*){_LE}({_NUMBER})")
_BETWEEN = re.compile(rf"({_NAME})\s+(?:is|lies)?\s*between\s+({_NUMBER})\s+and\s+({_NUMBER})")
_AT_MOST = re.compile(rf"({_NAME}){_LE}({_NUMBER})")
_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹−", "0123456789-")
_TIME = re.compile(
    r"(?:time\s*limit|time)\W{0,4}(?:per test\W*)?(\d+(?:\.\d+)?)\s*(s|sec|seconds?|ms)\b"
    r"|within\s+(\d+(?:\.\d+)?)\s*(s|sec|seconds?)\b",
    re.IGNORECASE,
)
_GROWTH = re.compile(r"O\s?\((?:[^()]|\([^()]*\))+\)")


def bounds_of(text: str) -> tuple[Bound, ...]:
    """Each `low <= subject <= high` of the text; the first for a subject holds."""
    found: dict[str, Bound] = {}
    for match in _RANGE.finditer(text):
        for name in match[2].split(","):
            subject = _subject(name)
            found.setdefault(subject, Bound(subject, number(match[1]), number(match[3])))
    for match in _BETWEEN.finditer(text):
        subject = _subject(match[1])
        found.setdefault(subject, Bound(subject, number(match[2]), number(match[3])))
    for match in _AT_MOST.finditer(text):
        subject = _subject(match[1])
        if not re.fullmatch(r"[\d.^]+", subject):
            found.setdefault(subject, Bound(subject, None, number(match[2])))
    return tuple(found.values())


def constraint_lines(text: str) -> tuple[str, ...]:
    """The lines that state a bound."""
    return tuple(
        line.strip(" -*`") for line in text.splitlines() if re.search(r"<=|≤|⩽|\\le", line)
    )


def time_limit_of(text: str) -> float | None:
    """Seconds of a stated time limit."""
    found = _TIME.search(text)
    if found is None:
        return None
    value, unit = (found[1], found[2]) if found[1] else (found[3], found[4])
    return float(value) / (1000 if unit.lower() == "ms" else 1)


def complexity_of(text: str) -> str | None:
    """The growth that the text demands, e.g. `O(n log n)`."""
    found = _GROWTH.search(text)
    return found[0] if found else None


def number(text: str) -> float | None:
    """`2·10⁵`, `-10^9`, `100,000` as a number; None when it is none."""
    superscript = re.sub(r"([⁰¹²³⁴-⁹]+)", r"^\1", text).translate(_SUPER)
    plain = re.sub(r"[,_ {}]", "", superscript).replace("\\cdot", "*")
    plain = plain.replace("·", "*").replace("×", "*")
    found = re.fullmatch(r"(-?[\d.]+)(?:\*(\d+))?(?:\^(\d+))?", plain)
    if found is None:
        return None
    base, factor, exponent = found[1], found[2], int(found[3] or 1)
    if factor:
        return float(base) * float(factor) ** exponent
    if base.startswith("-"):
        return -(float(base[1:]) ** exponent)
    return float(base) ** exponent


def _subject(name: str) -> str:
    text = name.strip().strip("`")
    inside = re.fullmatch(r"(?:len\(\s*|length of `?|\|)(\w+)(?:\s*\)|`?|\|)", text)
    if inside:
        return f"len({inside[1]})"
    if text.endswith(".length"):
        return f"len({text.removesuffix('.length').split('[')[0]})"
    item = re.fullmatch(r"(\w+?)(?:\[\w+\]|_\{?\w\}?)", text)
    return f"{item[1]}[i]" if item else text
