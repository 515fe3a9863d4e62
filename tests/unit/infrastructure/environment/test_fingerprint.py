from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from seenred.infrastructure.environment.fingerprint import fingerprint
from seenred.infrastructure.environment.project_python import ProjectPython
from seenred.infrastructure.sandbox.interpreter import Interpreter


def _python(folder: Path) -> ProjectPython:
    interpreter = Interpreter(str(folder / "bin" / "python"), ())
    return ProjectPython(interpreter, ".venv", "3.12.1", "9.2.0", packages=(str(folder),))


def test_the_same_environment_has_the_same_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "attrs-25.1.0.dist-info").mkdir()
    assert fingerprint(_python(tmp_path)) == fingerprint(_python(tmp_path))


def test_another_version_of_a_package_is_another_environment(tmp_path: Path) -> None:
    installed = tmp_path / "attrs-25.1.0.dist-info"
    installed.mkdir()
    before = fingerprint(_python(tmp_path))
    installed.rename(tmp_path / "attrs-25.2.0.dist-info")
    assert before != fingerprint(_python(tmp_path))


def test_another_pytest_or_interpreter_is_another_environment(tmp_path: Path) -> None:
    python = _python(tmp_path)
    others = (
        replace(python, pytest="9.1.0"),
        replace(python, version="3.12.2"),
        replace(python, plugins=("cov=pytest_cov",)),
        replace(python, editable={"shop": "/src/shop"}),
        replace(python, packages=("/nowhere",), interpreter=Interpreter("/usr/bin/python3", ())),
    )
    assert 6 == len({fingerprint(python), *map(fingerprint, others)})
