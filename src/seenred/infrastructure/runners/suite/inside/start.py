"""Starts pytest with the observer: `python -c "…main()" SCRATCH`, the job in a file beside it."""

from __future__ import annotations

import json
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

JOB, LINES, NOTE = "job.json", "lines.jsonl", "stuck.txt"


def main(folder: str, root: str, scratch: str) -> None:
    """Run the session and leave with pytest's own status.

    Args:
        folder: where the job lies and the lines go.
        root: the project's, as it is seen here.
    """
    job = read_job(folder, root)
    prepare_path(job["path"])
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    from . import observe, watch

    channel = observe.Channel(os.path.join(folder, LINES))
    watch.open_note(os.path.join(folder, NOTE))
    status = observe.run(job, observe.Observer(job, channel.tell, scratch))
    channel.tell(returned=status)
    sys.stderr.flush()
    os._exit(status)


def read_job(folder: str, root: str) -> dict[str, Any]:
    """The job, with the root where it stands for it."""
    with open(os.path.join(folder, JOB), encoding="utf-8") as file:
        job: dict[str, Any] = json.load(file)
    for name in ("arguments", "path"):
        job[name] = [word.replace("{root}", root) for word in job[name]]
    return {**job, "root": root}


def prepare_path(folders: list[str]) -> None:
    """The tree first, here and in what the tests start."""
    sys.path[:0] = folders
    given = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([*folders, *([given] if given else [])])
