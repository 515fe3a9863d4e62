"""Where new code and its tests go, as the plan says and the project is laid out."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import PurePosixPath

from seenred.domain.layout import is_test, project_modules
from seenred.domain.tree import Entry
from seenred.engine.cycle.location.project import Project
from seenred.engine.cycle.location.question import (
    OF_TESTING,
    Question,
    slug,
    stem_of,
    subject_class,
)

_USUAL_TESTS = "tests"
_NAMELESS = "main"


def new_module(project: Project, question: Question) -> str:
    """The path of a module that does not exist yet."""
    named = named_new(project, question)
    if named:
        return named
    subject = subject_class([*question.names])
    texts = (question.title, question.section.rpartition("/")[2], question.section, subject)
    name = next((found for text in texts if (found := slug(text))), _NAMELESS)
    return _in_folder(project, f"{name}.py")


def named_new(project: Project, question: Question) -> str:
    """A path that the item, else its plan, names and the project does not have; else ""."""
    for paths, modules in (
        (question.paths, question.modules),
        (question.plan_paths, question.plan_modules),
    ):
        for path in paths:
            if not is_test(path, project.layout) and not path.startswith("tests/"):
                return path if "/" in path else _in_folder(project, path)
        for module in modules:
            if module not in project.modules:
                return _path_of(project, module)
    return ""


def awaited_module(project: Project, test: str) -> str:
    """The path of a module that a test imports and nobody has written yet; else ""."""
    if test not in project.tests or project.imported(test):
        return ""
    for _, target in project.tests[test].imports:
        module = target.rpartition(".")[0] or target
        known = sys.stdlib_module_names | OF_TESTING
        if not target.startswith(".") and module.partition(".")[0] not in known:
            return _path_of(project, module)
    return ""


def _path_of(project: Project, module: str) -> str:
    """`shop.money` in `src/shop/` if that is where the package lies."""
    parts = module.split(".")
    for length in range(len(parts) - 1, 0, -1):
        package = ".".join(parts[:length])
        home = project.modules.get(package, "")
        if home.endswith("/__init__.py"):
            folder = str(PurePosixPath(home).parent)
            return "/".join((folder, *parts[length:])) + ".py"
    if len(parts) > 1:
        return f"{_root(project)}{'/'.join(parts)}.py"
    return f"{_root(project)}{module}.py"


def _in_folder(project: Project, name: str) -> str:
    """A module beside those that are there already."""
    folders = Counter(str(PurePosixPath(path).parent) for path in project.code)
    if not folders:
        return f"{_root(project)}{name}"
    folder = min(folders, key=lambda each: (-folders[each], each.count("/"), each))
    return name if folder == "." else f"{folder}/{name}"


def _root(project: Project) -> str:
    """The folder from which modules are imported, with a slash; "" for the root."""
    if any(path.startswith("src/") for path in project.tree.files):
        return "src/"
    roots = [root.strip("/") for root in project.layout.import_roots]
    named = [root for root in roots if root not in ("", ".")]
    return f"{named[0]}/" if named and "." not in roots else ""


def module_name(project: Project, path: str) -> str:
    """The name by which a path is imported: as tests do it, else from the outermost package."""
    tree = project.tree
    if path not in tree:
        tree = tree.with_changes({path: Entry("")})
    names = [name for name, at in project_modules(tree, project.layout).items() if at == path]
    if not names:
        return stem_of(path)
    targets = [t for held in project.tests.values() for _, t in held.imports]
    used = [name for name in names if any(f"{t}.".startswith(f"{name}.") for t in targets)]
    roots = [f"{root.strip('/')}/" for root in project.layout.import_roots if root != "."]
    start = max((root for root in roots if path.startswith(root)), key=len, default="")
    rooted = ".".join(PurePosixPath(path.removeprefix(start)).with_suffix("").parts)
    likely = [_package(project, path), rooted]
    return next(iter([*used, *(n for n in likely if n in names), max(names, key=len)]))


def _package(project: Project, path: str) -> str:
    """The name from the outermost folder with an `__init__.py` on; "" without such a folder."""
    parts = PurePosixPath(path).with_suffix("").parts
    start = len(parts) - 1
    while start > 0 and "/".join((*parts[:start], "__init__.py")) in project.tree:
        start -= 1
    is_inside = start < len(parts) - 1
    return ".".join(part for part in parts[start:] if part != "__init__") if is_inside else ""


def test_place(project: Project, path: str, words: Sequence[str]) -> str:
    """The test file of a production module: the one that there is, else a new one."""
    stem = stem_of(path) if stem_of(path) != "__init__" else PurePosixPath(path).parent.name
    names = _test_names(project, stem)
    called = [each for each in project.tests if PurePosixPath(each).name in names]
    importing = [each for each in project.tests if path in project.imported(each).values()]
    for fitting in ([each for each in called if each in importing], called, importing):
        if fitting:
            return max(fitting, key=lambda each: (_likeness(each, path, words), each))
    return _new_test(project, path, names)


def _likeness(test: str, path: str, words: Sequence[str]) -> tuple[int, int, int]:
    shared = sum(part in PurePosixPath(path).parts for part in PurePosixPath(test).parts)
    return shared, sum(word in stem_of(test) for word in words), -len(test)


def _new_test(project: Project, path: str, names: Sequence[str]) -> str:
    folder = _test_folder(project, path)
    taken = {PurePosixPath(each).name for each in project.tests}
    parent = PurePosixPath(path).parent.name
    longer = _test_names(project, f"{parent}_{stem_of(path)}") if parent else names
    # pytest tells files of the same name apart only in packages
    name = names[0] if names[0] not in taken else longer[0]
    return f"{folder}/{name}" if folder else name


def _test_folder(project: Project, path: str) -> str:
    """The folder of tests that mirrors the module's own best, else the usual one."""
    inner = PurePosixPath(path).parent.parts
    folders = Counter(
        str(PurePosixPath(each).parent) for each in project.tests if _is_looked_at(project, each)
    )
    if not folders:
        start = next((s for s in project.test_starts if s.endswith("/")), f"{_USUAL_TESTS}/")
        return start.rstrip("/")

    def fit(folder: str) -> tuple[int, int, str]:
        mirrored = _mirrored(PurePosixPath(folder).parts, inner)
        return mirrored, folders[folder], folder

    best = max(folders, key=fit)
    return "" if best == "." else best


def _mirrored(folder: Sequence[str], inner: Sequence[str]) -> int:
    """How many of the last parts are the same."""
    count = 0
    for left, right in zip(reversed(folder), reversed(inner), strict=False):
        if left != right:
            break
        count += 1
    return count


def _is_looked_at(project: Project, path: str) -> bool:
    return not project.test_starts or path.startswith(project.test_starts)


def _test_names(project: Project, stem: str) -> tuple[str, ...]:
    """How the test file of a module may be called, as the project does it first."""
    patterns = project.layout.python_files
    names = [f"test_{stem}.py", f"{stem}_test.py"]
    found = [name for name in names if any(fnmatch(name, pattern) for pattern in patterns)]
    ending = sum(each.endswith("_test.py") for each in project.tests)
    if ending * 2 > len(project.tests) > 0:
        found.reverse()
    return tuple(found or _by_pattern(patterns, stem))


def _by_pattern(patterns: Sequence[str], stem: str) -> Iterator[str]:
    yield patterns[0].replace("*", stem, 1) if "*" in patterns[0] else f"test_{stem}.py"
