from __future__ import annotations

from clientdesk.audit.repository import UnreadFile
from clientdesk.audit.wording import counted, listed, unread_gap


def test_numbers_agree_with_their_noun():
    assert [counted(1, "file"), counted(1200, "file"), counted(2, "person", "people")] == [
        "1 file",
        "1,200 files",
        "2 people",
    ]


def test_long_lists_end_with_how_many_more():
    assert [listed([]), listed(["a"]), listed("ab"), listed("abcde")] == ["", "a", "a and b", "a, b, c and 2 more"]


def test_unread_files_are_one_sentence():
    gap = unread_gap([UnreadFile("a.py", "too large"), UnreadFile("b.py", "binary")])

    assert gap == ("2 files could not be read, the first being a.py (too large).",)


def test_nothing_unread_is_no_gap():
    assert unread_gap([]) == ()
