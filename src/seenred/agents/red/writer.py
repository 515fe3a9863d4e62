"""Asks for the test of one plan item, and reads the reply so that only what is sure is left."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace

from seenred.agents.code_reply import NoCode
from seenred.agents.red.made_object import with_objects
from seenred.agents.red.needed_import import Known, resolve
from seenred.agents.red.outline import outline
from seenred.agents.red.reply import TakenTest, take_test
from seenred.agents.red.vouched import keep_vouched
from seenred.domain.agreed_value import is_expected_already
from seenred.domain.conversation import Message, Prompt, Reply, Speaker
from seenred.domain.expectation import Function, Kind, expectations
from seenred.domain.plan import PlanItem
from seenred.domain.provenance import (
    Origin,
    ValueOrigin,
    exceptions_in,
    refuses,
    value_origins,
)
from seenred.domain.spoken_action import forgets_refusal, undone_action
from seenred.domain.unused_input import unused_inputs
from seenred.domain.vacuity import vacuity

MAX_TOKENS = 320  # of a reply; the tests of the embedded model take 40 to 150
SYSTEM = (
    "You write tests with pytest, test-first: the code does not exist yet, and you never write it. "
    "You write one small test function for one behaviour, with plain asserts and with the examples "
    "that you are given, nothing more."
)
_REFUSAL = (
    "To refuse means to raise an exception, `ValueError` unless the behaviour names another: test "
    "it with `pytest.raises`."
)
_VALUE_TYPES = {"Decimal", "Fraction", "Counter", "OrderedDict"}  # equal to plain values
# what is committed runs on the user's machine later, without a sandbox
_DANGEROUS = re.compile(
    r"__import__(\(.*\).*)?|eval|exec|os\.(system|popen|remove|unlink|rmdir|kill\w*|exec\w+"
    r"|spawn\w+|fork)|shutil\.(rmtree|move)|subprocess\.\w+|ctypes\..+",
    re.DOTALL,
)
_LONGEST = 200  # lines of a test; of MAX_TOKENS come fewer
_NAME_WORDS = 10  # of an item, in the name of its test


@dataclass(frozen=True, slots=True)
class RedRequest:
    """What is known when a test is to be written.

    Attributes:
        module: import name of the code under test.
        code: the located code as the model is to see it; "" when there is none yet.
        tests: the test file as it is; "" when there is none yet.
        names: what can be imported from the module.
        name: what the test is to be called; "" to take it from the item's words.
        title: what the whole plan is about.
        lesson: why the latest proposal did not stand.
    """

    item: PlanItem
    module: str
    code: str = ""
    tests: str = ""
    names: tuple[str, ...] = ()
    name: str = ""
    title: str = ""
    lesson: str = ""

    @property
    def words(self) -> str:
        """All that the plan says about the item."""
        item = self.item
        return "\n".join([item.text, item.details, *item.parents, item.section, self.title])


@dataclass(frozen=True, slots=True)
class WrittenTest:
    """One test function, ready to be placed.

    Attributes:
        source: of the function, at top level.
        imports: whole lines that it needs.
        introduced: names that its module does not have yet.
        origins: where each expected value is from.
    """

    name: str
    source: str
    imports: tuple[str, ...] = ()
    introduced: tuple[str, ...] = ()
    origins: tuple[ValueOrigin, ...] = ()

    @property
    def is_vouched(self) -> bool:
        """Whether all that it expects is said by more than the model."""
        return bool(self.origins) and all(origin.is_vouched for origin in self.origins)


def red_prompt(request: RedRequest, temperature: float = 0.0, seed: int | None = None) -> Prompt:
    """Ask for the test of the item."""
    task = f"# Task\n{_task(request, wanted_name(request))}"
    return Prompt(opening(request, task), MAX_TOKENS, temperature, seed)


def opening(request: RedRequest, task: str) -> tuple[Message, ...]:
    """What all prompts about an item's test begin with, and a task.

    The beginning is the same for all of them, so that a local model computes it once.
    """
    parts = [
        f"# What the module `{request.module}` has so far\n{outline(request.code)}"
        if request.code.strip()
        else f"# The code\nThere is none yet; it will be in the module `{request.module}`.",
    ]
    if example := _latest_test(request.tests):
        parts.append(f"# The latest test, as an example of the style\n```python\n{example}\n```")
    text = "\n\n".join([*parts, task])
    return Message(Speaker.SYSTEM, SYSTEM), Message(Speaker.USER, text)


def read_red(reply: Reply, request: RedRequest) -> WrittenTest | NoCode:
    """The test of a reply, with only those expectations that the item vouches for, if any are."""
    taken = take_test(reply.text, wanted_name(request), request.item.text, reply.truncated)
    if isinstance(taken, NoCode):
        return taken
    return finished(taken, request)


def finished(
    taken: TakenTest, request: RedRequest, said_by: Origin | None = None
) -> WrittenTest | NoCode:
    """A test with its imports, its name, and where its values are from.

    Args:
        said_by: who vouches for all of its values, where it was made from those words.
    """
    if complaint := _unusable(taken.source, request.words):
        return NoCode(complaint)
    errors = {*exceptions_in(request.code), *_named_errors(request.names)}
    source = with_objects(taken.source, request.code, request.names)
    if said_by is None:
        source = keep_vouched(source, request.item, request.title, errors)
        if complaint := _vacuity(source):
            return NoCode(complaint)
    name = wanted_name(request)
    source = re.sub(r"(?m)^(def )\w+", rf"\g<1>{name}", source, count=1)
    known = Known(request.module, request.names, request.tests, request.words)
    resolved = resolve(replace(taken, source=source), known)
    if isinstance(resolved, NoCode):
        return resolved
    if said_by is None and (complaint := _beside_the_point(source, request)):
        return NoCode(complaint)
    origins = value_origins(source, request.item, request.title, errors=errors)
    if said_by is not None:
        origins = tuple(replace(each, origin=said_by) for each in origins)
    if not origins:
        return NoCode("holds a test that asserts nothing")
    source = _annotated(source) if _is_annotated(request) else source
    return WrittenTest(name, source, resolved.imports, resolved.introduced, origins)


def _beside_the_point(source: str, request: RedRequest) -> str:
    """What the item speaks of and the test has not; "" if nothing."""
    item = request.item
    if unused := unused_inputs(source, f"{item.text}\n{item.details}"):
        return f"does not use {unused[0]}, which the behaviour states"
    if undone := undone_action(source, item.text, request.code):
        return f"does not call `{undone}`, which the behaviour is about"
    if forgets_refusal(source, item.text, request.tests):
        return "has no refusal: what is refused raises, and `pytest.raises` expects that"
    if is_expected_already(source, request.tests):
        return "expects only what the tests that are there expect already"
    return ""


def _annotated(source: str) -> str:
    return re.sub(r"(?m)^(def \w+\([^()\n]*\)):$", r"\1 -> None:", source, count=1)


def _is_annotated(request: RedRequest) -> bool:
    """Whether the tests beside it say what they return; where there is none, whether the code does.

    A type checker that looks at tests would hold it against whatever code comes next.
    """
    if re.search(r"\bdef test", request.tests):
        return bool(re.search(r"\bdef test\w*\([^()]*\)\s*->", request.tests))
    heads = re.findall(r"\bdef \w+\([^()]*\)\s*(->|:)", request.code)
    return bool(heads) and ":" not in heads


def _named_errors(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if re.search(r"(?:Error|Exception)$", name)]


def wanted_name(request: RedRequest) -> str:
    """What the test is called: as the item names it, or by the item's words; never a taken one."""
    if named := request.name or request.item.test_id.rpartition("::")[2]:
        return named
    taken = set(re.findall(r"\bdef (\w+)", request.tests))
    name = "test_" + "_".join(_slug_words(request.item.text)[:_NAME_WORDS])
    number = 2
    free = name
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free


