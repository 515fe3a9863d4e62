"""What is being done to the user's tree, noted before it is begun."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from seenred.infrastructure.workshop.standing import Standing
from seenred.infrastructure.workshop.writing_git import system_refusal


@dataclass(frozen=True, slots=True)
class PlanMerge:
    """A plan that the user wrote on, and that the run's commits change too.

    Attributes:
        staged: `MODE BLOB` in the user's index; "" when it is not there.
        wanted: `MODE BLOB` at the run's tip.
        found: blob of what lay in the working tree, byte for byte.
        merged: blob of what is to lie there.
    """

    name: str
    staged: str
    wanted: str
    found: str
    merged: str


@dataclass(frozen=True, slots=True)
class Journal:
    """One delivery.

    Attributes:
        standing: where the user stands; its `head` is what is left behind.
        tip: the commit that is to be reached.
    """

    standing: Standing
    run: str
    tip: str
    plan: PlanMerge | None = None

    def save(self) -> None:
        """Write it, safe against a loss of power.

        Raises:
            EnvironmentLacks: the disk is full.
        """
        path = _path(self.standing.common)
        new = path.with_suffix(".new")
        try:
            with new.open("w", encoding="utf-8", errors="surrogateescape") as file:
                json.dump(asdict(self), file, default=str)
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        except OSError as problem:
            raise system_refusal(self.standing.common, problem) from None

    def remove(self) -> None:
        """It is over."""
        _path(self.standing.common).unlink(missing_ok=True)
        (self.standing.common / "seenred" / "merging").unlink(missing_ok=True)

    @property
    def begun(self) -> int:
        """When it was written, in nanoseconds since the epoch."""
        return _path(self.standing.common).stat().st_mtime_ns


def read_journal(common: Path) -> Journal | None:
    """Of a delivery that was not ended; None when there is none."""
    try:
        found = json.loads(_path(common).read_text(encoding="utf-8", errors="surrogateescape"))
    except (FileNotFoundError, ValueError):  # it is put in place as a whole; a torn disk apart
        return None
    where: dict[str, str] = found["standing"]
    plan: dict[str, str] | None = found["plan"]
    return Journal(
        standing=Standing(
            root=Path(where["root"]),
            git_dir=Path(where["git_dir"]),
            common=Path(where["common"]),
            branch=where["branch"],
            head=where["head"],
        ),
        run=found["run"],
        tip=found["tip"],
        plan=PlanMerge(**plan) if plan else None,
    )


def _path(common: Path) -> Path:
    return common / "seenred" / "delivery.json"
