"""One source of settings: what it says, and where a person finds it."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

PREFIX = "SEENRED_"
# Asked before there are any settings: where the record of runs lies.
NO_SETTINGS = {"SEENRED_DATA"}
# names that people type more often than the ones by rule
SHORT = {"SEENRED_MODEL": "model.name", "SEENRED_MODEL_PATH": "model.path"}


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something in a source that cannot be used; never shows a value."""

    place: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Layer:
    """What one source says.

    Attributes:
        place: a file's path, or what the source is.
        values: nested as the settings are.
        names: dotted key to variable, for a source that speaks in variables.
        typed: the user said it for this call; False for what was found in a folder.
    """

    place: str
    values: Mapping[str, Any]
    names: Mapping[str, str] | None = None
    typed: bool = False

    @property
    def spoken(self) -> bool:
        """Keys are written as variables here."""
        return self.names is not None

    def name_of(self, dotted: str) -> str:
        """The key as it is written in this source."""
        return (self.names or {}).get(dotted, variable(dotted) if self.spoken else dotted)

    def says(self, loc: Iterable[str]) -> bool:
        """Whether this source has a value at `loc`, or one in the place of a section above."""
        return self.value(loc) is not None

    def value(self, loc: Iterable[str]) -> Any:
        """What this source has at `loc`, or in the place of a section above; else None."""
        inside: Any = self.values
        for part in loc:
            if not isinstance(inside, Mapping):
                return inside
            inside = inside.get(part)
        return inside


def variable(dotted: str) -> str:
    """`run.candidates` to `SEENRED_RUN__CANDIDATES`."""
    return PREFIX + dotted.upper().replace(".", "__")


def flags(overrides: Mapping[str, Any]) -> Layer:
    """The command line; an option that is None was not given."""
    return Layer("command line", _nested(_flat(overrides)), typed=True)


def environment(environ: Mapping[str, str]) -> Layer:
    """The variables that begin with SEENRED_; an empty one counts as unset."""
    return replace(_variables("environment", environ), typed=True)


def variables_file(cwd: Path, paths: Collection[str]) -> Layer | Complaint:
    """The nearest `.env`; what is not ours in it is left alone."""
    path = next((each for each in (up / ".env" for up in _upwards(cwd)) if each.is_file()), None)
    if path is None:
        return Layer(".env", {})
    text = _read(path)
    if isinstance(text, Complaint):
        return text
    values = dotenv_values(stream=StringIO(text), interpolate=False)
    layer = _variables(str(path), {name: value or "" for name, value in values.items()})
    return _anchored(layer, path.parent, paths)


def file(cwd: Path, paths: Collection[str]) -> Layer | Complaint:
    """The nearest `seenred.toml`, or `pyproject.toml` that has a table for us."""
    for folder in _upwards(cwd):
        for name, inside in (("seenred.toml", ()), ("pyproject.toml", ("tool", "seenred"))):
            layer = _table(folder / name, inside)
            if isinstance(layer, Complaint):
                return layer
            if layer is not None:
                return _anchored(layer, folder, paths)
    return Layer("seenred.toml", {})


def _upwards(cwd: Path) -> Iterator[Path]:
    """`cwd` and what is above it, up to the root of the repository."""
    for folder in (cwd, *cwd.parents):
        yield folder
        if (folder / ".git").exists():
            return


def _table(path: Path, inside: Iterable[str]) -> Layer | Complaint | None:
    """The table of a TOML file, None where there is none."""
    if not path.is_file():
        return None
    text = _read(path)
    if isinstance(text, Complaint):
        return text
    try:
        table: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Complaint(str(path), f"not TOML: {error}")
    for name in inside:
        table = table.get(name)
        if not isinstance(table, dict):
            return None
    return Layer(str(path), table)


def _read(path: Path) -> str | Complaint:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return Complaint(str(path), f"not UTF-8 (byte {error.start}): save it as UTF-8")
    except OSError as error:
        return Complaint(str(path), f"cannot be read: {error.strerror}")


def _variables(place: str, variables: Mapping[str, str]) -> Layer:
    names: dict[str, str] = {}
    for name, value in sorted(variables.items()):
        if name.startswith(PREFIX) and name not in NO_SETTINGS and value:
            names[SHORT.get(name, name.removeprefix(PREFIX).lower().replace("__", "."))] = name
    return Layer(place, _nested({key: variables[name] for key, name in names.items()}), names)


def _flat(values: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{above}{key}.")
        elif value is not None:
            flat[f"{above}{key}"] = value
    return flat


def _nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for dotted in sorted(flat):
        *above, leaf = dotted.split(".")
        inside = nested
        for part in above:
            inside = inside.setdefault(part, {})
            if not isinstance(inside, dict):  # a value in the place of a section: refused later
                break
        else:
            inside[leaf] = flat[dotted]
    return nested


def _anchored(layer: Layer, folder: Path, paths: Collection[str]) -> Layer:
    """Relative paths in a file count from the file's own folder."""

    def anchored(dotted: str, value: Any) -> Any:
        if dotted in paths and isinstance(value, str):
            return str(folder / Path(value).expanduser())
        return value

    values = {
        section: {key: anchored(f"{section}.{key}", value) for key, value in table.items()}
        if isinstance(table, dict)
        else table
        for section, table in layer.values.items()
    }
    return replace(layer, values=values)
