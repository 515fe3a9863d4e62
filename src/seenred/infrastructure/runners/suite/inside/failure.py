"""What an exception says: the plain facts of it, for a line of JSON.

The exception and whatever it refers to may be hostile: nothing of it is called but `str()`.
"""

# pathlib and dataclasses would cost each run their import

from __future__ import annotations

import os
import re
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType, TracebackType
    from typing import Any

_LONGEST, _MOST_FRAMES = 2000, 60
_LEFT_OUT = "\n…\n"
_MISSING_IMPORT = re.compile(
    r"cannot import name '([^']+)' from (?:partially \w+ module )?'([^']+)'"
)
_MISSING_NAME = re.compile(r"(?:name|variable) '(\w+)'")
_MISSING_ATTRIBUTE = re.compile(
    r"<(module|class) '([\w.]+)'.*> (?:has no|does not have the) attribute '(\w+)'", re.DOTALL
)
_PATCHING = (os.path.join("unittest", "mock.py"), os.path.join("_pytest", "monkeypatch.py"))
# files of pytest that raise Failed for the test itself; elsewhere it is pytest that gives up
_RAISE_FOR_TESTS = ("raises.py", "python_api.py", "recwarn.py")


def told(error: BaseException, root: str, decisive: str) -> dict[str, Any]:
    """All fields of `seenred.domain.observation.Failure`."""
    error = cause(error)
    frames = _frames(error.__traceback__)
    name, name_from, owner = missing(error, frames)
    return {
        "kind": kind(type(error)),
        "bases": [kind(base) for base in type(error).__mro__[1:] if base is not object],
        "message": _both_ends(text(error)),
        "decisive": decisive[:_LONGEST] or _last_line(error),
        "frames": _shown(frames, root),
        "name": name,
        "name_from": name_from,
        "owner": owner,
        "did_not_raise": did_not_raise(error, frames),
        "asserted": asserted(error, frames),
    }


def cause(error: BaseException) -> BaseException:
    """What lies behind pytest's own wrapping of an error at collection."""
    while kind(type(error)).rpartition(".")[2] in ("CollectError", "ConftestImportFailure"):
        behind = error.__cause__ or getattr(error, "cause", None)
        if not isinstance(behind, BaseException):
            break
        error = behind
    return error


def kind(of: type) -> str:
    """`module.QualName`; the bare name for builtins."""
    module = str(type.__getattribute__(of, "__module__"))
    name = str(type.__getattribute__(of, "__qualname__"))
    return name if module == "builtins" else f"{module}.{name}"


def text(error: BaseException) -> str:
    """`str()` of it, whatever its class makes of that."""
    try:
        return str(error)
    except Exception as failed:
        return f"<its message cannot be shown: {type(failed).__name__}>"


def _both_ends(message: str) -> str:
    """Not too long: how it begins, and how it ends, where a child's error stands."""
    if len(message) <= _LONGEST:
        return message
    half = _LONGEST // 2 - len(_LEFT_OUT)
    return f"{message[:half]}{_LEFT_OUT}{message[-half:]}"


def _last_line(error: BaseException) -> str:
    lines = f"{type(error).__name__}: {text(error)}".strip().splitlines()
    return lines[0][:_LONGEST]


def _frames(trace: TracebackType | None) -> list[tuple[FrameType, int]]:
    found = []
    while trace is not None:
        found.append((trace.tb_frame, trace.tb_lineno))
        trace = trace.tb_next
    return found


