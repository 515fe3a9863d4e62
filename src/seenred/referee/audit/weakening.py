"""What an edited test no longer notices, told from its old and its new source."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from seenred.referee.audit.check import Check, checks_of, repeats
from seenred.referee.audit.coded_test import CodedTest, Function
from seenred.referee.audit.suppression import Suppression, suppressions_in, suppressions_of
from seenred.referee.audit.test_reach import definitions, table_named


@dataclass(frozen=True, slots=True)
class Weakening:
    """One way in which a test lets more pass than before.

    Attributes:
        kind: stable: `loosened`, `tolerance`, `dropped`, `emptied`, `suppressed`, `rows-dropped`,
            `conditional`.
        what: for a person: `== 10.01 → > 0`.
        line: in the new file.
        certain: the text alone shows it; otherwise running mutants may show that nothing is lost.
        gone: the assertion that was dropped, placed in the old file.
    """

    kind: str
    what: str
    line: int
    certain: bool = True
    gone: Check | None = None


def weakenings_of_test(
    old: CodedTest, old_module: ast.Module, new: CodedTest, new_module: ast.Module
) -> tuple[Weakening, ...]:
    """How the new version of a test is weaker than the old one; empty when it isn't."""
    before = suppressions_of(old, old_module)
    after = suppressions_of(new, new_module)
    rows_before = _rows(old, definitions(old_module))
    rows_after = _rows(new, definitions(new_module))
    return (
        *_suppressed(before, after),
        *_rows_dropped(rows_before, rows_after, new.node.lineno),
        *_of_checks(old.node, new.node, len(rows_before), len(rows_after)),
    )


def weakenings_of_support(old: Function, new: Function) -> tuple[Weakening, ...]:
    """The same for a fixture or another function that tests call."""
    suppressed = _suppressed(suppressions_in(old), suppressions_in(new))
    return (*suppressed, *_of_checks(old, new, 1, 1))


def _suppressed(before: Sequence[Suppression], after: Sequence[Suppression]) -> Iterator[Weakening]:
    known = Counter(each.what for each in before)
    for each in after:
        if known[each.what] > 0:
            known[each.what] -= 1
        else:
            yield Weakening("suppressed", each.what, each.line)


def _rows_dropped(before: list[str], after: list[str], line: int) -> Iterator[Weakening]:
    gone = [row for row in before if row not in after]
    if after and gone and len(after) < len(before):
        what = f"{len(before)} → {len(after)} parameter rows; gone: {_brief(gone[0])}"
        yield Weakening("rows-dropped", what, line)


def _rows(test: CodedTest, defined: Mapping[str, ast.stmt]) -> list[str]:
    """Source of each row of each `parametrize`; a table may stand at the top of the file."""
    rows: list[str] = []
    for decorator in test.node.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("parametrize"):
            listed = next(iter(decorator.args[1:2]), None)
            if isinstance(listed, ast.List | ast.Tuple):
                rows += [ast.unparse(row) for row in listed.elts]
            elif isinstance(listed, ast.Name):
                rows += [ast.unparse(row) for row in table_named(listed.id, defined)]
    return rows


def _of_checks(old: Function, new: Function, old_rows: int, new_rows: int) -> Iterator[Weakening]:
    before, after = checks_of(old.body), checks_of(new.body)
    if before and not after:
        yield Weakening("emptied", f"{_shortened(before[0].text)} → no assertion", new.lineno)
        return
    lost, gained = _differing(before, after)
    pairs, dropped = _paired(lost, gained)
    for was, now in pairs:
        yield from _compared(was, now, after)
    yield from _made_conditional(before, after)
    size_before = sum(c.weight for c in before) * max(old_rows, repeats(old.body))
    size_after = sum(c.weight for c in after) * max(new_rows, repeats(new.body))
    if dropped and size_after < size_before:
        for check in dropped:
            what = f"{_shortened(check.text)} dropped"
            yield Weakening("dropped", what, new.lineno, certain=False, gone=check)


def _differing(before: Sequence[Check], after: Sequence[Check]) -> tuple[list[Check], list[Check]]:
    """What only one of the two versions asserts."""
    common = Counter(c.text for c in before) & Counter(c.text for c in after)
    return _without(before, common.copy()), _without(after, common.copy())


