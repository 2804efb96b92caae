"""Where git shows newer commits among older ones, or that it can't be told."""

import pytest

from clientdesk.adapters.commit_log import CommitLog, Record
from clientdesk.adapters.walk_order import places


def _log(*commits):
    """Each as (letter, second, letters of the parents)."""
    log = CommitLog()
    for name, at, *parents in commits:
        log.add(Record(_id(name), b"%d" % at, (b"", b""), b"", b"", tuple(map(_id, parents)), ()))
    return log


def _id(name):
    return (name.encode().hex() * 20).encode()


KEPT = _log(("c", 30), ("b", 20), ("a", 10))


def test_commits_on_top_come_first():
    assert places(_log(("e", 50, "d"), ("d", 40, "c")), KEPT) == [0, 0]


def test_commits_of_a_merged_side_branch_come_by_their_date():
    newer = _log(("m", 50, "c", "y"), ("y", 25, "x"), ("x", 15, "a"))

    assert places(newer, KEPT) == [0, 1, 2]


def test_root_of_another_history_comes_last():
    assert places(_log(("m", 50, "c", "x"), ("x", 5)), KEPT) == [0, 3]


@pytest.mark.parametrize("at", [31, 30, 5])
def test_commit_comes_before_its_parent_however_old_it_says_it_is(at):
    assert places(_log(("d", at, "c")), KEPT) == [0]


def test_two_of_the_same_second_are_not_guessed():
    assert places(_log(("m", 50, "c", "x"), ("x", 20, "a")), KEPT) is None


def test_old_commit_that_a_newer_one_shows_before_its_turn_is_not_guessed():
    kept = _log(("c", 30), ("b", 20), ("a", 25))

    assert places(_log(("m", 50, "c", "a")), kept) is None
    assert places(_log(("d", 40, "c")), kept) == [0]


def test_newer_commits_that_begin_elsewhere_are_not_guessed():
    assert places(_log(("d", 40, "b")), KEPT) is None
    assert places(_log(("m", 50, "b", "x"), ("x", 15, "c")), KEPT) is None
    assert places(_log(("d", 40, "z"), ("e", 35, "c")), KEPT) is None


def test_commit_that_is_known_is_not_newer():
    assert places(_log(("d", 40, "c"), ("b", 20)), KEPT) is None


def test_dates_that_no_calendar_holds_order_nothing():
    assert places(_log(("d", 1 << 40, "c")), KEPT) is None
