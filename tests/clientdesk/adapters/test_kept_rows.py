"""A file of rows is there when it is opened, as it was left, and for nobody else."""

import stat

from clientdesk.adapters.kept_rows import kept_rows

TABLE = "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY)"


def test_rows_are_there_again_when_the_file_is_opened_again(tmp_path):
    file = tmp_path / "cache" / "rows.sqlite"

    with kept_rows(file, TABLE) as rows, rows:
        rows.execute("INSERT INTO kept VALUES ('a')")

    with kept_rows(file, TABLE) as rows:
        assert rows.execute("SELECT name FROM kept").fetchall() == [("a",)]


def test_nobody_else_may_read_the_file_or_look_into_its_folder(tmp_path):
    file = tmp_path / "cache" / "rows.sqlite"

    with kept_rows(file, TABLE):
        pass

    assert [stat.S_IMODE(each.stat().st_mode) for each in (file, file.parent)] == [0o600, 0o700]