def _slug_words(text: str) -> list[str]:
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", text).lower())
    return words or ["it"]


def _task(request: RedRequest, name: str) -> str:
    item = request.item
    lines = [
        f"The behaviour to test: {item.text}",
        *([f"Details: {item.details}"] if item.details else []),
        *([f"It belongs to: {' / '.join(item.parents)}"] if item.parents else []),
        *([f"Section: {item.section}"] if item.section else []),
        *([f"All of it is about: {request.title}"] if request.title else []),
        *(
            [f"An earlier test was refused: {request.lesson}. Yours must not be."]
            if request.lesson
            else []
        ),
        *([_REFUSAL] if refuses(item.text) else []),
        f"Write the one test function `def {name}():` for it. Assert only what the behaviour "
        "says, with its own examples where it has some. Use what the module lacks as if it were "
        f"there. Reply with one ```python block, without comments: the imports from "
        f"`{request.module}`, then `def {name}():` and its body, and nothing else. The code under "
        "test is not your task: do not write it.",
    ]
    return "\n".join(lines)


def _latest_test(tests: str) -> str:
    if not tests.strip():
        return ""
    try:
        module = ast.parse(tests)
    except (SyntaxError, ValueError):
        return ""
    found = [n for n in ast.walk(module) if isinstance(n, Function) and n.name.startswith("test")]
    if not found:
        return ""
    last = max(found, key=lambda node: node.lineno)
    source = ast.get_source_segment(tests, last) or ""
    return source if len(source) < 800 else ""


