"""A folder of the machine that a command may read."""

from __future__ import annotations

import asyncio
from pathlib import Path

from seenred.domain.execution import Command, Execution, Folder
from seenred.referee.ports import Sandbox


def _run(sandbox: Sandbox, program: str, folder: Path, **environment: str) -> Execution:
    command = Command(
        ("{python}", "-I", "-S", "-c", program, "{folder}"),
        folder=Folder(str(folder), "/elsewhere/project"),
        environment=environment,
    )
    return asyncio.run(sandbox.run(command))


def _project(tmp_path: Path) -> Path:
    folder = tmp_path / "stage"
    folder.mkdir()
    (folder / "module.py").write_text("content")
    for above in (folder, *folder.parents):
        if above.is_relative_to(tmp_path.parent.parent):
            above.chmod(0o755)
    return folder


def test_a_command_starts_in_its_folder_and_reads_it(sandbox: Sandbox, tmp_path: Path) -> None:
    program = "import os, sys; print(open('module.py').read(), os.getcwd() == sys.argv[1])"

    execution = _run(sandbox, program, _project(tmp_path))

    assert execution.stdout == b"content True\n"


def test_a_folder_is_never_written(sandbox: Sandbox, tmp_path: Path) -> None:
    folder = _project(tmp_path)
    folder.chmod(0o777)

    execution = _run(sandbox, "open('new', 'w')", folder)

    assert execution.exit_code == 1
    assert [path.name for path in folder.iterdir()] == ["module.py"]


def test_a_variable_may_name_the_folder(sandbox: Sandbox, tmp_path: Path) -> None:
    program = "import os, sys; print(os.environ['PYTHONPATH'] == sys.argv[1] + '/src')"

    execution = _run(sandbox, program, _project(tmp_path), PYTHONPATH="{folder}/src")

    assert execution.stdout == b"True\n"
