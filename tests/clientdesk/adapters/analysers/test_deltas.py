from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientdesk.adapters.analysers.deltas import Malformed, changed, passages

REACH = 128


def number(value):
    parts = []
    while True:
        parts.append(value & 127 | (128 if value > 127 else 0))
        value >>= 7
        if not value:
            return bytes(parts)


def copy(start, size):
    op, tail = 128, b""
    for bit, shift in enumerate((0, 8, 16, 24)):
        if start >> shift & 255:
            op, tail = op | 1 << bit, tail + bytes([start >> shift & 255])
    for bit, shift in enumerate((0, 8, 16)):
        if size >> shift & 255 and size != 65536:
            op, tail = op | 16 << bit, tail + bytes([size >> shift & 255])
    return bytes([op]) + tail


def insert(text):
    return bytes([len(text)]) + text


def delta(base, *changes):
    """As git writes it; what it makes comes first and is not looked at."""
    return number(len(base)) + number(0) + b"".join(changes)


LINES = b"".join(b"line %05d\n" % n for n in range(2_000))


def test_kept_copies_are_not_new():
    content, spans = changed(delta(LINES, copy(0, 5_000), copy(5_000, len(LINES) - 5_000)), LINES)

    assert (content, spans) == (LINES, [])


def test_what_is_put_in_is_new_and_comes_out_with_its_surroundings():
    change = delta(LINES, copy(0, 5_003), insert(b"SECRET"), copy(5_003, len(LINES) - 5_003))

    content, spans = changed(change, LINES)
    [(start, end)] = passages(content, spans)

    assert spans == [(5_003, 5_009)]
    assert start <= 5_000 - REACH
    assert end >= 5_011 + REACH
    assert content[start - 1 : start] == content[end - 1 : end] == b"\n"


def test_place_where_something_went_is_new_too():
    content, spans = changed(delta(LINES, copy(0, 4_000), copy(6_000, len(LINES) - 6_000)), LINES)
    [(start, end)] = passages(content, spans)

    assert spans == [(4_000, 4_000)]
    assert b"line 00362" in content[start:end]
    assert b"line 00546" in content[start:end]


def test_end_that_went_is_new_too():
    content, spans = changed(delta(LINES, copy(0, 4_000)), LINES)

    assert spans == [(4_000, 4_000)]
    assert list(passages(content, spans))[-1][1] == 4_000


def test_copies_of_64_kb_and_from_far_away_are_read():
    base = bytes(range(256)) * 1_000

    content, _ = changed(delta(base, copy(0, 65536), copy(0x2_0102, 300), copy(0x1_0000, 0x1_0001)), base)

    assert content == base[:65536] + base[0x2_0102 : 0x2_0102 + 300] + base[0x1_0000:0x2_0001]


def test_empty_lines_count_for_nothing():
    text = b"first\n" * 40 + b"key =" + b"\n" * 900 + b"value\n" + b"last\n" * 40
    place = text.index(b"value")

    [(start, end)] = passages(text, [(place, place)])

    assert b"key =" in text[start:end]
    assert end < len(text)


def test_changes_close_to_each_other_are_one_passage():
    near, far = [(5_000, 5_001), (5_100, 5_101)], [(5_000, 5_001), (9_000, 9_001)]

    assert (len(list(passages(LINES, near))), len(list(passages(LINES, far)))) == (1, 2)


@pytest.mark.parametrize(
    "change",
    [b"", b"\x80", delta(LINES, b"\x93\x01"), delta(LINES, copy(len(LINES) - 3, 10)), delta(LINES, b"\x05ab")],
)
def test_what_git_would_not_write_is_refused(change):
    with pytest.raises(Malformed):
        changed(change, LINES)


@given(st.lists(st.one_of(st.tuples(st.integers(0, 19_000), st.integers(1, 900)), st.binary(min_size=1, max_size=90))))
def test_whatever_touches_what_is_new_lies_within_a_passage(changes):
    parts = [copy(*one) if isinstance(one, tuple) else insert(one) for one in changes]

    content, spans = changed(delta(LINES, *parts), LINES)
    found = list(passages(content, spans))

    assert all(any(a <= start and end <= b for a, b in found) for start, end in spans)
    assert all(before[1] < after[0] for before, after in pairwise(found))
    old = [content[b:a] for (_, b), (a, _) in zip([(0, 0), *found], [*found, (len(content), 0)], strict=True)]
    assert all(piece in LINES for piece in old)
