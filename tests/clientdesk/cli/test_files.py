import click
import pytest

from clientdesk.cli.files import write


def test_content_is_written(tmp_path):
    write(tmp_path / "a.ics", b"x")

    assert (tmp_path / "a.ics").read_bytes() == b"x"


def test_what_is_in_the_way_is_said(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(click.UsageError, match="can't be written"):
        write(tmp_path / "file" / "a.ics", b"x")
