from seenred.domain.renaming import Renaming
from seenred.domain.version_pair import Version, changed_lines, compare_versions

OLD = b"""
import math
LIMIT = 3
_RATE = 2

def price(n):
    return _tax(n)

def _tax(n):
    if n > LIMIT:
        return n * _RATE
    return n

def other(n):
    return n
"""


def versions(new, old=OLD, names=None, **more):
    before = Version({"shop.py": old}, {"shop.py": "shop"})
    files = {"shop.py": new, **{f"{name}.py": source for name, source in more.items()}}
    after = Version(files, {path: path.removesuffix(".py") for path in files})
    return before, after, Renaming(names or {})


def targets(compared):
    return [(pair.new[1], pair.old[1]) for pair in compared.pairs]


def test_a_changed_function_and_those_that_call_it_are_compared_public_ones_first():
    compared = compare_versions(*versions(OLD.replace(b"n * _RATE", b"_RATE * n")))
    assert [("price", "price"), ("_tax", "_tax")] == targets(compared)
    assert {"shop.py": (10, 11, 12)} == compared.lines["new"]


def test_what_mentions_a_changed_constant_is_compared():
    compared = compare_versions(*versions(OLD.replace(b"_RATE = 2", b"_RATE = 3")))
    assert [("price", "price"), ("_tax", "_tax")] == targets(compared)


def test_a_public_value_is_compared_too():
    compared = compare_versions(*versions(OLD.replace(b"LIMIT = 3", b"LIMIT = 4")))
    assert (("LIMIT", "LIMIT"),) == compared.pairs[0].values


def test_a_renamed_or_moved_function_finds_its_old_self():
    renamed = compare_versions(*versions(OLD.replace(b"price", b"cost"), names={"price": "cost"}))
    assert ("cost", "price") in targets(renamed)
    moved = b"def other(n):\n    return +n\n"
    left = OLD.replace(b"def other(n):\n    return n\n", b"from more import other\n")
    compared = compare_versions(*versions(left, more=moved))
    assert ("other", "other") in targets(compared)


def test_what_decorates_a_function_cannot_be_compared():
    compared = compare_versions(*versions(OLD.replace(b"def other", b"@cached\ndef other")))
    (pair,) = [each for each in compared.pairs if each.new[1] == "other"]
    assert "what decorates it differs" == pair.why


def test_what_runs_at_import_is_no_function():
    compared = compare_versions(*versions(OLD + b"print(LIMIT)\n"))
    assert (("shop.py:16", "runs when the module is imported"),) == compared.blocked


def test_a_changed_layout_has_nothing_to_compare():
    compared = compare_versions(*versions(OLD.replace(b"n * _RATE", b"(n * _RATE)  # tax")))
    assert () == compared.pairs


def test_changed_lines_are_those_of_statements_that_only_one_version_has():
    lines = changed_lines(*versions(OLD.replace(b"n > LIMIT", b"LIMIT < n")))
    assert [[("shop.py", range(10, 11))]] * 2 == [list(lines["new"]), list(lines["old"])]


def test_removed_code_counts_while_other_code_named_it():
    unused = changed_lines(*versions(OLD.replace(b"def other(n):\n    return n\n", b"")))
    assert () == unused["old"]
    inlined = OLD.replace(b"_tax(n)\n", b"n\n").split(b"def _tax")[0]
    used = changed_lines(*versions(inlined))
    assert {7, 9, 10, 11, 12} == {own[0] for _, own in used["old"]}