def _shown(frames: list[tuple[FrameType, int]], root: str) -> list[tuple[str, int, str]]:
    """The project's frames and those of others, without pytest's and the import system's."""
    shown = []
    for frame, line in frames:
        file, function = frame.f_code.co_filename, frame.f_code.co_name
        if not _of_machinery(file, str(frame.f_globals.get("__name__", ""))):
            shown.append((relative(file, root), line, function))
    return [*shown[: _MOST_FRAMES // 2], *shown[max(_MOST_FRAMES // 2, len(shown) - 30) :]]


def _of_machinery(file: str, module: str) -> bool:
    package = module.partition(".")[0]
    return package in ("_pytest", "pluggy", "pytest") or file.startswith("<frozen importlib")


def relative(file: str, root: str) -> str:
    """The path below the root, else as it is."""
    path = os.path.realpath(file) if file.startswith("/") else file
    for base in (root, os.path.realpath(root)):
        if path.startswith(base + "/"):
            return path[len(base) + 1 :]
    if path.startswith(("/", "<")):
        return path
    return path if os.path.exists(os.path.join(root, path)) else f"<{path}>"


def missing(
    error: BaseException, frames: list[tuple[FrameType, int]]
) -> tuple[str | None, str | None, str | None]:
    """What was missing, where it was to come from, and whose attribute it was to be."""
    if isinstance(error, ImportError):
        return _missing_import(error)
    if isinstance(error, AttributeError):
        name, owner = _missing_attribute(error, frames)
        return name, None, owner
    if isinstance(error, NameError):
        found = _MISSING_NAME.search(text(error))
        return _word(error, "name") or (found[1] if found else None), None, None
    if type(error).__name__ == "FixtureLookupError":
        return _word(error, "argname"), None, None
    return None, None, None


def _missing_import(error: ImportError) -> tuple[str | None, str | None, None]:
    # `name_from` exists from Python 3.12 on
    found = _MISSING_IMPORT.match(text(error))
    wanted = _word(error, "name_from") or (found[1] if found else None)
    if wanted is None:
        return _word(error, "name"), None, None
    return wanted, _word(error, "name") or (found[2] if found else None), None


def _missing_attribute(
    error: AttributeError, frames: list[tuple[FrameType, int]]
) -> tuple[str | None, str | None]:
    name = _word(error, "name")
    if name is not None:
        return name, owner(getattr(error, "obj", None))
    patching = [frame for frame, _ in frames if frame.f_code.co_filename.endswith(_PATCHING)]
    if patching:
        # patching what is not there: it is said in the message only
        local = patching[-1].f_locals
        if isinstance(local.get("name"), str) and local.get("target") is not None:
            return local["name"], owner(local["target"])
        behind = error.__cause__ or error.__context__
        if isinstance(behind, AttributeError):
            return _missing_attribute(behind, _frames(behind.__traceback__))
    found = _MISSING_ATTRIBUTE.match(text(error))
    if found:
        return found[3], found[2] if found[1] == "module" else found[2].rpartition(".")[0]
    return None, None


def owner(of: object) -> str | None:
    """The module that `of` is, or that defines it or its class."""
    try:
        if type(of) is super:
            of = object.__getattribute__(of, "__self_class__")
        if isinstance(of, type(sys)):
            return str(of.__name__)
        named = of if isinstance(of, type) or type(of).__name__ == "function" else type(of)
        return str(named.__module__)
    except Exception:
        return None


def _word(error: BaseException, attribute: str) -> str | None:
    found = getattr(error, attribute, None)
    return found if isinstance(found, str) else None


def did_not_raise(error: BaseException, frames: list[tuple[FrameType, int]]) -> bool:
    """Whether a block that had to raise ended in peace."""
    if isinstance(error, AssertionError):
        last = frames[-1][0].f_code if frames else None
        of_unittest = last is not None and last.co_name == "_raiseFailure"
        return of_unittest and " not raised" in text(error)
    before = _before_fail(frames)
    own = before.endswith(tuple(os.path.join("_pytest", n) for n in _RAISE_FOR_TESTS[:2]))
    return _is_failed(error) and own and text(error).startswith("DID NOT RAISE")


def asserted(error: BaseException, frames: list[tuple[FrameType, int]]) -> bool:
    """Whether it came from an assertion, and not from pytest giving up on the test."""
    if isinstance(error, AssertionError):
        return True
    if isinstance(error, BaseExceptionGroup):
        return all(asserted(inner, _frames(inner.__traceback__)) for inner in error.exceptions)
    if not _is_failed(error):
        return False
    before = _before_fail(frames)
    folder, name = os.path.split(before)
    return os.path.basename(folder) != "_pytest" or name in _RAISE_FOR_TESTS


def _is_failed(error: BaseException) -> bool:
    return any(kind(base) == "_pytest.outcomes.Failed" for base in type(error).__mro__) or any(
        base.__name__ == "Failed" and base.__module__ in ("builtins", "_pytest.outcomes")
        for base in type(error).__mro__
    )


def _before_fail(frames: list[tuple[FrameType, int]]) -> str:
    """File of the last frame that is not `pytest.fail` itself."""
    files = [frame.f_code.co_filename for frame, _ in frames]
    outside = [file for file in files if not file.endswith(os.path.join("_pytest", "outcomes.py"))]
    return outside[-1] if outside else ""
