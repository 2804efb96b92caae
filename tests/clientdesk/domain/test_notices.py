"""One notice for each cause, quiet about it for a day, and nothing forgotten meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest

from clientdesk.domain.notices import QUIET, Trouble, TroubleKind, to_tell

NOW = datetime(2026, 3, 16, 8, tzinfo=UTC)  # a Monday


def failed(run, cause="down", *, minutes=0, kind=TroubleKind.RUN_FAILED):
    return Trouble(kind, run, cause, f"run {run}", "why", NOW + timedelta(minutes=minutes))


def test_many_of_one_cause_are_one_notice_for_which_the_latest_speaks():
    (notice,) = to_tell([failed("b", minutes=2), failed("a", minutes=1), failed("c", minutes=3)], {}, NOW)

    assert (notice.count, notice.latest.key, notice.first) == (3, "c", NOW + timedelta(minutes=1))


def test_what_was_told_is_not_told_again():
    assert to_tell([failed("a")], {"a": NOW - timedelta(days=6)}, NOW) == ()


@pytest.mark.parametrize(("ago", "count"), [(QUIET - timedelta(seconds=1), 0), (QUIET, 1)])
def test_cause_is_told_again_after_a_day_if_it_goes_on(ago, count):
    told = {"a": NOW - ago, "down": NOW - ago}

    assert sum(notice.count for notice in to_tell([failed("a"), failed("b")], told, NOW)) == count


def test_another_cause_does_not_wait():
    told = {"a": NOW, "down": NOW}

    assert [notice.latest.key for notice in to_tell([failed("b"), failed("c", "disk")], told, NOW)] == ["c"]


def test_what_failed_comes_before_what_waits():
    waits = failed("w", "waits", minutes=-9, kind=TroubleKind.RUN_WAITS)
    mail = failed("m", "mail", minutes=-5, kind=TroubleKind.MAIL_UNCERTAIN)

    assert [each.latest.key for each in to_tell([waits, mail, failed("a")], {}, NOW)] == ["a", "m", "w"]
