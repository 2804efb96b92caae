from __future__ import annotations

import ast
import sys

import pytest

from clientdesk.adapters.analysers.python_syntax import explained


def reason(source):
    data = source if isinstance(source, bytes) else source.encode()
    with pytest.raises((SyntaxError, ValueError)) as caught:
        ast.parse(data)
    return explained(caught.value, data)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="not newer than this Python")
@pytest.mark.parametrize("source", ["x = 1\ntype X = int\n", "def first[T](a: T): pass\n", "class Box[T]: pass\n"])
def test_syntax_of_a_later_python_names_the_version_needed(source):
    assert "Python 3.12 or later" in reason(source)


@pytest.mark.parametrize("source", ["print 'x'\n", "exec 'x'\n", "x = 0777\n", "raise E, 'x'\n"])
def test_syntax_of_python_2_is_called_that(source):
    assert "syntax of Python 2" in reason(source)


def test_plain_mistake_is_a_syntax_error_with_its_line():
    assert reason("x = 1\ny = = 2\n").startswith("syntax error at line 2")


def test_null_bytes_and_wrong_encodings_are_said():
    assert "null bytes" in reason(b"x = 1\0\n")
    assert "encoding" in explained(UnicodeDecodeError("utf-8", b"\xe9", 0, 1, "x"), b"\xe9")
