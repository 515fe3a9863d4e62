"""Text of a PDF through `pdftotext`, or pypdf where that is installed."""

from __future__ import annotations

import importlib.util
import logging
import re
import shutil
from pathlib import Path

from seenred.errors import EnvironmentLacks, UsageError
from seenred.infrastructure.supervisor import Allowance, run

# What a PDF of somebody else's may cost: a page of text needs a thousandth of it.
ALLOWANCE = Allowance(seconds=30, output=32 << 20, memory=2 << 30)
MAX_PAGES = 50
_HINT = (
    "install poppler-utils (apt-get install poppler-utils) or pypdf (pip install 'seenred[agents]')"
)


def read_pdf(path: Path) -> str:
    """The text of a PDF with its lines and columns kept.

    Raises:
        UsageError: `pdf-damaged`, `pdf-encrypted`, `pdf-without-text`.
        EnvironmentLacks: `pdf-reader-missing`.
    """
    if b"%PDF-" not in _head(path):
        raise UsageError(
            "pdf-damaged",
            f"{path} is not a PDF or is damaged; export it again, or give its text as .txt",
        )
    program = shutil.which("pdftotext")
    if program:
        text = _by_program(program, path)
    elif importlib.util.find_spec("pypdf"):
        text = _by_library(path)
    else:
        raise EnvironmentLacks("pdf-reader-missing", f"{path} needs a PDF reader; {_HINT}")
    text = tidy(text)
    if not text.strip():
        raise UsageError(
            "pdf-without-text",
            f"{path} holds no text, only pictures perhaps; run OCR on it, or give its text as .txt",
        )
    return text


def tidy(text: str) -> str:
    """The common margin, ligatures and runs of empty lines taken out."""
    for ligature, letters in (
        ("\ufb01", "fi"),
        ("\ufb02", "fl"),
        ("\ufb00", "ff"),
        ("\ufb03", "ffi"),
    ):
        text = text.replace(ligature, letters)
    lines = [line.rstrip() for line in re.split(r"\r\n|\r|\n|\f", text.replace("\u00a0", " "))]
    margin = min((len(line) - len(line.lstrip()) for line in lines if line), default=0)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line[margin:] for line in lines)).strip("\n") + "\n"


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(1024)


def _by_program(program: str, path: Path) -> str:
    command = [program, "-layout", "-enc", "UTF-8", "-l", str(MAX_PAGES), str(path.absolute()), "-"]
    try:
        done = run(command, allowance=ALLOWANCE)
    except OSError as error:
        raise EnvironmentLacks(
            "pdf-reader-missing", f"{program} did not start ({error.strerror}); {_HINT}"
        ) from error
    if done.returncode != 0:
        if b"password" in done.stderr.lower():
            raise _encrypted(path)
        raise _damaged(path)
    return done.stdout.decode("utf-8", "replace")


def _by_library(path: Path) -> str:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    logging.getLogger("pypdf").setLevel(
        logging.CRITICAL
    )  # its remarks on odd files say nothing to a user
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise _encrypted(path)
        pages = reader.pages[:MAX_PAGES]
        return "\n".join(page.extract_text(extraction_mode="layout") for page in pages)
    except UsageError:
        raise
    except (DependencyError, FileNotDecryptedError) as error:
        raise _encrypted(path) from error
    except Exception as error:  # a broken file makes pypdf raise nearly anything
        raise _damaged(path) from error


def _encrypted(path: Path) -> UsageError:
    return UsageError("pdf-encrypted", f"{path} is protected by a password; save a copy without it")


def _damaged(path: Path) -> UsageError:
    return UsageError(
        "pdf-damaged", f"{path} is damaged; export it again, or give its text as .txt"
    )
