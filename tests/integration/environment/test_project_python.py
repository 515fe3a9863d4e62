"""Which Python a project's tests run with, found by running it."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

import seenred
from seenred.errors import EnvironmentLacks, UsageError
from seenred.infrastructure.environment.project_python import find_project_python


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with nothing in it."""
    folder = tmp_path_factory.mktemp("bare") / "env"
    venv.create(folder, with_pip=False)
    return folder


def _give(environment: Path, name: str, version: str) -> Path:
    """Put a distribution's metadata into an environment."""
    (packages,) = environment.glob("lib/python*/site-packages")
    info = packages / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(exist_ok=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    return packages


def _environment(folder: Path) -> Path:
    venv.create(folder, with_pip=False)
    _give(folder, "pytest", "8.0.0")
    return folder


def test_an_environment_without_pytest_is_told_how_to_get_it(bare: Path, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentLacks) as refused:
        find_project_python(tmp_path, bare)

    assert refused.value.code == "no-pytest"
    assert f"{bare}/bin/python -m pip install 'pytest>=7'" in refused.value.message


def test_the_projects_own_tool_installs_pytest(bare: Path, tmp_path: Path) -> None:
    (tmp_path / "uv.lock").touch()

    with pytest.raises(EnvironmentLacks, match="uv add --dev pytest"):
        find_project_python(tmp_path, bare)


def test_a_python_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        find_project_python(tmp_path, tmp_path / "nowhere")

    assert refused.value.code == "python-missing"


def test_a_python_that_does_not_run_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)

    with pytest.raises(EnvironmentLacks) as refused:
        find_project_python(tmp_path, broken)

    assert refused.value.code == "python-broken"


def test_the_active_environment_goes_before_the_folders(tmp_path: Path) -> None:
    active, own = _environment(tmp_path / "active"), _environment(tmp_path / "p" / ".venv")

    by_variable = find_project_python(tmp_path / "p", environment={"VIRTUAL_ENV": str(active)})
    by_folder = find_project_python(tmp_path / "p", environment={})

    assert by_variable.found == "VIRTUAL_ENV"
    assert by_folder.found == ".venv"
    assert by_folder.interpreter.executable == str(own / "bin" / "python")
    assert by_folder.pytest == "8.0.0"
    assert by_folder.describe() == f".venv {sys.version_info[0]}.{sys.version_info[1]}"


def test_without_an_environment_seenreds_own_python_is_taken_and_said(tmp_path: Path) -> None:
    found = find_project_python(tmp_path, environment={})

    assert found.interpreter.executable == sys.executable
    assert "seenred's own Python" in found.notes[0]


def test_editable_installs_are_known(tmp_path: Path) -> None:
    packages = _give(_environment(tmp_path / ".venv"), "pytest", "8.0.0")
    other = tmp_path / "elsewhere" / "src"
    other.mkdir(parents=True)
    (packages / "other.pth").write_text(f"{other}\nimport sys\n")
    (packages / "__editable___mine_finder.py").write_text(
        "MAPPING: dict[str, str] = {'mine': '/home/me/mine'}\n"
    )

    found = find_project_python(tmp_path, environment={})

    assert found.editable == {str(other): str(other), "mine": "/home/me/mine"}


def test_a_home_directory_is_never_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    packages = _give(_environment(home / "p" / ".venv"), "pytest", "8.0.0")
    (packages / "wide.pth").write_text(f"{home}\n")
    monkeypatch.setenv("HOME", str(home))

    shown = find_project_python(home / "p", environment={}).interpreter.folders

    assert str(home) not in shown
    assert str(home / "p" / ".venv") in shown


def test_the_projects_tree_itself_is_not_shown(tmp_path: Path) -> None:
    packages = _give(_environment(tmp_path / ".venv"), "pytest", "8.0.0")
    (tmp_path / "lib").mkdir()
    (packages / "mine.pth").write_text(f"{tmp_path}\n{tmp_path / 'lib'}\n")

    shown = find_project_python(tmp_path, environment={}).interpreter.folders

    own = [folder for folder in shown if Path(folder).is_relative_to(tmp_path)]
    assert own == [str(tmp_path / ".venv")]


def test_plugins_are_known_by_their_module(tmp_path: Path) -> None:
    environment = _environment(tmp_path / ".venv")
    packages = _give(environment, "pytest-cov", "6.0.0")
    points = packages / "pytest_cov-6.0.0.dist-info" / "entry_points.txt"
    points.write_text("[pytest11]\npytest_cov = pytest_cov.plugin\n")

    found = find_project_python(tmp_path, environment=dict(os.environ) | {"VIRTUAL_ENV": ""})

    assert found.has_plugin("pytest_cov")
    assert not found.has_plugin("xdist")


def test_the_environment_that_runs_seenred_does_not_hide_the_projects_own(tmp_path: Path) -> None:
    _environment(tmp_path / ".venv")

    found = find_project_python(tmp_path, environment={"VIRTUAL_ENV": sys.prefix})

    assert found.found == ".venv"


def _found_by(python: Path, root: Path, path: str) -> subprocess.CompletedProcess[str]:
    """What is found when seenred runs in an environment of its own."""
    program = (
        "import sys; from pathlib import Path;"
        "from seenred.infrastructure.environment.project_python import find_project_python as f;"
        "found = f(Path(sys.argv[1]), environment={'PATH': sys.argv[2]});"
        "print(found.interpreter.executable, found.describe(), *found.notes, sep='|')"
    )
    return subprocess.run(
        [python / "bin" / "python", "-c", program, str(root), path],
        env={"PYTHONPATH": str(Path(seenred.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )


def test_where_seenred_lives_apart_a_python_on_the_path_is_taken(
    bare: Path, tmp_path: Path
) -> None:
    other = _environment(tmp_path / "other") / "bin"
    project = tmp_path / "project"

    told = _found_by(bare, project, f"{bare}/bin:/nowhere:{other}").stdout.split("|")

    assert told[0] == str(other / "python3")
    assert told[1].startswith("PATH 3.")
    assert told[2].startswith("no virtual environment in project: ")


def test_a_script_that_chooses_a_python_is_asked_which(tmp_path: Path) -> None:
    chosen = _environment(tmp_path / "env") / "bin" / "python"
    shim = tmp_path / "python3"
    shim.write_text(f'#!/bin/sh\nexec {chosen} "$@"\n')
    shim.chmod(0o755)

    found = find_project_python(tmp_path, shim)

    assert found.interpreter.executable == str(chosen)


def test_where_nothing_has_pytest_an_environment_is_proposed(bare: Path, tmp_path: Path) -> None:
    told = _found_by(bare, tmp_path / "project", f"{bare}/bin").stderr

    assert "project has no virtual environment, and no Python on the PATH has pytest" in told
    assert "python3 -m venv .venv" in told


def test_folders_of_the_project_that_are_installed_are_known(tmp_path: Path) -> None:
    packages = _give(_environment(tmp_path / ".venv"), "pytest", "8.0.0")
    (packages / "mine.pth").write_text(f"{tmp_path / 'lib'}\n{tmp_path.parent}\n")
    (packages / "__editable___more_finder.py").write_text(
        f"MAPPING = {{'more': '{tmp_path}/python/more', 'a.b': '{tmp_path}/a/b', 'x': '/x'}}\n"
    )

    found = find_project_python(tmp_path, environment={})

    assert set(found.own) == {"lib", "python", ""}
