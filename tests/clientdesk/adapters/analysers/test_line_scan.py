from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pytest
from fakes.odd_python import ODD

from clientdesk.adapters.analysers.line_scan import Alone, LogicalLine, logical_lines
from clientdesk.adapters.analysers.radon_lines import tokenized_lines

LIBRARY = sorted(Path(json.__file__).parent.parent.glob("[a-d]*.py"))
NOT_PARSED = {"dedent.py", "null.py", "python2.py", "wrong_encoding.py", "too_deep.py"}
SOURCES = {name: data.decode("utf-8-sig", "replace") for name, data in ODD.items() if b"\r" not in data}
SOURCES = {name: text for name, text in SOURCES.items() if name not in NOT_PARSED}
SOURCES |= {path.name: path.read_text(encoding="utf-8") for path in LIBRARY}


@pytest.mark.parametrize("name", SOURCES)
def test_what_is_told_is_what_the_tokenizer_tells(name):
    told = logical_lines(SOURCES[name]) or {}

    tokenized = tokenized_lines(SOURCES[name])
    assert told == {first: tokenized[first] for first in told}


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="from 3.12 on the tokenizer looks into formatted strings")
def test_almost_every_line_of_real_code_is_told():
    told = [len(logical_lines(path.read_text(encoding="utf-8"))) for path in LIBRARY]

    tokenized = [len(tokenized_lines(path.read_text(encoding="utf-8"))) for path in LIBRARY]
    assert sum(told) > 0.99 * sum(tokenized) > 1000


def test_string_over_several_lines_is_one_logical_line():
    assert logical_lines('"""a\n#b\n"""\n# c\n') == {
        1: LogicalLine(3, 1, 0, Alone.STRING_OF_MANY_LINES),
        4: LogicalLine(4, 0, 1, Alone.COMMENT),
    }


@pytest.mark.parametrize("text", ["x = (\n", "x = 'a\n", "x = $\n", 'y = """a\n', "x = 1 \\ \n"])
def test_text_that_is_no_python_is_left_to_the_tokenizer(text):
    assert logical_lines(text) is None


@pytest.mark.parametrize("text", ["'" * 500_000, '"""' + "\\" * 500_000, "(" * 500_000, "x" * 500_000, "f(" * 250_000])
def test_hostile_text_takes_no_longer_than_its_length(text):
    began = time.process_time()

    logical_lines(text)

    assert time.process_time() - began < 2
