from __future__ import annotations

import re

import pytest

from clientdesk.audit.first_places import FirstPlace, Place


def first(pattern, *texts, **options):
    search = FirstPlace(re.compile(pattern), **options)
    for path, text in texts:
        search.look(path, text)
    return search.found


def test_the_first_text_that_has_it_counts_with_its_line():
    assert first("init", ("a", "x\n"), ("b", "x\ninit()\ninit()"), ("c", "init()")) == Place("b", 2)


def test_nowhere_is_none():
    assert first("init", ("a", "x")) is None


@pytest.mark.parametrize("comment", ["# init()", "  // init()", " * init()"])
def test_a_comment_is_passed_over(comment):
    assert first("init", ("a", f"{comment}\ninit()")) == Place("a", 2)


def test_inside_quotes_counts_only_where_text_is_enough():
    text = ("a", "note = 'see init()'\ninit()")

    assert (first("init", text), first("init", text, is_text_enough=False)) == (Place("a", 1), Place("a", 2))


def test_a_place_is_printed_with_its_line_if_it_has_one():
    assert [str(Place("a.py", 3)), str(Place("a.py", 0))] == ["a.py:3", "a.py"]
