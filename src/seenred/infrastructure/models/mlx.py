"""The local model on Apple silicon: MLX in a child process."""

from __future__ import annotations

from pathlib import Path

from seenred.infrastructure.models.child_model import ChildModel


class MlxModel(ChildModel):
    """A model folder of mlx-lm, or a GGUF file of the llama architecture.

    MLX has no grammars: a schema is told in the prompt and enforced by nothing here.
    """

    def __init__(self, path: Path, name: str | None = None) -> None:
        super().__init__(
            name or f"mlx:{path}", "seenred.infrastructure.models.mlx_child", (str(path),)
        )
