"""A file is written whole or not at all."""

import errno

import pytest

from clientdesk.adapters.whole_file import not_written, write_whole


def test_folders_on_the_way_are_made(tmp_path):
    write_whole(tmp_path / "a" / "b" / "c.txt", b"x")

    assert (tmp_path / "a" / "b" / "c.txt").read_bytes() == b"x"


def test_interrupted_writing_leaves_no_part(tmp_path, monkeypatch):
    def interrupted(_descriptor):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupted)

    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "c.txt", b"x")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "disk is full"), (errno.EDQUOT, "disk is full"), (errno.EACCES, "denied")]
)
def test_failure_is_one_sentence_with_the_place(number, said):
    sentence = not_written("/data/a.pdf", OSError(number, "Permission denied"))

    assert sentence.startswith("/data/a.pdf was not written")
    assert said in sentence
