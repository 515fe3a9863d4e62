"""The embedded model: a GGUF file run by llama.cpp in a child process."""

from __future__ import annotations

from pathlib import Path

from seenred.infrastructure.models.child_model import ChildModel

CONTEXT = 8192  # tokens


class LocalModel(ChildModel):
    """A GGUF file; `context` is in tokens."""

    def __init__(self, path: Path, name: str = "local", context: int = CONTEXT) -> None:
        super().__init__(
            name, "seenred.infrastructure.models.local_child", (str(path), str(context))
        )
