from __future__ import annotations

import pytest

from seenred.referee.audit.code_meaning import Nature, nature_of


@pytest.mark.parametrize(
    ("before", "after", "nature"),
    [
        ("x = 1\n", "x = 1  # one\n", Nature.LAYOUT),
        ("x = (1)\n", "x = 1\n", Nature.LAYOUT),
        ("def f():\n    '''Old.'''\n    return 1\n", "def f():\n    return 1\n", Nature.LAYOUT),
        ("def f(a):\n    return a\n", "def f(a: int) -> int:\n    return a\n", Nature.TYPES),
        ("x = 1\n", "from typing import Final\nx: Final = 1\n", Nature.TYPES),
        ("x = f(1)\n", "from typing import cast\nx = cast(int, f(1))\n", Nature.TYPES),
        (
            "import os\n",
            "import os\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import re\n",
            Nature.TYPES,
        ),
        ("class A:\n    x = 1\n", "class A:\n    x: int = 1\n", Nature.TYPES),
        ("T = 1\n", "T = 2\n", Nature.CODE),
        ("def f(a=1):\n    pass\n", "def f(a=2):\n    pass\n", Nature.CODE),
        (
            "@dataclass\nclass A:\n    x: int = 1\n",
            "@dataclass\nclass A:\n    x: ClassVar[int] = 1\n",
            Nature.CODE,
        ),
        (
            "@app.get('/')\ndef f(a: int):\n    return a\n",
            "@app.get('/')\ndef f(a: str):\n    return a\n",
            Nature.CODE,
        ),
        ("x = 1\n", "x = (\n", Nature.CODE),
        ("x = '''\n# a'''\n", "x = '''\n# b'''\n", Nature.CODE),
    ],
)
def test_the_difference_between_two_modules_has_a_nature(
    before: str, after: str, nature: Nature
) -> None:
    assert nature == nature_of("a.py", before.encode(), after.encode())


def test_a_new_or_removed_module_is_code_and_other_files_are_data() -> None:
    assert Nature.CODE == nature_of("a.py", None, b"")
    assert Nature.CODE == nature_of("a.py", b"", None)
    assert Nature.MODE == nature_of("a.py", b"x", b"x")
    assert Nature.DATA == nature_of("a.json", b"1", b"2")
