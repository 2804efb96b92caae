from __future__ import annotations

import time

import pytest
from fakes.odd_python import ODD
from radon.raw import analyze

from clientdesk.adapters.analysers.radon_lines import line_counts

VALID = ["form_feed.py", "continued.py", "semicolons.py", "strings.py", "comments.py", "empty.py"]


@pytest.mark.parametrize("name", VALID)
def test_counts_are_radons(name):
    text = ODD[name].decode()

    counts = line_counts(text)

    assert analyze(text) == (
        counts.loc,
        counts.lloc,
        counts.sloc,
        counts.comments,
        counts.multi,
        counts.blank,
        counts.single_comments,
    )


@pytest.mark.parametrize("text", ["x = (\n", ODD["line_separator.py"].decode()])
def test_text_that_radon_can_not_count_is_a_syntax_error_here_too(text):
    for count in (analyze, line_counts):
        with pytest.raises(SyntaxError):
            count(text)


def test_literal_of_twenty_thousand_lines_takes_a_moment_and_not_hours():
    text = "x = {\n" + "    'key': 'value',\n" * 20_000 + "}\n"
    began = time.process_time()

    counts = line_counts(text)

    assert counts.sloc == 20_002
    assert time.process_time() - began < 10
