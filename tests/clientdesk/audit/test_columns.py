from __future__ import annotations

import tracemalloc

import pytest

from clientdesk.audit.columns import Columns
from clientdesk.audit.repository import FileFigures, Function

FUNCTIONS = (Function("a.py", "f", "function", 1, 3, 2), Function("a.py", "A.g", "method", 5, 900, 41))


def functions():
    rows = Columns(Function, "tttiii")
    for one in FUNCTIONS:
        rows.add(one.path, one.name, one.kind, one.line, one.end_line, one.complexity)
    return rows


def test_rows_come_out_as_they_went_in():
    rows = functions()

    assert (tuple(rows), rows[1], rows[-2], rows[1:], len(rows)) == (FUNCTIONS, *FUNCTIONS[::-1], [FUNCTIONS[1]], 2)
    with pytest.raises(IndexError):
        _ = rows[2]


def test_many_rows_at_once_are_as_one_by_one():
    rows = Columns(Function, "tttiii")
    rows.extend([(one.path, one.name, one.kind, one.line, one.end_line, one.complexity) for one in FUNCTIONS])
    rows.extend([])

    assert rows == functions()


def test_rows_are_equal_to_the_same_in_any_sequence():
    assert functions() == functions() == FUNCTIONS
    assert hash(functions()) == hash(FUNCTIONS)
    assert functions() != FUNCTIONS[:1]
    assert Columns(Function, "tttiii") == ()


@pytest.mark.parametrize("index", [None, 0.0, 61.25])
def test_a_fraction_may_be_none(index):
    rows = Columns(FileFigures, "ttiiiif")
    rows.add("a.py", "Python", 4, 3, 0, 1, index)

    assert rows[0] == FileFigures("a.py", "Python", 4, 3, 0, 1, index)


def test_a_row_of_another_length_is_refused():
    rows = functions()
    with pytest.raises(ValueError, match="zip"):
        rows.add("a.py", "f")
    with pytest.raises(ValueError, match="zip"):
        rows.extend([("a.py", "f", "function", 1, 3, 2), ("a.py",)])


def test_a_row_takes_little_more_room_than_its_texts():
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    rows = Columns(Function, "tttiii")
    for number in range(50_000):
        rows.add("a.py", f"total_{number}", chr(102) + "unction", number, number + 300, 300)
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()

    assert held / len(rows) < 150
