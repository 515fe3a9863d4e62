"""The embedded model: a GGUF file run by llama.cpp in a child process."""

from __future__ import annotations

import re
from pathlib import Path

from seenred.infrastructure.models.child_model import ChildModel

CONTEXT = 8192  # tokens
# Trained to fill gaps, with the marks of `fill_in_the_middle`.
_FILLS_GAPS = re.compile(r"qwen[\d.]*-?coder", re.IGNORECASE)


class LocalModel(ChildModel):
    """A GGUF file; `context` is in tokens."""

    def __init__(self, path: Path, name: str = "local", context: int = CONTEXT) -> None:
        super().__init__(
            name, "seenred.infrastructure.models.local_child", (str(path), str(context))
        )
        self._fills_gaps = bool(_FILLS_GAPS.search(path.name))

    @property
    def fills_gaps(self) -> bool:
        return self._fills_gaps
