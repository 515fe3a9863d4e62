"""Which commit a line of the working tree comes from."""

from __future__ import annotations

from datetime import UTC, datetime

from seenred.domain.blame import Blame
from seenred.errors import UsageError
from seenred.infrastructure.history.git import GitHistory
from seenred.infrastructure.history.git_command import GitCommand


def blame_line(history: GitHistory, path: str, line: int) -> Blame:
    """The commit that last wrote a line of the file as it lies there now.

    Raises:
        UsageError: a shallow clone lacks that commit's parent, or git refused.
    """
    git = GitCommand(history.root)
    # a text conversion is a program that the repository may name
    asked = ("blame", "--porcelain", "--no-textconv", f"-L{line},{line}", "--", path)
    done = git.attempt(*asked)
    if done.returncode != 0:
        if b"no such path" in done.stderr:  # a file that git does not know yet
            return Blame("", "", "", "", path)
        said = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise UsageError("git-refused", f"git could not tell where {path}:{line} is from: {said}.")
    return _parsed(done.stdout.decode(errors="replace"), path)


def _parsed(told: str, path: str) -> Blame:
    rows = told.splitlines()
    name = rows[0].split()[0]
    values = dict(row.partition(" ")[::2] for row in rows[1:])
    if not name.strip("0"):
        return Blame("", "", "", "", path)
    moment = datetime.fromtimestamp(int(values.get("author-time", "0")), UTC)
    return Blame(
        commit=name,
        subject=values.get("summary", ""),
        author=values.get("author", ""),
        date=moment.date().isoformat(),
        path=values.get("filename", path),
    )
