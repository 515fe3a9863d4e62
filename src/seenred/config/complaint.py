"""What is wrong with the settings, said so that a person finds the place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from pydantic import ValidationError

from seenred.config.layer import Complaint, Layer, variable
from seenred.errors import UsageError

Known = Sequence[str]
# Where it is, what a file may say there all the same, and what the user alone may do.
_PROTECTED: tuple[tuple[tuple[str, str], tuple[object, ...], str], ...] = (
    (("sandbox", "enabled"), (True, "true"), "switch the sandbox off"),
    (("database", "url"), (), "say where prompts and code are recorded"),
)


@dataclass(frozen=True, slots=True)
class _Fault:
    """One pydantic error; `message` never holds the value."""

    loc: tuple[str, ...]
    kind: str
    message: str


def unusable(complaints: Sequence[Complaint]) -> UsageError:
    """All complaints in one error."""
    lines = "".join(f"\n  {each.place}: {each.sentence}" for each in complaints)
    return UsageError("settings-invalid", f"these settings cannot be used, correct them:{lines}")


def complaints_of(error: ValidationError, layers: Sequence[Layer], known: Known) -> list[Complaint]:
    """One complaint for each error of pydantic, with the layer that the value came from."""
    return [_complaint(fault, layers, known) for fault in _faults(error)]


def unprotected(layer: Layer) -> Iterator[Complaint]:
    """What a file says that only the user may: it may be of somebody else's repository."""
    if layer.typed:
        return
    for loc, harmless, what in _PROTECTED:
        if layer.says(loc) and layer.value(loc) not in harmless:
            sentence = f"only the command line or the environment may {what}"
            yield Complaint(f"{layer.place}: {layer.name_of('.'.join(loc))}", sentence)


def _faults(error: ValidationError) -> list[_Fault]:
    # without input, url and context: none of them may show a value
    details = error.errors(include_input=False, include_url=False, include_context=False)
    return [
        # a key of a table that is refused has "[key]" behind it
        _Fault(tuple(str(p) for p in each["loc"] if p != "[key]"), each["type"], each["msg"])
        for each in details
    ]


def _complaint(fault: _Fault, layers: Sequence[Layer], known: Known) -> Complaint:
    dotted = ".".join(fault.loc)
    layer = next((part for part in layers if part.says(fault.loc)), None)
    spoken = layer is not None and layer.spoken
    subject = layer.name_of(dotted) if layer else dotted
    place = f"{layer.place}: {subject}" if layer else dotted
    return Complaint(place, _sentence(fault, dotted, known, as_variable=spoken))


def _sentence(fault: _Fault, dotted: str, known: Known, *, as_variable: bool) -> str:
    shown = variable if as_variable else str
    if fault.kind == "extra_forbidden":
        near = _nearest(dotted, known)
        return f"unknown; did you mean {shown(near)}?" if near else "unknown"
    if fault.kind in ("model_type", "model_attributes_type"):
        inside = next(key for key in known if key.startswith(f"{dotted}."))
        return f"is a section: set one of its keys, such as {shown(inside)}"
    return fault.message.removeprefix("Input ")


def _nearest(dotted: str, known: Known) -> str | None:
    """A key of the same name in another section counts as near."""
    leaf = dotted.rpartition(".")[2]
    elsewhere = [key for key in known if key.rpartition(".")[2] == leaf]
    near = get_close_matches(dotted, known, n=1, cutoff=0.7)
    return next(iter([*elsewhere, *near]), None)
