"""Artifacts that are held in memory, and never written."""

from __future__ import annotations

from seenred.errors import UsageError


class HeldArtifacts:
    """Artifacts of a run that leaves nothing.

    Attributes:
        texts: by their names, in the order in which they were written.
    """

    def __init__(self, location: str) -> None:
        self.texts: dict[str, str] = {}
        self._location = location

    @property
    def location(self) -> str:
        """Where a run that leaves something would leave it."""
        return self._location

    def write(self, name: str, content: str) -> str:
        """Hold a new text.

        Raises:
            UsageError: there is one of that name.
        """
        if name in self.texts:
            raise UsageError("artifact-exists", f"{name} is there already.")
        self.texts[name] = content
        return f"{self._location}/{name}"

    def read(self, name: str) -> str | None:
        """The text of that name, or None."""
        return self.texts.get(name)

    def free_name(self, stem: str, suffix: str) -> str:
        """The first of `stem`, `stem_2`, `stem_3`, … with `suffix` that is not there yet."""
        name, number = f"{stem}{suffix}", 1
        while name in self.texts:
            number += 1
            name = f"{stem}_{number}{suffix}"
        return name
