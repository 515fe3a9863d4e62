from __future__ import annotations

import pytest

from seenred.domain.statement.lines import read_lines
from seenred.domain.statement.signature import (
    find_signature,
    infer_annotation,
    is_stateful_class,
    snake_case,
)


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        (
            "```python\ndef f(a: int, b=2) -> list[int]:\n    ...\n```",
            "def f(a: int, b) -> list[int]:",
        ),
        (
            "def f(\n    a: int,\n    b: str,\n) -> bool:\n    pass",
            "def f(a: int, b: str) -> bool:",
        ),
        (
            "class Solution:\n    def twoSum(self, nums: List[int], target: int) -> List[int]:",
            "def twoSum(nums: List[int], target: int) -> List[int]:",
        ),
        (
            "Write a function `two_sum(nums, target)` that returns indices.",
            "def two_sum(nums, target):",
        ),
        ("Write a function two_sum(nums, target) that returns.", "def two_sum(nums, target):"),
        ("Implement `f(x: int) -> str`.", "def f(x: int) -> str:"),
        (
            "Write a function called `median` that takes a list `values` and returns `m`.",
            "def median(values):",
        ),
        ("Write a function named is_prime.", "def is_prime():"),
        ("```js\nfunction addUp(a, b) {\n```", "def addUp(a, b):"),
        ("```ts\nfunction addUp(a: number[], b: string): number {\n```", "def addUp(a, b):"),
        (
            "```java\npublic int[] twoSum(int[] nums, int target) {\n```",
            "def twoSum(nums, target):",
        ),
        ("```rust\npub fn run(v: Vec<i32>, k: i32) -> i32 {\n```", "def run(v, k):"),
        ("def helper(x): ...\n\ndef wanted(y): ...\n\nwanted(3) == 4", "def wanted(y):"),
    ],
)
def test_finds_the_signature(text: str, rendered: str) -> None:
    signature = find_signature(read_lines(text))
    assert signature is not None
    assert signature.render() == rendered


@pytest.mark.parametrize(
    "text", ["Runs in `O(n)` time.", "Print the sum.", "It takes `max(a, b)`."]
)
def test_finds_none_where_none_is_wanted(text: str) -> None:
    assert find_signature(read_lines(text)) is None


def test_a_class_of_several_methods_is_noticed() -> None:
    text = "class Cache:\n    def get(self, k): ...\n    def put(self, k, v): ..."
    assert is_stateful_class(read_lines(text))
    assert not is_stateful_class(read_lines("class Solution:\n    def f(self, k): ..."))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Two Sum", "two_sum"),
        ("1. Two Sum", "two_sum"),
        ("Problem A: Water Bottles", "water_bottles"),
        ("longestRun", "longest_run"),
        ("", "solve"),
        ("123", "solve"),
        ("problem", "solve"),
    ],
)
def test_names_a_function_after_a_title(words: str, name: str) -> None:
    assert snake_case(words) == name


@pytest.mark.parametrize(
    ("literals", "annotation"),
    [
        (["[1]", "[]"], "list[int]"),
        (["1", "2.5"], "float"),
        (["'a'", "None"], "str | None"),
        (["[[1, 2]]"], "list[list[int]]"),
        (["1", "'a'"], ""),
        (["True"], "bool"),
        (["{'a': 1}"], "dict[str, int]"),
        (["(1, 'a')"], "tuple[int, str]"),
        (["[1, 'a']"], "list"),
        (["[1]", "[2.5]"], "list[float]"),
        ([], ""),
    ],
)
def test_annotates_from_literals(literals: list[str], annotation: str) -> None:
    assert infer_annotation(literals) == annotation
