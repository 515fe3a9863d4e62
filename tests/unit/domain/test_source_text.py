import ast

import pytest

from seenred.domain.source_text import SourceText, is_python


def first_return(text):
    return next(node for node in ast.walk(text.module) if isinstance(node, ast.Return))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"def f():\n    return 1\n", b"def f():\n    pass\n"),
        (b"def f():\r\n    return 1\r\n", b"def f():\r\n    pass\r\n"),
        ("é = 1\ndef f(): return 'ü'\n".encode(), "é = 1\ndef f(): pass\n".encode()),
        (
            "# coding: latin-1\né = 1\ndef f(): return 'ü'\n".encode("latin-1"),
            "# coding: latin-1\né = 1\ndef f(): pass\n".encode("latin-1"),
        ),
        (b"\xef\xbb\xbfdef f(): return 1\n", b"\xef\xbb\xbfdef f(): pass\n"),
    ],
)
def test_an_edit_keeps_everything_around_it(source, expected):
    text = SourceText.of(source)
    assert expected == text.edited([text.replacing(first_return(text), "pass")])


@pytest.mark.parametrize(
    "source", [b"def f(:\n", b"a = '\x00'\n", b"# coding: nonsense\n", b"\xff"]
)
def test_what_is_not_python_is_a_syntax_error(source):
    with pytest.raises(SyntaxError):
        SourceText.of(source)


def test_a_statement_in_the_wrong_place_is_not_python():
    assert is_python(b"def f(): return 1\n")
    assert not is_python(b"return 1\n")
