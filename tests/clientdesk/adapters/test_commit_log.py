"""Columns of numbers say what git said, whole or put together of two."""

from datetime import UTC, datetime

import pytest

from clientdesk.adapters.commit_log import CommitLog, Record, commits_of, instant_of, printable_path, spliced


def _log(*commits):
    """Each as (letter, name of the author, changes)."""
    log = CommitLog()
    for letter, author, *changes in commits:
        name = author.encode()
        log.add(Record(letter.encode().hex().encode() * 20, b"1700000000", (name, name), name, name, (), changes))
    return log


def _told(log):
    return [(commit.id[:2], commit.author.name, commit.paths) for commit in commits_of(log)]


def test_path_goes_by_its_name_of_today_back_to_where_it_was_added():
    log = _log(
        ("a", "Ada", (b"R", b"old", b"new")),
        ("b", "Bob", (b"A", b"old", b"old")),
        ("c", "Ada", (b"D", b"old", b"old")),
    )

    assert _told(log) == [("61", "Ada", ("new",)), ("62", "Bob", ("new",)), ("63", "Ada", ("old",))]


def test_spliced_logs_are_as_if_told_in_one():
    one, two, three, four = (
        ("a", "Ada", (b"R", b"x", b"y")),
        ("b", "Bob", (b"M", b"x", b"x"), (b"A", b"z", b"z")),
        ("c", "Cyd"),
        ("d", "Bob", (b"M", b"x", b"x")),
    )

    both = spliced(_log(two, four), _log(one, three), [0, 1], 10)

    assert _told(both) == _told(_log(one, two, three, four))


@pytest.mark.parametrize("most", range(5))
def test_spliced_logs_end_at_the_limit(most):
    kept, newer = _log(("b", "Bob"), ("d", "Ada")), _log(("a", "Ada"), ("c", "Cyd"))

    assert "".join(chr(int(name, 16)) for name, _, _ in _told(spliced(kept, newer, [0, 1], most))) == "abcd"[:most]


def test_instants_are_cut_and_say_so():
    log = CommitLog()
    log.add(Record(b"00" * 20, b"99999999999999", (b"", b""), b"", b"", (), ()))

    assert next(commits_of(log)).at == datetime.max.replace(microsecond=0, tzinfo=UTC)
    assert not log.is_plain
    assert instant_of(b"never") == datetime(1970, 1, 1, tzinfo=UTC)


def test_bytes_that_are_no_text_stay_apart():
    assert printable_path(b"\xff") == "\\xff"
