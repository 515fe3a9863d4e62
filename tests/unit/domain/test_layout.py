from __future__ import annotations

import pytest

from seenred.domain import layout
from seenred.domain.layout import Layout, Part, is_dependencies, part_of, project_modules
from seenred.domain.tree import Entry, Tree


def tree_of(*paths: str) -> Tree:
    return Tree({path: Entry("0" * 40) for path in paths})


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("tests/test_cart.py", Part.TEST),
        ("cart_test.py", Part.TEST),
        ("src/shop/test_cart.py", Part.TEST),
        ("conftest.py", Part.TEST_SUPPORT),
        ("src/shop/conftest.py", Part.TEST_SUPPORT),
        ("tests/factory.py", Part.TEST_SUPPORT),
        ("tests/data/orders.json", Part.TEST_SUPPORT),
        ("src/shop/tests/__init__.py", Part.TEST_SUPPORT),
        ("test/fixtures/a.txt", Part.TEST_SUPPORT),
        ("shop/__snapshots__/cart.ambr", Part.TEST_SUPPORT),
        ("pyproject.toml", Part.TEST_CONFIG),
        ("pytest.ini", Part.TEST_CONFIG),
        ("packages/shop/setup.cfg", Part.TEST_CONFIG),
        ("tox.ini", Part.TEST_CONFIG),
        ("src/shop/cart.py", Part.PRODUCTION),
        ("cart.py", Part.PRODUCTION),
        ("src/shop/prices.json", Part.PRODUCTION),
        ("src/shop/test/client.py", Part.PRODUCTION),
        ("testing/plugin.py", Part.PRODUCTION),
        ("README.md", Part.DOCS),
        ("docs/conf.py", Part.DOCS),
        ("src/shop/README.md", Part.DOCS),
        (".github/workflows/ci.yml", Part.OTHER),
        ("setup.py", Part.OTHER),
        ("uv.lock", Part.OTHER),
        ("requirements.txt", Part.OTHER),
        ("src/shop/py.typed", Part.OTHER),
        ("src/shop/cart.pyi", Part.OTHER),
    ],
)
def test_a_file_belongs_to_one_part(path: str, part: Part) -> None:
    assert part == part_of(path)


def test_a_project_may_call_its_test_files_otherwise() -> None:
    layout = Layout(python_files=("check_*.py",))
    assert [Part.TEST, Part.PRODUCTION] == [
        part_of("check_cart.py", layout),
        part_of("test_cart.py", layout),
    ]


@pytest.mark.parametrize("path", ["uv.lock", "requirements-dev.txt", "requirements/ci.txt"])
def test_lock_and_requirements_files_name_dependencies(path: str) -> None:
    assert is_dependencies(path)


def test_prose_names_no_dependencies() -> None:
    assert not is_dependencies("notes.txt")


def test_modules_below_src_are_named_from_there() -> None:
    tree = tree_of("src/shop/__init__.py", "src/shop/cart.py", "src/space/till/read.py")
    assert {
        "shop": "src/shop/__init__.py",
        "shop.cart": "src/shop/cart.py",
        "space.till.read": "src/space/till/read.py",
    } == project_modules(tree)


def test_modules_of_a_flat_layout_are_named_from_the_root() -> None:
    tree = tree_of("calc.py", "shop/__init__.py", "shop/cart.py", "tests/test_calc.py", "setup.py")
    assert {
        "calc": "calc.py",
        "shop": "shop/__init__.py",
        "shop.cart": "shop/cart.py",
    } == project_modules(tree)


def test_a_package_in_a_plain_folder_has_both_names() -> None:
    modules = project_modules(tree_of("lib/shop/__init__.py", "lib/shop/cart.py"))
    assert {"lib.shop.cart", "shop.cart"} <= set(modules)


def test_several_packages_with_src_folders_are_all_found() -> None:
    modules = project_modules(tree_of("packages/a/src/a/x.py", "packages/b/src/b/y.py"))
    assert {"a.x": "packages/a/src/a/x.py", "b.y": "packages/b/src/b/y.py"} == modules


def test_a_declared_root_names_its_modules() -> None:
    modules = project_modules(tree_of("code/calc.py"), Layout(import_roots=("code",)))
    assert modules["calc"] == "code/calc.py"


def test_what_cannot_be_a_name_is_no_module() -> None:
    assert {} == project_modules(tree_of("shop-2/run-me.py"))


@pytest.mark.parametrize(
    ("files", "module", "test", "by_chance"),
    [
        ((), "calc.py", "tests/test_calc.py", True),
        ((), "bank/account.py", "tests/test_account.py", True),
        ((), "calc.py", "test_calc.py", False),
        ((), "app/calc.py", "app/test_calc.py", False),
        (("tests/__init__.py",), "calc.py", "tests/test_calc.py", False),
        (("conftest.py",), "calc.py", "tests/test_calc.py", False),
        (("pyproject.toml",), "calc.py", "tests/test_calc.py", False),
        (("pytest.ini",), "calc.py", "tests/test_calc.py", False),
        ((), "src/calc.py", "tests/test_calc.py", False),
    ],
)
def test_where_nothing_says_how_a_module_is_imported_it_is_by_chance(
    files: tuple[str, ...], module: str, test: str, by_chance: bool
) -> None:
    assert by_chance == layout.is_imported_by_chance(tree_of(*files), module, test)
