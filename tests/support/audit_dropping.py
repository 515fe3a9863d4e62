"""Histories in which a test loses an assertion beside changed code."""

from __future__ import annotations

from audit_row import SHOP, TESTS, AuditRow, Files

_RANGE = """\
def between(first, last):
    if last < first:
        first, last = last, first
    return list(range(first, last + 1))
"""
_FORWARDS = """\
def between(first, last):
    return [*range(first, last + 1)]
"""
_WITH_A_NAME = """\
def between(first, last):
    if last < first:
        first, last = last, first
    end = last + 1
    return list(range(first, end))
"""
_RAISING = """\
def between(first, last):
    if last < first:
        raise ValueError(f"{last} comes before {first}")
    return list(range(first, last + 1))
"""
_BEGINNING = "import pytest\nfrom cart import between\n\n"
_UP = "    assert between(2, 4) == [2, 3, 4]\n"
_DOWN = "    assert between(4, 2) == [2, 3, 4]\n"
_TEST = "def test_between():\n"
_OVER_TWO_LINES = """\
    assert (
        between(4, 2) == [2, 3, 4]
    )
"""
_RAISES = """
def test_a_range_is_not_written_backwards():
    with pytest.raises(ValueError):
        between(4, 2)
"""
_BASE: Files = {**SHOP, "cart.py": _RANGE, TESTS: f"{_BEGINNING}{_TEST}{_UP}{_DOWN}"}
_TOLD = {"::test_between": "weakened"}


def _row(
    name: str,
    code: str,
    tests: str,
    kind: str,
    verdict: str,
    told: dict[str, str],
    base: Files = _BASE,
) -> AuditRow:
    files = {"cart.py": code, TESTS: _BEGINNING + tests}
    return AuditRow(name, (("refactor: ranges", files),), kind, verdict, told, base=base)


DROPPING = (
    _row(
        "an assertion dropped that the code no longer holds",
        _FORWARDS,
        f"{_TEST}{_UP}",
        "behavioral",
        "refuted",
        _TOLD,
    ),
    _row(
        "an assertion over several lines dropped that the code no longer holds",
        _FORWARDS,
        f"{_TEST}{_UP}",
        "behavioral",
        "refuted",
        _TOLD,
        base={**_BASE, TESTS: f"{_BEGINNING}{_TEST}{_UP}{_OVER_TWO_LINES}"},
    ),
    _row(
        "an assertion dropped that still holds, and nothing else notices as much",
        _WITH_A_NAME,
        f"{_TEST}{_UP}",
        "structural",
        "refuted",
        {**_TOLD, "": "same-behaviour"},
    ),
    _row(
        "an assertion dropped of which another test says the same",
        _WITH_A_NAME,
        f"{_TEST}{_UP}\ndef test_backwards():\n{_DOWN}",
        "structural",
        "proven",
        {"": "same-behaviour"},
        base={**_BASE, TESTS: f"{_BEGINNING}{_TEST}{_UP}{_DOWN}\ndef test_backwards():\n{_DOWN}"},
    ),
    _row(
        "an assertion dropped of which a new test says what holds now",
        _RAISING,
        f"{_TEST}{_UP}{_RAISES}",
        "behavioral",
        "proven",
        {"::test_a_range_is_not_written_backwards": "did-not-raise"},
    ),
    _row(
        "an assertion dropped with a new test of something else",
        _FORWARDS + "\n\ndef none():\n    return []\n",
        f"{_TEST}{_UP}\ndef test_none():\n    from cart import none\n    assert none() == []\n",
        "behavioral",
        "refuted",
        {**_TOLD, "::test_none": "missing-symbol"},
    ),
)
