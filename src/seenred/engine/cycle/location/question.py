"""What an item says of code: names, files, modules and words, each with its weight."""

from __future__ import annotations

import keyword
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from seenred.domain.plan import PlanItem
from seenred.domain.term import terms

_CODE = re.compile(r"`+([^`]+)`+")
_BLOCK = re.compile(r"^[ \t]*(?:```|~~~)[^\n]*\n(.*?)^[ \t]*(?:```|~~~)", re.MULTILINE | re.DOTALL)
_TEXT = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
# names that stand out of prose: CamelCase, snake_case, called()
_TELLING = re.compile(r"\b(?:[A-Z]\w*[a-z]\w*[A-Z]\w*|[a-z]\w*_\w+|[A-Za-z_]\w*(?=\())\b")
_PATH = re.compile(r"(?<![\w./-])(?:\./)?((?:[\w-]+/)*[\w-]+\.py)\b(?![/.]\w)")
_IMPORT = re.compile(
    r"\b(?:from[ \t]+([A-Za-z_][\w.]*)[ \t]+import\b|import[ \t]+([A-Za-z_][\w.]*))"
)
_TITLE = re.compile(r"^#[ \t]+([^\n#]+)", re.MULTILINE)
# what a list is called besides its subject
_OF_LISTS = (
    "a an the to for of do my our plan test tests list lists todo tdd kata exercise project spec"
    " specification feature features example examples case cases red"
)
_ABOUT_LISTS = frozenset(_OF_LISTS.split())
OF_TESTING = frozenset({"pytest", "unittest", "hypothesis", "mock"})


@dataclass(frozen=True, slots=True)
class Question:
    """Attributes:
    names: of code, and how sure it is that the item is about them: 1 for its own inline code.
    words: stems, likewise.
    paths: files that the item names, in its order; `plan_paths` those of the plan around it.
    modules: that the item imports, dotted; `plan_modules` likewise.
    title: what the plan is about; "" when it doesn't say.
    """

    names: Mapping[str, float]
    words: Mapping[str, float]
    paths: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    plan_paths: tuple[str, ...] = ()
    plan_modules: tuple[str, ...] = ()
    title: str = ""
    section: str = ""

    @classmethod
    def of(cls, item: PlanItem, plan: str) -> Question:
        """Read an item and the text of the plan in which it stands."""
        texts = [
            (item.text, 1.0),
            (item.details, 0.7),
            *((parent, 0.5) for parent in item.parents),
            (item.section, 0.4),
            (title := title_of(plan), 0.15),
        ]
        test = item.test_id.rpartition("::")[2]
        own = f"{item.text}\n{item.details}"
        rest = plan.replace(item.text, "")
        return cls(
            names=_weighed((name, w) for text, w in texts for name in _names(text)),
            words=_weighed(
                (t, w) for text, w in (*texts, (test, 0.7)) for t in terms(_prose(text))
            ),
            paths=tuple(_PATH.findall(own)),
            modules=tuple(_modules(own)),
            plan_paths=tuple(dict.fromkeys(_PATH.findall(rest))),
            plan_modules=tuple(dict.fromkeys(_modules(rest))),
            title=title,
            section=item.section,
        )


def title_of(plan: str) -> str:
    """What the plan is about, by its heading of the first level."""
    found = _TITLE.search(plan)
    return found[1].strip() if found else ""


def slug(text: str) -> str:
    """A module's name for a subject: `Bank account: test list` is `bank_account`."""
    words = re.findall(r"[a-z]+|\d+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).lower())
    kept = [word for word in words if word not in _ABOUT_LISTS]
    while kept and kept[0].isdigit():
        kept = kept[1:]
    name = "_".join(kept[:4])
    return f"{name}_module" if name in sys.stdlib_module_names or keyword.iskeyword(name) else name


def _weighed(pairs: Iterator[tuple[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for key, weight in pairs:
        found[key] = max(found.get(key, 0.0), weight)
    return found


def _codes(text: str) -> list[str]:
    return [*_BLOCK.findall(text), *_CODE.findall(_BLOCK.sub("", text))]


def _names(text: str) -> Iterator[str]:
    """Dotted names of code, whole and by their parts; what stands in quotes is a value."""
    for code in [*_codes(text), *_TELLING.findall(text)]:
        for dotted in _NAME.findall(_TEXT.sub("", _PATH.sub("", code))):
            parts = dotted.split(".")
            yield from (each for each in (dotted, *parts) if not keyword.iskeyword(each))


def _prose(text: str) -> str:
    """The words, without the values in an item's code."""
    return _CODE.sub(lambda found: _TEXT.sub("", found[1]), _PATH.sub("", text))


def _modules(text: str) -> Iterator[str]:
    """Modules that a text imports, without those of everybody."""
    for code in _codes(text):
        for found in _IMPORT.finditer(code):
            name = found[1] or found[2]
            top = name.split(".")[0]
            if top not in sys.stdlib_module_names and top not in OF_TESTING:
                yield name


def subject_class(names: Sequence[str]) -> str:
    """The first name that is written as a class is."""
    return next((n for n in names if re.fullmatch(r"(?:[A-Z][a-z0-9]+)+", n)), "")


def stem_of(path: str) -> str:
    """A file's name without its ending."""
    return PurePosixPath(path).stem
