"""Which definitions of a project an item is most likely about."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from seenred.domain.symbol import ModuleSymbols, Symbol, SymbolKind
from seenred.domain.term import terms
from seenred.engine.cycle.location.project import Project
from seenred.engine.cycle.location.question import Question, stem_of

# weights, tried out on the situations in the tests: what code says outright counts most
_QUALIFIED, _NAMED, _USED = 16.0, 10.0, 2.0
_OWN_WORDS, _AROUND, _SUMMARY = 3.0, 1.0, 0.5
_MODULE_NAMED, _FRAME = 30.0, 25.0
_OUTER = 0.9  # of a frame's weight, for each one further out
_TEST_SHARE, _TESTS_ASKED = 0.4, 5
_REST_SHARE, _REST = 0.25, 4
_TIE = 0.01


@dataclass(frozen=True, slots=True)
class Frame:
    """A place in the code that an error came through."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """Attributes:
    modules: production paths by their scores, best first; those without any are not there.
    symbols: path and definition, likewise.
    tests: files whose tests resemble the item, likewise.
    """

    modules: tuple[tuple[str, float], ...]
    symbols: tuple[tuple[str, Symbol, float], ...]
    tests: tuple[str, ...] = ()


def ranked(project: Project, question: Question, frames: Sequence[Frame] = ()) -> Ranked:
    """Score every definition, and each module by its best ones and the tests that import it."""
    rarity = _Rarity.of(question, project)
    scored = [
        (path, symbol, score)
        for path, module in project.code.items()
        for symbol, score in _scores(path, module, question, rarity, frames)
    ]
    scored.sort(key=lambda each: (-each[2], each[0], each[1].first))
    modules = _module_scores(project, question, scored, rarity)
    alike = _tests_alike(project, question, rarity)
    for path, score in _by_tests(project, alike):
        modules[path] = modules.get(path, 0.0) + score
    importers = Counter(p for test in project.tests for p in set(project.imported(test).values()))
    order = sorted(
        ((path, score + _TIE * min(importers[path], 10)) for path, score in modules.items()),
        key=lambda each: (-each[1], each[0]),
    )
    return Ranked(tuple(order), tuple(scored), tuple(dict.fromkeys(path for _, path in alike)))


@dataclass(frozen=True, slots=True)
class _Rarity:
    """How telling each word of the question is in this project: from 0.2 to 1."""

    of_word: Mapping[str, float]

    @classmethod
    def of(cls, question: Question, project: Project) -> _Rarity:
        words = question.words.keys()
        seen: Counter[str] = Counter()
        total = 1
        for module in project.code.values():
            total += len(module.symbols)
            for symbol in module.symbols:
                seen.update(words & terms(symbol.own_name))
        scale = math.log(1 + total)
        return cls({w: max(0.2, math.log(1 + total / (1 + seen[w])) / scale) for w in words})


def _scores(
    path: str,
    module: ModuleSymbols,
    question: Question,
    rarity: _Rarity,
    frames: Sequence[Frame],
) -> Iterator[tuple[Symbol, float]]:
    around = _weight(terms(stem_of(path)), question, rarity) * _AROUND
    lines = {f.line: _OUTER**outer for outer, f in enumerate(frames) if f.path == path}
    for symbol in module.symbols:
        own = _symbol_score(symbol, question, rarity)
        inside = [lines[line] for line in lines if symbol.first <= line <= symbol.last]
        if inside:
            whole = symbol.kind is not SymbolKind.CLASS
            own += max(inside) * (_FRAME if whole else _FRAME / 2)
        if own:
            yield symbol, own + around


def _symbol_score(symbol: Symbol, question: Question, rarity: _Rarity) -> float:
    own = terms(symbol.own_name)
    matched = _matched(own, question)
    score = _name_score(symbol, question)
    if matched and not score:
        coverage = math.sqrt(len(matched) / len(own))
        score += _weight(matched, question, rarity) * _OWN_WORDS * coverage
    if symbol.summary:
        score += _weight(terms(symbol.summary), question, rarity) * _SUMMARY
    score += sum(_USED * question.names[n] for n in question.names if n in symbol.uses)
    if score and symbol.owner:
        score += _weight(terms(symbol.owner), question, rarity) * _AROUND
    return score


def _name_score(symbol: Symbol, question: Question) -> float:
    if "." in symbol.name and symbol.name in question.names:
        return _QUALIFIED * question.names[symbol.name]
    return _NAMED * question.names.get(symbol.own_name, 0.0)


def _weight(found: frozenset[str], question: Question, rarity: _Rarity) -> float:
    return sum(question.words[w] * rarity.of_word[w] for w in _matched(found, question))


def _matched(found: frozenset[str], question: Question) -> frozenset[str]:
    """The words that the question has too; a number alone is a value and names nothing."""
    matched = found & question.words.keys()
    return frozenset() if all(word.isdigit() for word in matched) else matched


def _module_scores(
    project: Project,
    question: Question,
    scored: Sequence[tuple[str, Symbol, float]],
    rarity: _Rarity,
) -> dict[str, float]:
    by_path: dict[str, list[float]] = {}
    for path, _, score in scored:
        by_path.setdefault(path, []).append(score)
    modules = {
        path: scores[0] + _REST_SHARE * sum(scores[1 : 1 + _REST])
        for path, scores in by_path.items()
    }
    for path in project.code:
        if around := _weight(terms(stem_of(path)), question, rarity) * _AROUND:
            modules[path] = modules.get(path, 0.0) + around
    for name, weight in question.names.items():
        if name in project.modules:
            path = project.modules[name]
            modules[path] = modules.get(path, 0.0) + _NAMED * weight
    for path, weight in named_files(project, question):
        modules[path] = modules.get(path, 0.0) + _MODULE_NAMED * weight
    return modules


def named_files(project: Project, question: Question) -> Iterator[tuple[str, float]]:
    """Production files that the item names, by path or by import, and those of its plan."""
    own = (question.paths, question.modules, 1.0)
    around = (question.plan_paths, question.plan_modules, 0.15)
    for paths, modules, weight in (own, around):
        for named in paths:
            fitting = [p for p in project.code if p == named or p.endswith(f"/{named}")]
            if len(fitting) == 1:
                yield fitting[0], weight
        for name in modules:
            if name in project.modules:
                yield project.modules[name], weight


def _tests_alike(project: Project, question: Question, rarity: _Rarity) -> list[tuple[float, str]]:
    """The score of each test that resembles the item, and its file, best first."""
    scored = [
        (score, path)
        for path, module in project.tests.items()
        for symbol in module.symbols
        if symbol.own_name.startswith("test")
        if (score := _symbol_score(symbol, question, rarity))
    ]
    return sorted(scored, reverse=True)


def _by_tests(project: Project, alike: Sequence[tuple[float, str]]) -> Iterator[tuple[str, float]]:
    """What the tests that resemble the item most import."""
    for score, path in alike[:_TESTS_ASKED]:
        homes = set(project.imported(path).values())
        for home in homes:
            yield home, score * _TEST_SHARE / len(homes)