def _vacuity(source: str) -> str:
    test = ast.parse(source).body[0]
    return vacuity(test) if isinstance(test, Function) else ""


def _unusable(source: str, words: str) -> str:
    if (lines := source.count("\n")) > _LONGEST:
        return f"holds a test of {lines} lines, where one behaviour needs few"
    test = ast.parse(source).body[0]
    if isinstance(test, Function):
        for decorator in test.decorator_list:
            if "parametrize" not in ast.unparse(decorator):
                return f"decorates the test with `@{ast.unparse(decorator)}`"
    for node in ast.walk(test):
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        if _DANGEROUS.fullmatch(called) and called not in words:
            return f"calls `{called}`, which is no business of a test"
        if isinstance(node, ast.ClassDef):
            return f"defines the class `{node.name}` inside of the test"
        if isinstance(node, Function) and node is not test:
            return f"defines `{node.name}` inside of the test"
    if not isinstance(test, Function):
        return ""
    return _compares_itself(test) or _contradicts_itself(test)


def _contradicts_itself(test: Function) -> str:
    """Why a test can never pass: of one expression it expects two values."""
    stored = {
        n.id for n in ast.walk(test) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }
    told: dict[str, str] = {}
    for node in test.body:
        compared = node.test if isinstance(node, ast.Assert) else None
        if not isinstance(compared, ast.Compare) or not isinstance(compared.ops[0], ast.Eq):
            continue
        # what hangs on a variable may change from one line to the next
        names = {n.id for n in ast.walk(compared.left) if isinstance(n, ast.Name)}
        judged, expected = ast.unparse(compared.left), ast.unparse(compared.comparators[0])
        if not names & stored and told.setdefault(judged, expected) != expected:
            return f"expects both {told[judged]} and {expected} of `{judged}`"
    return ""


def _compares_itself(test: Function) -> str:
    """Why a test is none that takes an object for its content: `Stack() == []`."""
    for found in expectations(test):
        made = found.actual
        if (
            found.kind is Kind.EQUAL
            and found.values
            and found.values != (None,)
            and isinstance(made, ast.Call)
            and isinstance(made.func, ast.Name)
            and re.fullmatch(r"[A-Z]\w*[a-z]\w*", made.func.id)
            and made.func.id not in _VALUE_TYPES
        ):
            return f"compares `{ast.unparse(made)}` itself with a plain value: ask it for something"
    return ""
