"""Items about code that is not Python: where they belong."""

import asyncio
import sys

import pytest
from memory_blobs import MemoryBlobs

from seenred.domain.plan import parse_plan
from seenred.domain.symbol import SymbolKind
from seenred.engine.cycle.location.locating import locate
from seenred.engine.cycle.location.other_language import definitions_of, language_of
from seenred.errors import EnvironmentLacks

RUST = {
    "Cargo.toml": '[package]\nname = "bank"\n',
    "src/lib.rs": "pub mod account;\npub mod statement;\n",
    "src/account.rs": (
        "pub struct Account {\n    balance: i64,\n}\n\nimpl Account {\n"
        "    pub fn deposit(&mut self, amount: i64) {\n        self.balance += amount;\n    }\n}\n"
    ),
    "src/statement.rs": "pub fn lines(count: usize) -> usize {\n    count\n}\n",
}
NODE = {
    "package.json": "{}",
    "src/cart.ts": "export class Cart {\n  total(): number {\n    return 1;\n  }\n}\n",
    "src/money.ts": "export const rounded = (amount: number) => amount;\n",
    "src/cart.test.ts": "import { Cart } from './cart';\n",
}
PYTHON = {"calc.py": "def total(a):\n    return a\n", "web/cart.js": "function total(a) {}\n"}


def located(files, item):
    text, blobs = f"# Plan\n\n- [ ] {item}\n", MemoryBlobs()
    plan = parse_plan(text)
    return asyncio.run(locate(blobs.tree({**files, "PLAN.md": text}), blobs, plan.next_item, plan))


@pytest.mark.parametrize(
    ("files", "item", "path", "name"),
    [
        (RUST, "`deposit(5)` leaves 5", "src/account.rs", "Account.deposit"),
        (RUST, "depositing 5 leaves 5", "src/account.rs", "Account.deposit"),
        (RUST, "`lines(2)` is 2", "src/statement.rs", "lines"),
        (NODE, "the total of an empty cart is 0", "src/cart.ts", "Cart.total"),
        (NODE, "`rounded(1.005)` is 1.01", "src/money.ts", "rounded"),
        (PYTHON, "`total(1)` is 1", "calc.py", "total"),
        (PYTHON, "in `cart.js`, `total(1)` is 1", "web/cart.js", "total"),
    ],
)
def test_an_item_of_another_language_is_located(files, item, path, name):
    found = located(files, item)
    assert (path, name) == (found.production[0], found.symbols[0].symbol.name)


def test_a_python_project_without_code_is_one_all_the_same():
    files = {"pytest.ini": "[pytest]\n", "web/cart.js": "function total(a) {}\n"}
    assert located(files, "`total(1)` is 1").production[0].endswith(".py")


@pytest.mark.parametrize(
    ("path", "source", "names"),
    [
        ("a.go", "package a\ntype S struct {}\nfunc (s *S) M() {}\nfunc F() {}\n", "S S.M F"),
        ("a.java", "class A { int add(int a) { int b = 1; return b; } }", "A A.add"),
        ("a.rb", "class A\n  def m(x)\n    x\n  end\nend\n", "A A.m"),
        ("a.c", "int add(int a) { return a; }\nstruct S { int x; };\n", "add S"),
        ("a.cpp", "class A { int f() { return 1; } };", "A A.f"),
        ("a.cs", "class A { int F() { return 1; } }", "A A.F"),
        ("a.kt", "class A { fun f() = 1 }\nfun g() = 2\n", "A A.f g"),
        ("a.swift", "class A { func f() {} }", "A A.f"),
        ("a.php", "<?php class A { function f() {} }", "A A.f"),
        ("a.js", "function f() {}\nconst g = () => 1\nconst N = 3\n", "f g N"),
        ("a.tsx", "export const A = () => <div/>\ninterface P { a: string }\n", "A P"),
        ("a.rs", "const MAX: i64 = 3;\ntrait T { fn f(&self); }\nfn (((", "MAX T T.f"),
        ("a.rs", "", ""),
    ],
)
def test_definitions_are_found_in_each_language(path, source, names):
    found = definitions_of(source, language_of(path))
    assert names.split() == [symbol.name for symbol in found.symbols]


def test_a_definition_tells_its_lines_and_its_head():
    (account, deposit) = definitions_of(RUST["src/account.rs"], language_of("a.rs")).symbols
    assert (1, 3, SymbolKind.CLASS) == (account.first, account.last, account.kind)
    assert (6, 8, SymbolKind.METHOD) == (deposit.first, deposit.last, deposit.kind)
    assert "pub fn deposit(&mut self, amount: i64)" == deposit.signature


def test_python_and_words_are_no_other_language():
    known = {path for path in ("a.py", "README.md", "Cargo.toml", "a.rs") if language_of(path)}
    assert {"a.rs"} == known


def test_each_definition_is_of_its_kind():
    source = "class A { m() {} }\nfunction f() {}\nconst g = () => 1\nconst N = 3\n"
    kinds = [each.kind for each in definitions_of(source, language_of("a.js")).symbols]
    method, function = SymbolKind.METHOD, SymbolKind.FUNCTION
    assert [SymbolKind.CLASS, method, function, function, SymbolKind.VALUE] == kinds


def test_code_among_the_docs_is_nobody_s():
    files = {"docs/theme.js": "function total(a) {}\n", "README.md": "# Kata\n"}
    assert located(files, "`total(1)` is 1").production[0].endswith(".py")


def test_tests_are_the_last_that_an_item_is_about():
    files = {"cart.test.ts": "function total() {}\n", "src/cart.ts": "function total() {}\n"}
    assert located(files, "`total()` is 0").production[0] == "src/cart.ts"


def test_a_missing_parser_is_named_with_its_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "ast_grep_py", None)
    with pytest.raises(EnvironmentLacks, match=r"seenred\[agents\]"):
        definitions_of("fn f() {}", language_of("a.rs"))
