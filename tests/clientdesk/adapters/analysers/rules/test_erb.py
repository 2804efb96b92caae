import time

import pytest

from clientdesk.adapters.analysers.rules.erb import ruby_of


def test_every_piece_stays_on_its_line():
    assert ruby_of(b"<p>\n<%= a %>\n</p><% b -%>\n").split(b"\n")[1].split() == [b"a", b";"]
    assert ruby_of(b"x\n<% if a\n  b %>\nc\n").count(b"\n") == 4


@pytest.mark.parametrize("template", [b"<%# a %>", b"<%% a %>", b"<%= # a %>", b"plain", b"<% never closed"])
def test_comments_and_text_hold_no_code(template):
    assert ruby_of(template).strip(b" ;") == b""


def test_unescaped_output_is_said_as_a_call():
    assert ruby_of(b"<%== a %>").split() == [b"raw", b"a", b";"]


def test_a_million_unclosed_tags_take_no_time():
    began = time.monotonic()

    ruby_of(b"<%" * 500_000)

    assert time.monotonic() - began < 2
