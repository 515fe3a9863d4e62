"""Starts pytest with the observer: `python -c "…main()" SCRATCH`, the job in a file beside it."""

from __future__ import annotations

import json
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

JOB, LINES, STDERR = "job.json", "lines.jsonl", "stderr.txt"
# digits before each message of a zygote
LENGTH = 8


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
    watch.start()
    observer = observe.Observer()
    observer.begin(job, channel.tell, scratch)
    status = observe.run(job, observer)
    channel.tell(returned=status)
    sys.stderr.flush()
    os._exit(status)


def read_job(folder: str, root: str) -> dict[str, Any]:
    """The job that the host laid there."""
    with open(os.path.join(folder, JOB), encoding="utf-8") as file:
        return placed(json.load(file), root)


def placed(job: dict[str, Any], root: str) -> dict[str, Any]:
    """The job with the root where it stands for it."""
    words = {name: fill(job[name], root) for name in ("arguments", "path")}
    return {**job, **words, "root": root}


def fill(words: list[str], root: str) -> list[str]:
    """Words with the root in its place."""
    return [word.replace("{root}", root) for word in words]


def prepare_path(folders: list[str]) -> None:
    """The tree first, here and in what the tests start."""
    sys.path[:0] = folders
    given = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([*folders, *([given] if given else [])])
