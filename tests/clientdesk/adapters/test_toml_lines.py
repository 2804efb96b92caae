"""Where keys stand in a TOML text."""

from clientdesk.adapters.toml_lines import key_lines, numbered_lines

TEXT = '''\
# a comment
title = "x"   # another

[office]
days = [
  1,   # opens = 3 is no key
  2,
]
note = """
closes = 4
"""
inline = { a = 1, b = { c = 2 } }
dotted.key = 1

[effort."complexity.split"]
cap = 12

[[people]]
name = "Ann"

[[people]]
name = "Ben"
'''


def test_every_key_and_table_is_found_on_the_line_where_it_begins():
    assert key_lines(TEXT) == {
        ("title",): 2,
        ("office",): 4,
        ("office", "days"): 5,
        ("office", "note"): 9,
        ("office", "inline"): 12,
        ("office", "inline", "a"): 12,
        ("office", "inline", "b"): 12,
        ("office", "inline", "b", "c"): 12,
        ("office", "dotted"): 13,
        ("office", "dotted", "key"): 13,
        ("effort",): 15,
        ("effort", "complexity.split"): 15,
        ("effort", "complexity.split", "cap"): 16,
        ("people",): 18,
        ("people", "name"): 19,
    }


def test_lines_that_end_as_on_windows_count_once():
    assert key_lines("a = 1\r\nb = [\r\n1]\r\nc = 3\r\n") == {("a",): 1, ("b",): 2, ("c",): 4}


def test_text_without_keys_has_none():
    assert key_lines("\n# nothing\n") == {}


def test_tables_of_an_array_are_told_apart_by_their_number():
    lines = numbered_lines('[[people]]\nname = "Ann"\n\n[[people]]\nname = "Ben"\n\n[office]\nopens = 9\n')

    assert lines == {
        ("people",): 1,
        ("people", 0): 1,
        ("people", 0, "name"): 2,
        ("people", 1): 4,
        ("people", 1, "name"): 5,
        ("office",): 7,
        ("office", "opens"): 8,
    }
