"""Git in the user's own tree: it comes to its end though the run that started it is killed."""

from __future__ import annotations

import subprocess
import tempfile
import time

from seenred.infrastructure.history.git_command import missing
from seenred.infrastructure.workshop.writing_git import WritingGit, locked_out

# two seconds: what an editor asks of git is answered in less
_TRIES, _PAUSE = 20, 0.1

Answer = subprocess.CompletedProcess[bytes]


def attempt_lasting(git: WritingGit, *arguments: str, holding: int | None = None) -> Answer:
    """Git's answer, whatever it is; tried again for a while when another git holds a lock.

    Args:
        holding: an open file that it keeps open as long as it lives.

    Raises:
        EnvironmentLacks: there is no git.
    """
    done = _attempt(git, arguments, holding)
    for _ in range(_TRIES):
        if not locked_out(done.stderr):
            break
        time.sleep(_PAUSE)
        done = _attempt(git, arguments, holding)
    return done


def _attempt(git: WritingGit, arguments: tuple[str, ...], holding: int | None) -> Answer:
    # not pipes: it would die of the first word that nobody reads
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as complained:
        try:
            done = subprocess.run(
                git.argv(arguments),
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=complained,
                env=git.surroundings(),
                start_new_session=True,  # Ctrl-C at the terminal is for us
                pass_fds=() if holding is None else (holding,),
                check=False,
            )
        except FileNotFoundError:
            raise missing() from None
        told.seek(0)
        complained.seek(0)
        return Answer(done.args, done.returncode, told.read(), complained.read())