def _without(checks: Sequence[Check], common: Counter[str]) -> list[Check]:
    rest: list[Check] = []
    for check in checks:
        if common[check.text] > 0:
            common[check.text] -= 1
        else:
            rest.append(check)
    return rest


def _paired(
    lost: Sequence[Check], gained: Sequence[Check]
) -> tuple[list[tuple[Check, Check]], list[Check]]:
    """Old assertions with what took their place: the same subject first, then by their order."""
    free = list(gained)
    pairs: list[tuple[Check, Check]] = []
    unpaired: list[Check] = []
    for was in lost:
        partner = next((now for now in free if _same_subject(was, now)), None)
        if partner is None:
            unpaired.append(was)
        else:
            free.remove(partner)
            pairs.append((was, partner))
    matched = list(zip(unpaired, free, strict=False))
    return pairs + matched, unpaired[len(matched) :]


def _same_subject(was: Check, now: Check) -> bool:
    if "raises" in (was.operator, now.operator):
        return was.operator == now.operator
    return not {s for s in was.sides if not _is_literal(s)}.isdisjoint(now.sides) or any(
        side in text for side in was.sides if not _is_literal(side) for text in now.sides
    )


def _compared(was: Check, now: Check, after: Sequence[Check]) -> Iterator[Weakening]:
    change = f"{was.shown} → {now.shown}"
    still = [c for c in after if c.strength >= was.strength and _same_subject(was, c)]
    if now.strength < was.strength:
        if not still:
            yield Weakening("loosened", change, now.line)
    elif was.operator == now.operator == "raises":
        if _is_broader(was, now):
            yield Weakening("loosened", change, now.line)
    elif was.operator == now.operator == "≈":
        if _tolerance(now) > _tolerance(was):
            yield Weakening("tolerance", change, now.line)
    elif was.operator == now.operator and _is_wider_bound(was, now):
        yield Weakening("loosened", change, now.line)


def _made_conditional(before: Sequence[Check], after: Sequence[Check]) -> Iterator[Weakening]:
    depth = {check.text: check.conditions for check in before}
    for check in after:
        if check.conditions > depth.get(check.text, check.conditions):
            what = f"{_shortened(check.text)} only under a condition"
            yield Weakening("conditional", what, check.line)


def _is_broader(was: Check, now: Check) -> bool:
    _, expected, match = was.sides
    _, now_expected, now_match = now.sides
    catches_all = now_expected in {"Exception", "BaseException"} and expected != now_expected
    more = now_expected.startswith("(") and expected.strip("()") in now_expected
    return catches_all or (more and expected != now_expected) or bool(match and not now_match)


def _tolerance(check: Check) -> float:
    """The widest tolerance that an approximate comparison names; pytest's own is 1e-6."""
    widest = 0.0
    for node in ast.walk(check.node):
        if isinstance(node, ast.keyword) and node.arg in {"rel", "abs", "delta", "rel_tol"}:
            widest = max(widest, _number(node.value) or 0.0)
        elif isinstance(node, ast.keyword) and node.arg == "places":
            widest = max(widest, 10 ** -(_number(node.value) or 7.0))
    return widest or 1e-6


def _is_wider_bound(was: Check, now: Check) -> bool:
    old, new = _bound(was), _bound(now)
    if old is None or new is None or was.sides[0] != now.sides[0]:
        return False
    return new > old if was.operator in {"<", "<="} else was.operator[:1] == ">" and new < old


def _bound(check: Check) -> float | None:
    if not isinstance(check.node, ast.Compare) or check.operator not in {"<", "<=", ">", ">="}:
        return None
    return _number(check.node.comparators[-1])


def _number(node: ast.expr) -> float | None:
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        return None
    return float(value) if isinstance(value, int | float) else None


def _is_literal(source: str) -> bool:
    try:
        ast.literal_eval(source)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True


def _shortened(text: str) -> str:
    return text if len(text) <= 50 else text[:49] + "…"


def _brief(text: str) -> str:
    return _shortened(" ".join(text.split()))
