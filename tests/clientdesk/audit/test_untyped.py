from __future__ import annotations

import pytest

from clientdesk.audit.untyped import Malformed, json_of, rows, table, toml_of, words, yaml_of

MERGE_BOMB = "a: &a {x: 1}\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} {{<<: [{','.join('*' + chr(97 + i) for _ in range(9))}]}}\n" for i in range(12)
)


def test_a_wrong_shape_reads_as_empty():
    assert (table([1]), table({"a": 1}, "a", "b"), rows("x"), words(3)) == ({}, {}, (), "")


def test_a_table_is_found_at_the_end_of_its_keys():
    assert table({"a": {"b": {"c": 1}}}, "a", "b") == {"c": 1}


@pytest.mark.parametrize("text", ["{", "[" * 100_000, '{"a": NaN', ""])
def test_broken_json_is_malformed(text):
    with pytest.raises(Malformed):
        json_of(text)


@pytest.mark.parametrize("text", ["[[a", "a=" + "[" * 50_000, "a=1\na=2", "a." * 50_000 + "b=1"])
def test_broken_toml_is_malformed(text):
    with pytest.raises(Malformed):
        toml_of(text)


@pytest.mark.parametrize(
    "text", [MERGE_BOMB, "[" * 50_000, "a: *b", "? {a: b}\n: 1", "2026-13-45", "a: 1\n" * 100_000, "*" * 5000]
)
def test_hostile_yaml_is_malformed(text):
    with pytest.raises(Malformed):
        yaml_of(text)


def test_key_of_fifty_parts_is_read():
    assert toml_of(".".join("a" * 50) + " = 1")


def test_tags_of_other_programs_read_as_nothing():
    assert yaml_of("a: !reference [x]\nb: !!python/object/apply:os.system [ls]\nc: 1") == {"a": None, "b": None, "c": 1}


def test_the_first_document_counts():
    assert yaml_of("a: 1\n---\nb: 2\n") == {"a": 1}
