"""Annotations of a GitHub workflow: each finding at its line of the changed files."""

from __future__ import annotations

from collections.abc import Iterable

from seenred.interop.remark import Level, Remark

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def annotate(found: Iterable[Remark]) -> str:
    """One workflow command a line."""
    return "".join(f"{_annotation(remark)}\n" for remark in found)


def _annotation(remark: Remark) -> str:
    properties = {"title": f"seenred: {remark.rule}"}
    if remark.place is not None:
        properties = {"file": remark.place.path, **properties}
        if remark.place.first is not None:
            properties["line"] = str(remark.place.first)
            properties["endLine"] = str(remark.place.last or remark.place.first)
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[remark.level]} {written}::{_data(_message(remark))}"


def _message(remark: Remark) -> str:
    commit = f" ({remark.commit[:7]})" if remark.commit else ""
    return f"{remark.about}: {remark.text}{commit}"


def _data(text: str) -> str:
    """Escaped as the runner unescapes it; `%` first."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
