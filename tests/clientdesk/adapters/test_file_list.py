from __future__ import annotations

import tracemalloc

import pytest

from clientdesk.adapters.file_list import FileList
from clientdesk.audit.repository import FileEntry

ENTRIES = [
    FileEntry("a.py", 3, "1" * 40),
    FileEntry("b/run", 5_000_000_001, "2" * 40, is_executable=True),
    FileEntry("b/to", 4, "3" * 40, is_link=True),
]


def test_files_come_out_as_they_went_in_sorted_by_path():
    assert list(FileList(reversed(ENTRIES))) == list(FileList(ENTRIES)) == ENTRIES


def test_one_or_some_are_had_by_their_place():
    files = FileList(ENTRIES)

    assert (files[0], files[-1], files[1:], len(files)) == (ENTRIES[0], ENTRIES[2], ENTRIES[1:], 3)
    with pytest.raises(IndexError):
        _ = files[3]


def test_path_that_is_held_already_is_given_out_and_another_one_stays():
    files = FileList(ENTRIES)

    assert all(files.same("".join(list(entry.path))) is files[place].path for place, entry in enumerate(ENTRIES))
    assert [files.same(path) for path in ("", "b", "z")] == ["", "b", "z"]


def test_a_file_is_found_by_its_path():
    files = FileList(ENTRIES)

    assert (files.get("b/run"), files.at("b/to"), files.get("b"), files.get("z")) == (
        ENTRIES[1],
        ENTRIES[2],
        None,
        None,
    )
    with pytest.raises(KeyError, match="b/ru"):
        files.at("b/ru")


def test_ids_of_the_longer_kind_are_kept_whole():
    assert FileList([FileEntry("a", 1, "ab" * 32)])[0].blob == "ab" * 32


def test_no_files_are_an_empty_list():
    assert list(FileList([])) == []


def test_a_file_takes_little_more_room_than_its_path():
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    files = FileList(FileEntry(f"a/folder/module{number:06}.py", 3, f"{number:040x}") for number in range(10_000))
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()

    assert held / len(files) < 150
