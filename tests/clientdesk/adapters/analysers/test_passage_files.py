from __future__ import annotations

import subprocess

import pytest

from clientdesk.adapters.analysers import passage_files
from clientdesk.adapters.analysers.passage_files import Full, PassageFiles, numbered, owners_of, passages_of
from clientdesk.adapters.pack_writer import PackWriter

MARK = "abc123"


@pytest.fixture
def laid_out(tmp_path):
    """To add to, and what was put there when that is done: by path."""

    def begun(names, first=0):
        pack = PackWriter(tmp_path / "made.git")
        files = PassageFiles(pack, names.__getitem__, MARK, first)

        def read():
            with pack:
                files.flush()
            return files_of(tmp_path / "made.git")

        return files, read

    return begun


def files_of(place):
    def git(*words):
        return subprocess.run(["git", f"--git-dir={place}", *words], capture_output=True, check=True).stdout

    paths = git("ls-tree", "-r", "-z", "--name-only", "HEAD").decode().split("\0")[:-1]
    return {path: git("show", f"HEAD:{path}") for path in paths}


def contents_of(files, text, lines, mark=MARK):
    return owners_of(passages_of(text, lines, mark), files.owners)


def test_each_line_is_of_the_content_whose_passage_it_is_in(laid_out):
    files, read = laid_out(["a/app.py", "a/app.py"])

    files.add(0, b"one\ntwo\nthree\n", [(0, 4), (8, 14)])
    files.add(1, b"four\n", [(0, 5)])

    [text] = read().values()
    lines = text.split(b"\n")
    places = [lines.index(word) + 1 for word in (b"one", b"three", b"four")]
    assert [contents_of(files, text, {place}) for place in places] == [{0}, {0}, {1}]
    assert contents_of(files, text, set(places)) == {0, 1}
    assert passages_of(text, {places[0]}, "other") == {None}


def test_what_several_contents_of_a_name_have_is_laid_out_once_and_is_of_each(laid_out):
    files, read = laid_out(["a.py", "b.py", "a.py", "a.py"], 500)

    for number, text in enumerate((b"one\n", b"one\n", b"one\ntwo\n", b"other\n")):
        files.add(number, text, [(0, 4), *([(4, 8)] if text[4:] == b"two\n" else [])])

    found = read()
    text, other = (found[f"0-0/{name}.py"] for name in "ab")
    assert (text.count(b"one"), other.count(b"one")) == (1, 1)
    lines = text.split(b"\n")
    assert contents_of(files, text, {lines.index(b"one") + 1}) == {0, 2}
    assert contents_of(files, text, {lines.index(b"two") + 1}) == {2}
    assert contents_of(files, other, {other.split(b"\n").index(b"one") + 1}) == {1}
    assert min(passages_of(text, range(1, 99), MARK) - {None}) == 500


def test_heading_of_a_client_is_none(laid_out):
    files, read = laid_out(["a.py", "b.py"])
    files.add(1, b"~" * 70 + b" 0\nsecret\n", [(0, 80)])

    [text] = read().values()

    assert contents_of(files, text, {text.split(b"\n").index(b"secret") + 1}) == {1}


def test_names_stay_what_a_scanner_knows_them_by(laid_out):
    files, read = laid_out(["deploy/main.tf", "site/page.HTML", "Gemfile"])

    for number in range(3):
        files.add(number, b"x\n", [(0, 2)])

    assert set(read()) == {"0-0/deploy/main.tf", "0-0/site/page.HTML.txt", "0-0/Gemfile"}
    assert numbered("a/b.py", 7) == "a/7/b.py"


def test_file_that_was_a_folder_before_finds_a_place(laid_out):
    files, read = laid_out(["a/b", "a"])

    files.add(0, b"in the folder\n", [(0, 14)])
    files.add(1, b"in the file\n", [(0, 12)])

    assert [text.splitlines()[-1] for text in read().values()] == [b"in the folder", b"in the file"]


@pytest.mark.parametrize("limit", ["_HELD_BYTES", "_HELD_NAMES"])
def test_what_comes_later_of_a_name_lies_in_another_file(laid_out, monkeypatch, limit):
    monkeypatch.setattr(passage_files, limit, 0)
    files, read = laid_out(["a.py"])

    for letter in (b"x", b"y", b"z"):
        files.add(0, letter * 99 + b"\n", [(0, 100)])

    assert list(read()) == ["0-0/a.py", "0-1/a.py", "0-2/a.py"]


def test_more_than_there_may_be_is_refused(laid_out, monkeypatch):
    monkeypatch.setattr(passage_files, "_MOST_BYTES", 100)
    files, read = laid_out(["a.py"])
    files.add(0, b"x" * 200, [(0, 200)])

    with pytest.raises(Full):
        read()


def test_zero_bytes_do_not_make_it_binary(laid_out):
    files, read = laid_out(["a.py"])
    files.add(0, b"a\0b\n", [(0, 4)])

    assert b"\0" not in b"".join(read().values())
