"""Reads statements and sources from disk, with one clear sentence for what cannot be read."""

from __future__ import annotations

import ast
import warnings
from pathlib import Path

from seenred.errors import UsageError
from seenred.infrastructure.workspace.pdf import read_pdf

MAX_BYTES = 1024 * 1024
# A PDF's text is a small part of it: fonts and pictures are the rest.
MAX_PDF_BYTES = 20 * 1024 * 1024
SUFFIXES = (".txt", ".md", ".pdf")


def read_document(path: Path) -> str:
    """Text of a `.txt`, `.md` or `.pdf` statement.

    Raises:
        UsageError: `document-missing`, `document-is-directory`, `document-unknown-type`,
            `document-too-large`, `document-empty`, `document-binary`, `document-not-utf8`,
            `document-unreadable`, `pdf-encrypted`, `pdf-without-text`, `pdf-damaged`.
        EnvironmentLacks: `pdf-reader-missing`.
    """
    suffix = path.suffix.lower()
    _check_file(path)
    if suffix not in SUFFIXES:
        raise UsageError(
            "document-unknown-type",
            f"{path} is not a statement that can be read; give a {', '.join(SUFFIXES[:2])} or "
            f".pdf file",
        )
    if suffix == ".pdf":
        content = _read_bytes(path, MAX_PDF_BYTES)
        if not content:
            raise UsageError("document-empty", f"{path} is empty; write the problem into it")
        return read_pdf(path)
    text = decode(path, _read_bytes(path, MAX_BYTES))
    if not text.strip():
        raise UsageError("document-empty", f"{path} is empty; write the problem into it")
    return text


def read_source(path: Path) -> str:
    """Text of a Python source that parses.

    Raises:
        UsageError: as `read_document` for the file itself, `source-not-python`, and
            `source-does-not-parse`, which names the line.
    """
    _check_file(path)
    if path.suffix.lower() not in (".py", ".pyw"):
        raise UsageError("source-not-python", f"{path} is not a Python source; give a .py file")
    source = decode(path, _read_bytes(path, MAX_BYTES))
    if not source.strip():
        raise UsageError("document-empty", f"{path} is empty; there is nothing to work on")
    _check_syntax(path, source)
    return source


def read_exact(path: Path) -> str:
    """Text of a file that is to be written back: byte order mark and line ends stay as they are.

    Raises:
        UsageError: as `read_document` for the file itself.
    """
    _check_file(path)
    content = _read_bytes(path, MAX_BYTES)
    decode(path, content)
    return content.decode("utf-8")


def decode(path: Path, content: bytes) -> str:
    """Content as UTF-8 text, a byte order mark left out.

    Raises:
        UsageError: `document-binary` or `document-not-utf8`, with the encoding to convert from.
    """
    likely = _marked_encoding(content)
    if likely is None and b"\0" in content:
        raise UsageError("document-binary", f"{path} is a binary file, not text; give a text file")
    if likely is None:
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            likely = _likely_encoding(content)
            where = f" (byte {error.start})"
    else:
        where = ""
    raise UsageError(
        "document-not-utf8",
        f"{path} is not UTF-8{where}; convert it: iconv -f {likely} -t UTF-8 {path} > "
        f"{path.stem}-utf8{path.suffix}",
    )


def _check_file(path: Path) -> None:
    try:
        if path.is_dir():
            raise UsageError("document-is-directory", f"{path} is a directory; give one file in it")
        if not path.exists():
            raise UsageError("document-missing", f"{path} does not exist; check the path")
        if not path.is_file():
            raise UsageError("document-unreadable", f"{path} is not a regular file; give a file")
    except OSError as error:
        raise UsageError(
            "document-unreadable", f"{path} cannot be read: {error.strerror}"
        ) from error


def _read_bytes(path: Path, limit: int) -> bytes:
    """The whole file; one byte past the limit is enough to refuse it."""
    try:
        size = path.stat().st_size
        if size <= limit:
            with path.open("rb") as file:
                content = file.read(limit + 1)
            size = max(size, len(content))
    except OSError as error:
        raise UsageError(
            "document-unreadable", f"{path} cannot be read: {error.strerror}"
        ) from error
    if size > limit:
        raise UsageError(
            "document-too-large",
            f"{path} has {size / 2**20:.1f} MB, more than the {limit // 2**20} MB that are read; "
            "keep the statement and leave its data out",
        )
    return content


def _marked_encoding(content: bytes) -> str | None:
    """UTF-32 and UTF-16 say so in their first bytes, and are full of zero bytes."""
    for mark, name in (
        (b"\xff\xfe\0\0", "UTF-32"),
        (b"\0\0\xfe\xff", "UTF-32"),
        (b"\xff\xfe", "UTF-16"),
        (b"\xfe\xff", "UTF-16"),
    ):
        if content.startswith(mark):
            return name
    return None


def _likely_encoding(content: bytes) -> str:
    """A guess for the message: Shift-JIS decodes strictly, Windows-1252 nearly everything."""
    pairs = sum(0x81 <= byte <= 0x9F for byte in content)
    high = sum(byte >= 0x80 for byte in content)
    for name in ("shift_jis", "gb18030") if pairs > 2 and high > 8 else ():
        try:
            content.decode(name)
        except UnicodeDecodeError:
            continue
        return "SHIFT_JIS" if name == "shift_jis" else "GB18030"
    return "WINDOWS-1252" if pairs else "ISO-8859-1"


def _check_syntax(path: Path, source: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
    except SyntaxError as error:
        where = f"line {error.lineno}" if error.lineno else "an unknown line"
        raise UsageError(
            "source-does-not-parse",
            f"{path} is not valid Python: {error.msg} in {where}; correct it first",
        ) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise UsageError("source-does-not-parse", f"{path} cannot be parsed: {error}") from error
