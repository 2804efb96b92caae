"""Strangers' text stays text."""

import re

import pytest

from clientdesk.documents.markdown import bullets, listing, place, table, text


@pytest.mark.parametrize(
    "hostile",
    [
        "[click](http://evil.example)",
        "<script>alert(1)</script>",
        "![x](javascript:alert(1))",
        "www.evil.example",
        "https://evil.example",
        "a@evil.example",
        "mailto:a",
        "| cell | of | its own |",
        "`code`",
        "# heading\n- list",
        "&lt;b&gt;",
    ],
)
def test_nothing_in_it_means_anything(hostile):
    shown = text(hostile)

    assert "\n" not in shown
    assert not re.search(r"(?<!\\)[\[\]()<>|`*_#!]", shown)
    assert "://" not in shown
    assert "www." not in shown
    assert "&lt;b&gt;" not in shown.replace("&amp;lt;", "")


def test_plain_words_can_be_read():
    assert text("Harbour Bookings") == "Harbour Bookings"


def test_long_path_can_be_broken_after_its_folders_and_a_short_one_is_as_it_was():
    path = "app/a_folder_with_a_name/and_another_one/" + "x" * 40 + ".py"

    pieces = text(path).replace("\\", "").split("\u200b")

    assert "".join(pieces) == path
    assert max(map(len, pieces)) <= 32
    assert text("app/models/booking.py:12") == r"app/models/booking\.py\:12"


def test_long_text_is_cut():
    assert len(text("a" * 999, 20)) == 20
    assert len(text("ab " * 999, 200)) <= 200


def test_place_can_be_copied_and_not_broken_out_of():
    assert place("/srv/a`b.pdf") == "`/srv/a\u2019b.pdf`"


def test_table_and_list():
    assert table(("A", "B"), [("1", "2")]) == "| A | B |\n| --- | --- |\n| 1 | 2 |"
    assert bullets(["a", "b"]) == "- a\n- b"


def test_bar_in_a_place_does_not_end_its_cell():
    assert table(("A", "B"), [(place("/srv/a|b.pdf"), text("c|d"))]).endswith("| `/srv/a\\|b.pdf` | c\\|d |")


def test_rows_are_listed_under_their_names():
    assert listing([{"A": "1", "B": "2"}, {"A": "3", "B": "4"}]) == table(("A", "B"), [("1", "2"), ("3", "4")])
    assert listing([]) == "Nothing."
