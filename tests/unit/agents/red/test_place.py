from dataclasses import replace

import pytest

from seenred.agents.red.place import name_in_file, place_test
from seenred.agents.red.writer import WrittenTest

WRITTEN = WrittenTest(
    "test_b",
    "def test_b():\n    assert add(1, 2) == 3\n",
    ("import pytest", "from calc import add", "import math"),
)
PLAIN = WrittenTest("test_b", WRITTEN.source, ("from calc import add",))


def test_a_new_file_has_its_imports_in_order():
    assert place_test("", WRITTEN) == (
        "import math\n\nimport pytest\n\nfrom calc import add\n\n\n" + WRITTEN.source
    )


@pytest.mark.parametrize(
    ("file", "placed"),
    [
        ("from calc import add\n\n\nX = 1\n", "from calc import add\n\n\nX = 1\n\n\n{test}"),
        ("from calc import sub\nX = 1", "from calc import add, sub\nX = 1\n\n\n{test}"),
        ("from calc import sub, abs\nX = 1", "from calc import sub, abs, add\nX = 1\n\n\n{test}"),
        (
            "from calc import (\n    sub,\n)\nX = 1\n",
            "from calc import (\n    sub,\n    add,\n)\nX = 1\n\n\n{test}",
        ),
        (
            "from calc import sub, \\\n    abs\nX = 1\n",
            "from calc import sub, \\\n    abs, add\nX = 1\n\n\n{test}",
        ),
        (
            'from calc import add\n\n\nif __name__ == "__main__":\n    main()\n',
            'from calc import add\n\n\n{test}\n\nif __name__ == "__main__":\n    main()\n',
        ),
        ("from calc import *\n", "from calc import *\nfrom calc import add\n\n\n{test}"),
        ("import os\n\nX = 1\n", "import os\n\nfrom calc import add\n\nX = 1\n\n\n{test}"),
        ('"""Doc."""\n\nX = 1\n', '"""Doc."""\n\nfrom calc import add\n\nX = 1\n\n\n{test}'),
        ("X = 1\n", "from calc import add\n\n\nX = 1\n\n\n{test}"),
        ("# only a comment\n", "# only a comment\n\n\nfrom calc import add\n\n\n{test}"),
        ("import os", "import os\n\nfrom calc import add\n\n\n{test}"),
    ],
)
def test_imports_are_merged_and_the_rest_stays(file, placed):
    assert place_test(file, PLAIN) == placed.replace("{test}", WRITTEN.source)


def test_line_ends_and_a_byte_order_mark_stay():
    file = "\ufefffrom calc import sub\r\n\r\n\r\ndef test_a():\r\n    sub(1)  # ü\r\n"
    placed = place_test(file, PLAIN)
    assert placed == (
        "\ufefffrom calc import add, sub\r\n\r\n\r\ndef test_a():\r\n    sub(1)  # ü\r\n"
        "\r\n\r\ndef test_b():\r\n    assert add(1, 2) == 3\r\n"
    )


def test_a_test_goes_into_the_class_that_has_the_others():
    head = "from calc import add\n\n\nclass TestCalc:\n"
    file = f"{head}    def test_a(self):\n        add(1, 1)\n\n\nX = 1\n"
    assert place_test(file, PLAIN) == file.replace(
        "add(1, 1)\n",
        "add(1, 1)\n\n    def test_b(self):\n        assert add(1, 2) == 3\n",
    )
    assert name_in_file(file, PLAIN) == "TestCalc::test_b"


@pytest.mark.parametrize(
    ("classes", "source", "name"),
    [
        ("CalcTest(TestCase)", "def test_b():\n    pass\n", "CalcTest::test_b"),
        ("Calc", "def test_b():\n    pass\n", "test_b"),
        ("CalcTest(TestCase)", "def test_b(tmp_path):\n    pass\n", "test_b"),
        ("CalcTest(TestCase)", "@mark.parametrize('a', [1])\ndef test_b(a):\n    pass\n", "test_b"),
        ("TestCalc", "def test_b(tmp_path):\n    pass\n", "TestCalc::test_b"),
        ("TestCalc", "def test_b():\n    assert f('''a\nb''') == 1\n", "test_b"),
    ],
)
def test_it_goes_into_a_class_only_where_that_can_hold_it(classes, source, name):
    head = "from unittest import TestCase\n\n\n"
    file = f"{head}class {classes}:\n    def test_a(self):\n        pass\n"
    written = replace(PLAIN, source=source)
    assert name_in_file(file, written) == name
    assert ("def test_b(self" in place_test(file, written)) is ("::" in name)
