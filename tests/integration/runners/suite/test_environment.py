"""Projects as they lie on a disk: with an environment in them, installed from where they lie."""

from __future__ import annotations

import asyncio
import sysconfig
import venv
from pathlib import Path
from typing import Any

import pytest

from seenred.domain.observation import Observation
from seenred.domain.tree import Entry, Tree
from seenred.infrastructure.environment.project_python import find_project_python
from seenred.infrastructure.runners.suite.cold import ColdSuiteRunner
from seenred.infrastructure.runners.suite.open import for_project
from seenred.infrastructure.runners.suite.warm import WarmSuiteRunner
from seenred.infrastructure.sandbox.bubblewrap import Bubblewrap, find_bwrap
from seenred.infrastructure.sandbox.interpreter import running_interpreter
from seenred.infrastructure.sandbox.landlock import LandlockSandbox
from seenred.infrastructure.sandbox.none import Unconfined

TEST = "from shop import price\nimport shop\ndef test_one(): assert price == 2, shop.__file__\n"
FILES = {"lib/shop/__init__.py": "price = 2\n", "tests/test_shop.py": TEST}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A main tree whose code differs, and that is installed into an environment below it."""
    root = tmp_path_factory.mktemp("main")
    (root / "lib" / "shop").mkdir(parents=True)
    (root / "lib" / "shop" / "__init__.py").write_text("price = 1\n")
    venv.create(root / ".venv", with_pip=False)
    (packages,) = (root / ".venv").glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (packages / "shop.pth").write_text(f"{root / 'lib'}\n")
    return root


def _observe(
    kind: Any, confined: str, root: Path, blobs: Any, files: dict[str, str]
) -> Observation:
    python = find_project_python(root, environment={})
    bwrap = find_bwrap()
    if bwrap is None:
        pytest.skip("this machine has no bubblewrap")
    sandboxes = {
        "bubblewrap": Bubblewrap(bwrap, running_interpreter()),
        "landlock": LandlockSandbox(running_interpreter()),
        "none": Unconfined(running_interpreter()),
    }

    async def run() -> Observation:
        runner = kind(for_project(sandboxes[confined], python), blobs, python, root)
        try:
            tree = Tree({path: Entry(blobs.add(text.encode())) for path, text in files.items()})
            seen: Observation = await runner.observe(tree)
            return seen
        finally:
            await runner.close()

    return asyncio.run(run())


@pytest.mark.parametrize("kind", [ColdSuiteRunner, WarmSuiteRunner])
def test_the_tree_stands_where_the_installed_one_lies(kind: Any, root: Path, blobs: Any) -> None:
    seen = _observe(kind, "bubblewrap", root, blobs, FILES)

    assert [test.failure and test.failure.message for test in seen.tests] == [None]
    assert not seen.foreign


@pytest.mark.parametrize("kind", [ColdSuiteRunner, WarmSuiteRunner])
@pytest.mark.parametrize("confined", ["bubblewrap", "landlock"])
def test_the_tree_goes_before_the_installed_one(
    kind: Any, confined: str, root: Path, blobs: Any
) -> None:
    files = {path.replace("lib/", "src/"): text for path, text in FILES.items()}

    seen = _observe(kind, confined, root, blobs, files)

    assert [test.failure and test.failure.message for test in seen.tests] == [None]


@pytest.mark.parametrize("kind", [ColdSuiteRunner, WarmSuiteRunner])
def test_without_a_sandbox_tests_run_all_the_same(kind: Any, root: Path, blobs: Any) -> None:
    files = {path.replace("lib/", "src/"): text for path, text in FILES.items()}

    seen = _observe(kind, "none", root, blobs, files)

    assert [test.failure and test.failure.message for test in seen.tests] == [None]


def test_nothing_is_written_into_the_main_tree(root: Path, blobs: Any) -> None:
    before = sorted(path for path in root.rglob("*") if "__pycache__" not in path.parts)

    _observe(WarmSuiteRunner, "bubblewrap", root, blobs, FILES)

    after = sorted(path for path in root.rglob("*") if "__pycache__" not in path.parts)
    assert before == after
