"""Tricks that make a test green without the behaviour: in production and in what serves tests."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from seenred.domain.source_text import parsed


@dataclass(frozen=True, slots=True)
class Trick:
    """A piece of code that has no place where it stands.

    Attributes:
        kind: `test-framework`, `frames`, `reads-tests`, `leaves`, `detects-tests`,
            `patches-builtins` or `alters-reports`.
    """

    kind: str
    line: int
    what: str


_FRAMEWORKS = {"pytest", "_pytest", "pluggy", "unittest", "nose", "nose2", "conftest"}
_TESTS = {"tests", "test", "conftest"}
_CALLS = {
    **dict.fromkeys(
        (
            *("sys._getframe", "sys._current_frames", "sys._getframemodulename"),
            *("sys.settrace", "sys.setprofile", "threading.settrace", "threading.setprofile"),
            *("inspect.currentframe", "inspect.stack", "inspect.trace", "inspect.getframeinfo"),
            *("inspect.getouterframes", "inspect.getinnerframes"),
            *("traceback.extract_stack", "traceback.walk_stack", "traceback.format_stack"),
            *("gc.get_objects", "gc.get_referrers"),
        ),
        "frames",
    ),
    **dict.fromkeys(("os._exit", "os.abort", "signal.raise_signal"), "leaves"),
}
_FRAME_ATTRIBUTES = {"f_back", "f_locals", "f_globals", "tb_frame"}
_TEST_FILE = re.compile(r"(^|/)(tests?/|test_\w*(\.py|\*)|conftest(\.py)?$|\w+_test\.py)")
_READERS = {
    *("open", "Path", "read_text", "read_bytes", "glob", "rglob", "joinpath", "import_module"),
    *("run_path", "getline", "getlines", "find_spec", "__import__", "spec_from_file_location"),
}
_FRAMEWORK_NAMES = ("pytest", "_pytest", "unittest", "PYTEST_")
_ASKED = ("environ", "getenv", "modules", "argv")
_REPORT_ATTRIBUTES = {"outcome", "longrepr", "wasxfail", "excinfo", "failed", "passed"}
_REPORTERS = ("TestReport", "CallInfo", "_pytest", "Function.runtest", "Session", "Item")


@lru_cache(maxsize=256)
def tricks_in_production(source: bytes) -> tuple[Trick, ...]:
    """What production code has no business with; source that isn't Python has no tricks."""
    return _found(source, _production_tricks)


def tricks_in_support(source: bytes) -> tuple[Trick, ...]:
    """What a conftest or a test does to how tests are reported."""
    return _found(source, _support_tricks)


def _found(source: bytes, finder: Callable[[ast.Module], Iterator[Trick]]) -> tuple[Trick, ...]:
    try:
        module = parsed(source)
    except (SyntaxError, ValueError):
        return ()
    found = sorted(finder(module), key=lambda trick: trick.line)
    return tuple(dict.fromkeys(found))


def _production_tricks(module: ast.Module) -> Iterator[Trick]:
    names = _full_names(module)
    named = {id(node) for name in _own_name(module) for node in ast.walk(name)}
    forked = {id(node) for function in _forking(module) for node in ast.walk(function)}
    for node in ast.walk(module):
        if id(node) in named:
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from _imports(node)
        elif isinstance(node, ast.Call):
            yield from _called(node, names, in_child=id(node) in forked)
        elif isinstance(node, ast.Attribute):
            yield from _attribute(node, names)
        elif isinstance(node, ast.Compare | ast.Subscript):
            yield from _detecting(node)
    yield from _leaving_at_import(module.body)


def _full_names(module: ast.Module) -> dict[str, str]:
    """What each imported name stands for: `leave` after `from os import _exit as leave`."""
    names: dict[str, str] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
    return names


def _full(node: ast.expr, names: dict[str, str]) -> str:
    first, dot, rest = ast.unparse(node).partition(".")
    return f"{names.get(first, first)}{dot}{rest}"


def _forking(module: ast.Module) -> Iterator[ast.AST]:
    """Functions that fork: their child has to leave by `os._exit`."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            calls = [n for n in ast.walk(node) if isinstance(n, ast.Call)]
            if any(ast.unparse(call.func).endswith("fork") for call in calls):
                yield node


_OWN_NAME = re.compile(r"sys\._getframe\(\w+\)\.f_globals(\.get\('__name__'.*\)|\['__name__'\])")


def _own_name(module: ast.Module) -> Iterator[ast.expr]:
    """`sys._getframe(1).f_globals["__name__"]`: how a factory of classes learns their module."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call | ast.Subscript) and _OWN_NAME.fullmatch(ast.unparse(node)):
            yield node


