from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from seenred.domain.statement.statement import parse_statement
from seenred.errors import EnvironmentLacks, SeenredError, UsageError
from seenred.infrastructure.workspace.document import read_document, read_source

STATEMENT = ["Double", "", "double([1, 2]) -> [2, 4]", "double([]) -> []"]


def pdf_of(lines: list[str]) -> bytes:
    """A minimal PDF of one page, one line of text below the other."""
    shown = "".join(f"({_escaped(line)}) Tj T* " for line in lines)
    stream = f"BT /F1 11 Tf 14 TL 60 780 Td {shown}ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
    ]
    content = b"%PDF-1.4\n"
    offsets = []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return content + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer\n"
        b"<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (table, len(content))
    )


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def refusal(path: Path) -> SeenredError:
    with pytest.raises(SeenredError) as raised:
        read_document(path)
    assert path.name in raised.value.message
    assert "\n" not in raised.value.message
    return raised.value


def test_reads_text_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "p.txt"
    path.write_bytes(b"\xef\xbb\xbff(1) == 2\r\n")
    assert read_document(path) == "f(1) == 2\r\n"


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("e.txt", b"", "document-empty", "empty"),
        ("w.md", b" \n\t\n", "document-empty", "empty"),
        ("e.pdf", b"", "document-empty", "empty"),
        ("b.txt", b"\x7fELF\x00\x01\x02", "document-binary", "binary"),
        ("l.txt", "café".encode("latin-1"), "document-not-utf8", "ISO-8859-1"),
        ("c.txt", "“quoted”".encode("cp1252"), "document-not-utf8", "WINDOWS-1252"),
        ("u.txt", "wide".encode("utf-16"), "document-not-utf8", "UTF-16"),
        ("j.txt", "整数の列が与えられます".encode("shift_jis"), "document-not-utf8", "SHIFT_JIS"),
        ("d.docx", b"PK", "document-unknown-type", ".pdf"),
        ("noend", b"text", "document-unknown-type", ".md"),
        ("x.pdf", b"hello", "pdf-damaged", "damaged"),
        ("t.pdf", pdf_of(STATEMENT)[:40], "pdf-damaged", "damaged"),
        ("s.pdf", pdf_of([]), "pdf-without-text", "OCR"),
    ],
)
def test_refuses_what_cannot_be_read(
    tmp_path: Path, name: str, content: bytes, code: str, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    error = refusal(path)
    assert isinstance(error, UsageError)
    assert error.code == code
    assert said in error.message


def test_refuses_a_missing_file_and_a_directory(tmp_path: Path) -> None:
    (tmp_path / "d.txt").mkdir()
    assert refusal(tmp_path / "none.txt").code == "document-missing"
    assert refusal(tmp_path / "d.txt").code == "document-is-directory"


def test_refuses_what_is_no_regular_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert refusal(tmp_path / "pipe.txt").code == "document-unreadable"


@pytest.mark.parametrize("name", ["big.txt", "big.pdf", "big.md"])
def test_refuses_fifty_megabytes_by_their_size(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.touch()
    os.truncate(path, 50 * 2**20)
    error = refusal(path)
    assert error.code == "document-too-large"
    assert "50.0 MB" in error.message


def test_reads_the_examples_of_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "p.pdf"
    path.write_bytes(pdf_of(STATEMENT))
    problem = parse_statement(read_document(path), name=path.name)
    assert [(case.arguments, case.expected) for case in problem.cases] == [
        (("[1, 2]",), "[2, 4]"),
        (("[]",), "[]"),
    ]


def test_refuses_an_encrypted_pdf(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    plain = tmp_path / "plain.pdf"
    plain.write_bytes(pdf_of(STATEMENT))
    writer = PdfWriter(PdfReader(plain))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    assert refusal(tmp_path / "locked.pdf").code == "pdf-encrypted"


def test_without_a_reader_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.pdf"
    path.write_bytes(pdf_of(STATEMENT))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    error = refusal(path)
    assert isinstance(error, EnvironmentLacks)
    assert "poppler-utils" in error.message
    assert "seenred[agents]" in error.message


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('printf "f(1) -> 2\\n"', None),
        ("echo 'Incorrect password' >&2; exit 1", "pdf-encrypted"),
        ("exit 1", "pdf-damaged"),
        ("exit 0", "pdf-without-text"),
    ],
)
def test_a_pdftotext_on_the_path_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, code: str | None
) -> None:
    program = tmp_path / "pdftotext"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    path = tmp_path / "p.pdf"
    path.write_bytes(pdf_of(STATEMENT))
    if code is None:
        assert read_document(path) == "f(1) -> 2\n"
    else:
        assert refusal(path).code == code


@pytest.mark.parametrize(
    "greedy",
    [
        "exec {python} -c 'print(bytearray(3 << 30) and chr(120))'",
        "while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done",
    ],
)
def test_a_pdf_that_takes_memory_or_writes_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, greedy: str
) -> None:
    program = tmp_path / "pdftotext"
    program.write_text(f"#!/bin/sh\nsleep 0.2\n{greedy.format(python=sys.executable)}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    path = tmp_path / "p.pdf"
    path.write_bytes(pdf_of(STATEMENT))
    assert refusal(path).code == "pdf-damaged"


def test_reads_a_source(tmp_path: Path) -> None:
    path = tmp_path / "m.py"
    path.write_text("x = 1\n")
    assert read_source(path) == "x = 1\n"


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("m.py", b"x = 1\ndef f(:\n", "source-does-not-parse", "line 2"),
        ("m.py", b"", "document-empty", "empty"),
        ("m.py", b"\x00", "document-binary", "binary"),
        ("m.py", b"x = '\xe9'\n", "document-not-utf8", "ISO-8859-1"),
        ("m.txt", b"x", "source-not-python", ".py"),
    ],
)
def test_refuses_a_source_that_cannot_be_used(
    tmp_path: Path, name: str, content: bytes, code: str, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UsageError) as raised:
        read_source(path)
    assert raised.value.code == code
    assert said in raised.value.message
