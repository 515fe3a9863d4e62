"""Whether a statement wants the arguments of a function left as they were passed."""

from __future__ import annotations

import re

# What is passed in, by the words that statements have for it.
_PASSED = r"(?:input|inputs|argument|arguments|original|given|passed|parameter|parameters)"
_CHANGED = r"(?:modif(?:y|ied|ying)|chang(?:e|ed|ing)|mutat(?:e|ed|ing)|alter(?:ed|ing)?)"
_NOT = r"(?:not|never|n't|n’t|without)"
_KEPT = r"(?:as (?:it|they) (?:is|are|was|were)|unchanged|unmodified|untouched|intact|alone)"
_WANTS = [
    re.compile(rf"\b{_PASSED}\b.*\b(?:stay|remain|left|leave|kept|keep)s?\b.*\b{_KEPT}\b"),
    re.compile(rf"\b(?:leave|keep)\b.*\b{_PASSED}\b.*\b{_KEPT}\b"),
    re.compile(rf"\b{_PASSED}\b.*{_NOT} (?:be )?{_CHANGED}\b"),
    re.compile(rf"{_NOT} (?:be )?{_CHANGED}\b.*\b(?:{_PASSED}|you are given)\b"),
    re.compile(rf"{_NOT} have (?:any )?side effects?\b.*\b{_PASSED}\b"),
]


def wants_arguments_kept(text: str) -> bool:
    """One of its sentences says so; what holds only `if` something is the case is not meant."""
    return any(_says(sentence) for sentence in re.split(r"(?<=[.!?;])\s+|\n\s*\n", text.lower()))


def _says(sentence: str) -> bool:
    plain = " ".join(sentence.replace("`", "").split())
    if re.search(r"\b(?:if|when|in[- ]place)\b", plain):
        return False
    return any(pattern.search(plain) for pattern in _WANTS)
