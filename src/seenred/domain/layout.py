"""What each file of a Python repository is for, judged by where it lies and how it is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import PurePosixPath

from seenred.domain.tree import Tree


class Part(StrEnum):
    """The part of a repository to which a file belongs."""

    TEST = "tests"
    TEST_SUPPORT = "test support"
    TEST_CONFIG = "test configuration"
    PRODUCTION = "production"
    DOCS = "docs"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Layout:
    """What a project may settle for itself.

    Attributes:
        python_files: pytest's option of that name: how files with tests are called.
        import_roots: folders from which modules are imported, besides the root and each `src`.
    """

    python_files: tuple[str, ...] = ("test_*.py", "*_test.py")
    import_roots: tuple[str, ...] = ()


DEFAULT = Layout()

# in pytest's own order of precedence; all of them may set options (pytest's `locate_config`)
_TEST_CONFIG = (
    *("pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini"),
    *("pyproject.toml", "tox.ini", "setup.cfg"),
)
_LOCKS = ("poetry.lock", "uv.lock", "pdm.lock", "Pipfile", "Pipfile.lock", "pylock*.toml")
_REQUIREMENTS = ("requirements*.txt", "requirements*.in", "constraints*.txt", "environment*.yml")
# scripts about the project that no import of it ever reaches
_TOOLING = ("setup.py", "noxfile.py", "tasks.py", "fabfile.py", "dodo.py")
_DOC_FOLDERS = ("docs", "doc")
_DOC_SUFFIXES = (".md", ".rst", ".txt", ".adoc")


def is_imported_by_chance(tree: Tree, module: str, test: str) -> bool:
    """Whether a test in a folder imports a module at the root that only `python -m` puts in reach.

    Nothing at the root says how the project is imported, and pytest looks beside its tests alone.
    """
    settled = (*_TEST_CONFIG, "setup.py", "conftest.py")
    folder = str(PurePosixPath(test).parent)
    beside = folder in (".", str(PurePosixPath(module).parent)) or f"{folder}/__init__.py" in tree
    from_root = not module.startswith("src/")
    return from_root and not beside and not any(name in tree for name in settled)


# paths of a large repository; each is asked about by every proof
_MANY = 1 << 16


def part_of(path: str, layout: Layout = DEFAULT) -> Part:
    """The part to which a file belongs."""
    if is_test(path, layout):
        return Part.TEST
    if is_test_support(path, layout):
        return Part.TEST_SUPPORT
    if is_test_config(path):
        return Part.TEST_CONFIG
    if is_production(path, layout):
        return Part.PRODUCTION
    return Part.DOCS if is_docs(path) else Part.OTHER


@lru_cache(_MANY)
def is_test(path: str, layout: Layout = DEFAULT) -> bool:
    """Whether pytest would look into the file for tests."""
    name = PurePosixPath(path).name
    return name.endswith(".py") and any(fnmatch(name, p) for p in layout.python_files)


@lru_cache(_MANY)
def is_test_support(path: str, layout: Layout = DEFAULT) -> bool:
    """Whether the file only serves tests: conftest, what lies in a folder of tests, snapshots."""
    if is_test(path, layout):
        return False
    parts = PurePosixPath(path).parts
    return parts[-1] == "conftest.py" or _among_tests(parts[:-1])


def is_test_config(path: str) -> bool:
    """Whether pytest may read options from the file."""
    return PurePosixPath(path).name in _TEST_CONFIG


def is_dependencies(path: str) -> bool:
    """Whether the file may name what must be installed."""
    name = PurePosixPath(path).name
    named = (*_LOCKS, *_REQUIREMENTS, "pyproject.toml", "setup.py", "setup.cfg")
    in_folder = PurePosixPath(path).parent.name == "requirements" and name.endswith(".txt")
    return in_folder or any(fnmatch(name, pattern) for pattern in named)


def is_docs(path: str) -> bool:
    """Whether the file is only read by people."""
    pure = PurePosixPath(path)
    prose = pure.suffix in _DOC_SUFFIXES and not is_dependencies(path)
    return prose or pure.parts[0] in _DOC_FOLDERS


@lru_cache(_MANY)
def is_production(path: str, layout: Layout = DEFAULT) -> bool:
    """Whether the project's own code, or data that lies among it."""
    if is_test(path, layout) or is_test_support(path, layout) or is_test_config(path):
        return False
    parts = PurePosixPath(path).parts
    if parts[0] in _DOC_FOLDERS or any(part.startswith(".") for part in parts):
        return False
    if is_dependencies(path) or (len(parts) == 1 and parts[0] in _TOOLING):
        return False
    return path.endswith(".py") or (len(parts) > 1 and _is_data(parts))


def project_modules(tree: Tree, layout: Layout = DEFAULT) -> Mapping[str, str]:
    """Each name by which a module of the project's own code may be imported, and its path.

    A file has several names where the folder from which it is imported is not sure: what lies in
    `lib/shop/cart.py` is `shop.cart`, if `lib` has no `__init__.py`, and `lib.shop.cart`.
    """
    named = [
        (module, path)
        for path in sorted(tree.files)
        if path.endswith(".py") and is_production(path, layout)
        for module in _module_names(path, tree, layout)
    ]
    return dict(named)


def _among_tests(folders: tuple[str, ...]) -> bool:
    """`tests` at any depth; `test` only at the top, since packages of that name are shipped."""
    return "tests" in folders or folders[:1] == ("test",) or "__snapshots__" in folders


def _is_data(parts: tuple[str, ...]) -> bool:
    """A file of another kind counts where code may read it: below a folder, not as prose."""
    return not parts[-1].endswith((".pyi", ".md", ".rst")) and parts[-1] != "py.typed"


def _module_names(path: str, tree: Tree, layout: Layout) -> Iterator[str]:
    parts = PurePosixPath(path).with_suffix("").parts
    for start in sorted(_import_roots(parts, tree, layout)):
        dotted = parts[start:-1] if parts[-1] == "__init__" else parts[start:]
        if dotted and all(part.isidentifier() for part in dotted):
            yield ".".join(dotted)


def _import_roots(parts: tuple[str, ...], tree: Tree, layout: Layout) -> set[int]:
    """How many leading folders a module's name may leave out."""
    if "src" in parts[:-1]:
        return {len(parts) - 1 - parts[-2::-1].index("src")}
    declared = [PurePosixPath(root).parts for root in layout.import_roots]
    roots = {len(root) for root in declared if parts[: len(root)] == root}
    return {0, _package_start(parts, tree), *roots}


def _package_start(parts: tuple[str, ...], tree: Tree) -> int:
    """Where the outermost folder with an `__init__.py` above the module begins."""
    start = len(parts) - 1
    while start > 0 and "/".join((*parts[:start], "__init__.py")) in tree:
        start -= 1
    return start
