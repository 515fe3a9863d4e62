"""Numbers of things, as people say them."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """`1 commit`, `2 commits`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def agreed(number: int, noun: str, verb: str) -> str:
    """`1 test ends`, `2 tests end`."""
    return f"{counted(number, noun)} {verb}{'s' if number == 1 else ''}"
