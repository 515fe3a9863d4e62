"""Runs one function of the old version and of the new one on the same inputs."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from .call import Caller, Effects, TooSlow
from .recorder import Call
from .seen_value import Form, differ_by_rounding, show

# inputs of one function, seconds for all of them, and for one call
_MOST_INPUTS, _SECONDS, _CALL_SECONDS = 150, 4.0, 0.5
# an old version that is as slow as this is given up rather than compared
_MOST_SLOW = 3


class Result:
    """What the comparison of one function has shown.

    Attributes:
        compared: number of inputs.
        difference: `price(0): 0 → None`; "" when there is none.
        rounding: the same, where only the last digits of floats differ.
        why: nothing can be said, and why.
    """

    __slots__ = ("compared", "difference", "rounding", "why")

    def __init__(
        self, compared: int = 0, difference: str = "", rounding: str = "", why: str = ""
    ) -> None:
        self.compared = compared
        self.difference = difference
        self.rounding = rounding
        self.why = why


Enter = Callable[[], Any]


class Comparison:
    """Two versions of one function.

    Args:
        old, new: each with the context in which its world is entered.
        name: as it is shown.
        is_method: the first argument stands before the dot.
    """

    def __init__(
        self,
        old: tuple[Enter, Caller],
        new: tuple[Enter, Caller],
        name: str,
        is_method: bool,
        effects: Effects,
    ) -> None:
        self._enter_old, self._old = old
        self._enter_new, self._new = new
        self._name = name
        self._is_method = is_method
        self._effects = effects

    def run(self, calls: Iterator[Call]) -> Result:
        """Compare on the inputs, as many as there is time for."""
        self._effects.seen = ""
        inputs, before = self._old_forms(calls)
        if self._effects.seen:
            return Result(why=f"has effects: {self._effects.seen}")
        if not inputs:
            return Result(why="too slow to compare")
        found: list[tuple[int, Form, Form]] = []
        for index, after in enumerate(self._new_forms(inputs)):
            if after != before[index]:
                found.append((index, before[index], after))
        if self._effects.seen:
            return Result(why=f"has effects: {self._effects.seen}")
        return self._judged(inputs, found)

    def _old_forms(self, calls: Iterator[Call]) -> tuple[list[Call], list[Form]]:
        inputs: list[Call] = []
        forms: list[Form] = []
        slow, began = 0, time.monotonic()
        shown: set[str] = set()
        with self._enter_old(), self._effects.watched():
            for call in itertools.islice(calls, _MOST_INPUTS * 4):
                text = self._shown(call)
                if text in shown:
                    continue
                shown.add(text)
                try:
                    forms.append(self._old.form(call, _CALL_SECONDS))
                    inputs.append(call)
                except TooSlow:
                    slow += 1
                enough = len(inputs) >= _MOST_INPUTS or time.monotonic() - began > _SECONDS
                if enough or slow >= _MOST_SLOW or self._effects.seen:
                    break
        return inputs, forms

    def _new_forms(self, inputs: Sequence[Call]) -> Iterator[Form]:
        with self._enter_new(), self._effects.watched():
            for call in inputs:
                try:
                    yield self._new.form(call, _CALL_SECONDS * 4)
                except TooSlow:
                    yield (("hangs", "", ""), (), (), ())

    def _judged(self, inputs: list[Call], found: list[tuple[int, Form, Form]]) -> Result:
        count = len(inputs)
        real = [each for each in found if not differ_by_rounding(each[1], each[2])]
        if not real:
            rounding = self._told(inputs[found[0][0]], *found[0][1:]) if found else ""
            return Result(count, rounding=rounding)
        shortest = sorted(real, key=lambda each: len(self._shown(inputs[each[0]])))
        for index, before, after in shortest[:5]:
            if self._old_says_again(inputs[index], before):
                return Result(count, difference=self._told(inputs[index], before, after))
        return Result(why="the old version itself does not always do the same")

    def _old_says_again(self, call: Call, before: Form) -> bool:
        with self._enter_old(), self._effects.watched():
            try:
                return bool(self._old.form(call, _CALL_SECONDS * 4) == before)
            except TooSlow:
                return False

    def _told(self, call: Call, before: Form, after: Form) -> str:
        shown = self._shown(call)
        if before[0] != after[0]:
            return f"{shown}: {_ending(before[0])} → {_ending(after[0])}"
        if before[3] != after[3]:
            return f"{shown} says {_said(before[3])} → {_said(after[3])}"
        for (name, a), (_, b) in zip(before[1], after[1]):  # noqa: B905 -- Python 3.9
            if a != b:
                return f"{shown} leaves {name} as {show(a)} → {show(b)}"
        return f"{shown}: {show(before[2])} → {show(after[2])}"

    def _shown(self, call: Call) -> str:
        named = [f"{name}={each.show()}" for name, each in call.named.items()]
        values = list(call.arguments.values())
        subject, own_name = "", self._name
        if self._is_method and values:
            subject = values.pop(0).show() + "."
            own_name = self._name.rpartition(".")[2]
        if own_name.endswith(".__init__"):
            own_name = own_name.rpartition(".")[0]
        shown = [each.show() for each in (*values, *call.more)]
        return f"{subject}{own_name}({', '.join([*shown, *named])})"


def _ending(result: Form) -> str:
    kind, what, more = result
    if kind == "returned":
        return show(what) + (f" (argument {more[0] + 1} itself)" if more else "")
    return f"{kind} {what}{': ' if more else ''}{more}".strip()


def _said(told: Form) -> str:
    printed, logged, warned = told
    parts = [repr(printed)] if printed else []
    parts += [f"{level} {text}" for level, text in logged] + [f"warning {w}" for w in warned]
    return ", ".join(parts) or "nothing"
