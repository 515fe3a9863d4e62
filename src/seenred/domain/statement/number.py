"""Numbers as constraints write them: `2·10⁵`, `10^9 + 7`, `100,000`, `2^31 - 1`."""

from __future__ import annotations

import re

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
NUMBER = (
    r"[-+]?(?:\d+(?:\s?\*\s?|\s?[x]\s?))?\d{1,3}(?:,\d{3})+|"
    r"[-+]?(?:\d+(?:\.\d+)?\s?\*\s?)?\d+(?:\.\d+)?(?:\s?\^\s?-?\d+|[eE][-+]?\d+)?(?:\s?[-+]\s?\d+(?![\w^*.]))?"
)
_POWER = re.compile(r"([-+]?)(?:(\d+(?:\.\d+)?)\s?\*\s?)?(\d+(?:\.\d+)?)\s?\^\s?(-?\d+)")


def plain_numbers(text: str) -> str:
    """The text with LaTeX, superscripts and typographic signs as plain ASCII."""
    text = re.sub(r"<sup>\s*(-?\d+)\s*</sup>", r"^\1", text)
    text = re.sub(r"<sub>\s*(\w+)\s*</sub>", r"_\1", text)
    text = re.sub(r"(?<=\d)([⁻⁰¹²³⁴-⁹]+)", lambda m: "^" + m[1].translate(_SUPERSCRIPTS), text)
    text = re.sub(r"\^\{\s*(-?\d+)\s*\}", r"^\1", text).replace("**", "^")
    text = re.sub(r"\\(?:cdot|times)\s*|[·×⋅∙]", "*", text)
    text = re.sub(r"(?<=\d) ?x ?(?=10\^)", "*", text)
    text = re.sub(r"\\leq?(?![a-z])|≤|⩽|=<|&le;|\\leqslant", "<=", text)
    text = re.sub(r"\\geq?(?![a-z])|≥|⩾|&ge;|\\geqslant", ">=", text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("\\lt", "<").replace("−", "-")
    text = re.sub(r"(?<=\d)\\?,(?=\d{3}(?!\d))", "", text)
    text = re.sub(r"(?<=\d)_(?=\d{3})", "", text)
    return re.sub(r"[$`]|\\[,;! ]|\\(?:ldots|dots)", "", text)


def read_number(text: str) -> float | None:
    """The value of one number, an int where it is whole; None when it is no number."""
    text = text.strip().replace(",", "")
    powered = _POWER.match(text)
    if powered:
        exponent = int(powered[4])
        if abs(exponent) > 300:
            return None
        value: float = (
            float(powered[3]) ** exponent
            if exponent < 0 or "." in powered[3]
            else int(powered[3]) ** exponent
        )
        value = value * (
            float(powered[2]) if powered[2] and "." in powered[2] else int(powered[2] or 1)
        )
        value = -value if powered[1] == "-" else value
        rest = text[powered.end() :]
    else:
        plain = re.match(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?:\s?\*\s?\d+)?", text)
        if not plain:
            return None
        value = 1
        for factor in plain[0].split("*"):
            value *= int(factor) if re.fullmatch(r"\s*[-+]?\d+\s*", factor) else float(factor)
        rest = text[plain.end() :]
    if added := re.fullmatch(r"\s*([-+])\s?(\d+)", rest):
        return _whole(value + int(added[1] + added[2]))
    return _whole(value) if not rest.strip() else None


def _whole(value: float) -> float:
    return (
        int(value)
        if isinstance(value, float) and value.is_integer() and abs(value) < 2**53
        else value
    )