def _imports(node: ast.Import | ast.ImportFrom) -> Iterator[Trick]:
    if isinstance(node, ast.ImportFrom):
        modules = [] if node.level else [node.module or ""]
    else:
        modules = [alias.name for alias in node.names]
    for module in modules:
        root = module.partition(".")[0]
        if root in _FRAMEWORKS:
            yield Trick("test-framework", node.lineno, f"imports {module}")
        elif root in _TESTS or root.startswith("test_"):
            yield Trick("reads-tests", node.lineno, f"imports {module}")


def _called(node: ast.Call, names: dict[str, str], *, in_child: bool) -> Iterator[Trick]:
    full = _full(node.func, names)
    kind = _CALLS.get(full)
    if kind and not (kind == "leaves" and in_child):
        yield Trick(kind, node.lineno, f"calls {full}")
    if full == "os.kill" and node.args and "getpid" in ast.unparse(node.args[0]):
        yield Trick("leaves", node.lineno, "kills its own process")
    if full == "setattr" and node.args and _full(node.args[0], names) == "builtins":
        yield Trick("patches-builtins", node.lineno, "sets a builtin")
    if any(isinstance(a, ast.Constant) and str(a.value).startswith("PYTEST_") for a in node.args):
        yield Trick("detects-tests", node.lineno, f"asks {ast.unparse(node)[:60]}")
    if full.rpartition(".")[2] in _READERS:
        yield from _reading(node)


def _reading(node: ast.Call) -> Iterator[Trick]:
    for constant in (n for n in ast.walk(node) if isinstance(n, ast.Constant)):
        if not isinstance(constant.value, str):
            continue
        if constant.value.partition(".")[0] in _FRAMEWORKS:
            yield Trick("test-framework", node.lineno, f"imports {constant.value}")
        elif _TEST_FILE.search(constant.value) or constant.value in _TESTS:
            yield Trick("reads-tests", node.lineno, f"reads {constant.value}")


def _attribute(node: ast.Attribute, names: dict[str, str]) -> Iterator[Trick]:
    if node.attr in _FRAME_ATTRIBUTES:
        yield Trick("frames", node.lineno, f"follows {node.attr}")
    if isinstance(node.ctx, ast.Store) and _full(node.value, names) == "builtins":
        yield Trick("patches-builtins", node.lineno, f"sets builtins.{node.attr}")


def _detecting(node: ast.Compare | ast.Subscript) -> Iterator[Trick]:
    """`"pytest" in sys.modules`, `os.environ["PYTEST_CURRENT_TEST"]`."""
    code = ast.unparse(node)
    values = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
    named = any(isinstance(v, str) and v.startswith(_FRAMEWORK_NAMES) for v in values)
    if named and any(ask in code for ask in _ASKED):
        yield Trick("detects-tests", node.lineno, f"asks {' '.join(code.split())[:60]}")


def _leaving_at_import(body: list[ast.stmt]) -> Iterator[Trick]:
    for node in body:
        if isinstance(node, ast.If) and "__name__" in ast.unparse(node.test):
            continue
        code = ast.unparse(node)
        if isinstance(node, ast.Expr | ast.Raise) and re.match(
            r"(raise )?(sys\.exit|exit|quit|SystemExit)\b", code
        ):
            yield Trick("leaves", node.lineno, f"{code} when it is imported")


def _support_tricks(module: ast.Module) -> Iterator[Trick]:
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield from _setting(node)
        elif isinstance(node, ast.Call):
            yield from _support_call(node)


def _setting(node: ast.Attribute) -> Iterator[Trick]:
    holder = ast.unparse(node.value)
    patched = any(name in holder for name in _REPORTERS)
    if patched or (node.attr in _REPORT_ATTRIBUTES and re.search(r"rep(ort)?\b|result", holder)):
        yield Trick("alters-reports", node.lineno, f"sets {holder}.{node.attr}")


def _support_call(node: ast.Call) -> Iterator[Trick]:
    called = ast.unparse(node.func)
    if called.endswith("force_result"):
        yield Trick("alters-reports", node.lineno, f"calls {called}")
    elif called.rpartition(".")[2] == "setattr" and node.args:
        if any(name in ast.unparse(node.args[0]) for name in _REPORTERS):
            yield Trick("alters-reports", node.lineno, f"patches {ast.unparse(node.args[0])}")
    elif called == "os._exit":
        yield Trick("leaves", node.lineno, "calls os._exit")
