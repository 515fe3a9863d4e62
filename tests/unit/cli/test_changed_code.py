"""What is shown of a test and of a change."""

from seenred.cli.changed_code import ChangedLine, changed_lines, decisive_lines

TEST = '''\
def test_rejects_overdraft():
    """More than there is cannot be withdrawn."""
    with pytest.raises(InsufficientFunds):
        Account(10).withdraw(11)
'''

DIFF = """\
--- a/src/bank/account.py
+++ b/src/bank/account.py
@@ -7,2 +8,5 @@ class Account:
     def withdraw(self, amount):
+        if amount > self.balance:
+            log.warning("overdraft")
+            raise InsufficientFunds(amount)
-        self.balance -= 1
+        self.balance -= amount
@@ -20,0 +25,2 @@
+
+--- no = 1
"""


def test_of_a_test_its_body_is_shown():
    assert (
        "with pytest.raises(InsufficientFunds):",
        "    Account(10).withdraw(11)",
    ) == decisive_lines(TEST)


def test_cases_of_a_test_belong_to_it():
    source = "@pytest.mark.parametrize('n', [1, 2])\ndef test_a(n):\n    assert f(n) == n\n"
    assert ("@pytest.mark.parametrize('n', [1, 2])", "assert f(n) == n") == decisive_lines(source)


def test_of_a_long_test_only_what_asserts_is_shown():
    source = "def test_a():\n" + "    a = 1\n" * 9 + "    assert a == 2\n    b = 3\n"
    assert ("…", "assert a == 2", "…") == decisive_lines(source, most=4)


def test_a_test_that_asserts_without_end_is_cut():
    source = "def test_a():\n" + "    assert a\n" * 9
    assert ("assert a", "assert a", "assert a", "… 6 more lines") == decisive_lines(source, most=4)


def test_what_cannot_be_parsed_is_shown_as_it_is():
    assert ("it('adds', () => {", "})") == decisive_lines("  it('adds', () => {\n  })\n")


def test_a_method_is_shown_like_a_function():
    source = "    def test_a(self):\n        assert f() == 1\n"
    assert ("assert f() == 1",) == decisive_lines(source)


def test_a_change_is_its_lines_each_where_it_stands():
    path = "src/bank/account.py"
    assert (
        ChangedLine("+", "        if amount > self.balance:", path, 9),
        ChangedLine("+", '            log.warning("overdraft")', path, 10),
        ChangedLine("+", "            raise InsufficientFunds(amount)", path, 11),
        ChangedLine("-", "        self.balance -= 1", path, 0),
        ChangedLine("+", "        self.balance -= amount", path, 12),
        ChangedLine("+", "", path, 25),
        ChangedLine("+", "--- no = 1", path, 26),
    ) == changed_lines(DIFF)


def test_lines_alone_are_a_change_too():
    assert (
        ChangedLine("+", "a = 1", "", 0),
        ChangedLine("-", "a = 2", "", 0),
    ) == changed_lines("+a = 1\n-a = 2\n")


def test_a_file_that_is_gone_has_its_old_name():
    diff = "--- a/old.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-x = 1\n"
    assert (ChangedLine("-", "x = 1", "old.py", 0),) == changed_lines(diff)
