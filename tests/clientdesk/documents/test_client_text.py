import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientdesk.documents.client_text import code_lines, paragraphs, printable, up_to_sentence


def test_characters_that_turn_text_round_are_gone() -> None:
    assert printable("invoice\u202efdp.exe\u202c") == "invoicefdp.exe"


def test_control_characters_are_shown_as_replaced_not_obeyed() -> None:
    assert printable("\x1b[31mred\x07") == "\ufffd[31mred\ufffd"


def test_text_becomes_one_line_of_at_most_the_limit() -> None:
    assert printable("a\n b\t c") == "a b c"
    assert printable("x" * 10_000, 20) == "x" * 19 + "…"


@given(st.text(max_size=3000), st.integers(min_value=1, max_value=200))
def test_no_text_whatever_is_longer_than_the_limit_or_has_line_breaks(text: str, limit: int) -> None:
    shown = printable(text, limit)

    assert len(shown) <= limit
    assert len(shown.splitlines()) <= 1


def test_paragraphs_stay_apart_and_end_at_the_limit() -> None:
    assert paragraphs("First.\r\n\r\nSecond.") == ["First.", "Second."]
    assert sum(map(len, paragraphs("word " * 4000, 100))) <= 100


def test_code_keeps_its_lines_and_says_when_some_are_left_out() -> None:
    assert code_lines("if a:\n\tb()\n", lines=4) == "if a:\n    b()"
    assert code_lines("\n".join("abcdef"), lines=2) == "a\nb\n…"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("All of it.", "All of it."),
        (
            "None was looked up: api.osv.dev is down. Load a copy of the data first.",
            "None was looked up: api.osv.dev is down.",
        ),
        (
            "One sentence that is longer than what there is room for",
            "One sentence that is longer than what there is ro…",
        ),
    ],
)
def test_text_is_cut_where_a_sentence_ends_if_one_does(text: str, shown: str) -> None:
    assert up_to_sentence(text, 50) == shown
