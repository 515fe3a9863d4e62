"""Reads what the user names: statements as text, Markdown or PDF, and Python sources."""

from __future__ import annotations

import ast
import shutil
import subprocess
from pathlib import Path

from seenred.errors import EnvironmentLacks, UsageError

# Characters of a statement fit a model's context many times over long before this, in bytes.
LARGEST = 1_000_000
SUFFIXES = (".txt", ".md", ".pdf")


def read_document(path: Path) -> str:
    """The text of a statement.

    Raises:
        UsageError: it is missing, empty, too large, of another kind, or not UTF-8.
        EnvironmentLacks: a PDF, and nothing here can read one.
    """
    _check(path)
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(
            "statement-kind", f"{path} is not a statement: it must end in {', '.join(SUFFIXES)}."
        )
    text = _pdf(path) if path.suffix.lower() == ".pdf" else _decoded(path)
    if not text.strip():
        raise UsageError("statement-empty", f"{path} has no text in it.")
    return text


def read_source(path: Path) -> str:
    """The text of a Python source that parses.

    Raises:
        UsageError: as for a statement, or it does not parse.
    """
    _check(path)
    if path.suffix != ".py":
        raise UsageError("source-kind", f"{path} is not a Python source: it must end in .py.")
    text = _decoded(path)
    try:
        ast.parse(text)
    except SyntaxError as error:
        raise UsageError(
            "source-does-not-parse",
            f"{path} does not parse: {error.msg}, line {error.lineno}; mend that first.",
        ) from None
    if not text.strip():
        raise UsageError("source-empty", f"{path} is empty.")
    return text


def _check(path: Path) -> None:
    if path.is_dir():
        raise UsageError("input-is-a-folder", f"{path} is a folder; name a file in it.")
    if not path.is_file():
        raise UsageError("input-missing", f"{path} does not exist; check the path.")
    size = path.stat().st_size
    if size > LARGEST:
        raise UsageError(
            "input-too-large",
            f"{path} has {size:,} bytes, the limit is {LARGEST:,}; give the statement alone.",
        )
    if size == 0:
        raise UsageError("input-empty", f"{path} is empty.")


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    if b"\0" in raw:
        raise UsageError("input-binary", f"{path} is a binary file, not text.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            "input-not-utf8",
            f"{path} is not UTF-8 (byte {error.start}); convert it, for example with "
            f"`iconv -f latin1 -t utf-8`.",
        ) from None


def _pdf(path: Path) -> str:
    tool = shutil.which("pdftotext")
    if tool:
        done = subprocess.run(
            [tool, "-layout", "-enc", "UTF-8", str(path), "-"],
            capture_output=True,
            timeout=60,
            check=False,
        )
        if done.returncode == 0 and done.stdout.strip():
            return done.stdout.decode("utf-8", "replace").replace("\f", "\n")
    return _pypdf(path)


def _pypdf(path: Path) -> str:
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        raise EnvironmentLacks(
            "pdf-reader-missing",
            f"Nothing here can read {path}; install poppler-utils (pdftotext) or "
            "`pip install 'seenred[agents]'`, or save it as text.",
        ) from None
    try:
        pages = [page.extract_text(extraction_mode="layout") for page in PdfReader(path).pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            "pdf-unreadable", f"{path} cannot be read as a PDF: {error}; save it as text."
        ) from None
    text = "\n".join(pages)
    if not text.strip():
        raise UsageError(
            "pdf-without-text", f"{path} has no text (a scan?); give the statement as text."
        )
    return text
