from __future__ import annotations

import pytest

from clientdesk.adapters.analysers import passage_files
from clientdesk.adapters.analysers.passage_files import Full, PassageFiles, numbered, owners_of, passages_of

MARK = "abc123"


def files_of(folder):
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def contents_of(files, text, lines, mark=MARK):
    return owners_of(passages_of(text, lines, mark), files.owners)


def test_each_line_is_of_the_content_whose_passage_it_is_in(tmp_path):
    files = PassageFiles(tmp_path, ["a/app.py", "a/app.py"].__getitem__, MARK)

    files.add(0, b"one\ntwo\nthree\n", [(0, 4), (8, 14)])
    files.add(1, b"four\n", [(0, 5)])
    files.flush()

    [text] = files_of(tmp_path).values()
    lines = text.split(b"\n")
    places = [lines.index(word) + 1 for word in (b"one", b"three", b"four")]
    assert [contents_of(files, text, {place}) for place in places] == [{0}, {0}, {1}]
    assert contents_of(files, text, set(places)) == {0, 1}
    assert passages_of(text, {places[0]}, "other") == {None}


def test_what_several_contents_of_a_name_have_is_laid_out_once_and_is_of_each(tmp_path):
    files = PassageFiles(tmp_path, ["a.py", "b.py", "a.py", "a.py"].__getitem__, MARK, first=500)

    for number, text in enumerate((b"one\n", b"one\n", b"one\ntwo\n", b"other\n")):
        files.add(number, text, [(0, 4), *([(4, 8)] if text[4:] == b"two\n" else [])])
    files.flush()

    text, other = (files_of(tmp_path)[f"0/{name}.py"] for name in "ab")
    assert (text.count(b"one"), other.count(b"one")) == (1, 1)
    lines = text.split(b"\n")
    assert contents_of(files, text, {lines.index(b"one") + 1}) == {0, 2}
    assert contents_of(files, text, {lines.index(b"two") + 1}) == {2}
    assert contents_of(files, other, {other.split(b"\n").index(b"one") + 1}) == {1}
    assert min(passages_of(text, range(1, 99), MARK) - {None}) == 500


def test_heading_of_a_client_is_none(tmp_path):
    files = PassageFiles(tmp_path, ["a.py", "b.py"].__getitem__, MARK)
    files.add(1, b"~" * 70 + b" 0\nsecret\n", [(0, 80)])
    files.flush()

    [text] = files_of(tmp_path).values()

    assert contents_of(files, text, {text.split(b"\n").index(b"secret") + 1}) == {1}


def test_names_stay_what_a_scanner_knows_them_by(tmp_path):
    files = PassageFiles(tmp_path, ["deploy/main.tf", "site/page.HTML", "Gemfile"].__getitem__, MARK)

    for number in range(3):
        files.add(number, b"x\n", [(0, 2)])
    files.flush()

    assert set(files_of(tmp_path)) == {"deploy/0/main.tf", "site/0/page.HTML.txt", "0/Gemfile"}
    assert numbered("a/b.py", 7) == "a/7/b.py"


def test_file_that_was_a_folder_before_finds_a_place(tmp_path):
    files = PassageFiles(tmp_path, ["a/0/b", "a"].__getitem__, MARK)
    files.add(0, b"in the folder\n", [(0, 14)])
    files.flush()
    (tmp_path / "0").mkdir()
    (tmp_path / "0" / "a").mkdir()

    files.add(1, b"in the file\n", [(0, 12)])
    files.flush()

    assert b"in the file" in b"".join(files_of(tmp_path).values())


def test_large_ones_are_several(tmp_path, monkeypatch):
    monkeypatch.setattr(passage_files, "_FILE_BYTES", 100)
    files = PassageFiles(tmp_path, ["a.py"].__getitem__, MARK)

    for letter in (b"x", b"y", b"z"):
        files.add(0, letter * 99 + b"\n", [(0, 100)])
        files.flush()

    assert len(files_of(tmp_path)) == 3


def test_more_than_there_may_be_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(passage_files, "_MOST_BYTES", 100)
    files = PassageFiles(tmp_path, ["a.py"].__getitem__, MARK)
    files.add(0, b"x" * 200, [(0, 200)])

    with pytest.raises(Full):
        files.flush()


def test_zero_bytes_do_not_make_it_binary(tmp_path):
    files = PassageFiles(tmp_path, ["a.py"].__getitem__, MARK)
    files.add(0, b"a\0b\n", [(0, 4)])
    files.flush()

    assert b"\0" not in b"".join(files_of(tmp_path).values())
