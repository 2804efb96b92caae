"""The life of a window."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientdesk.domain.windows import MOVES, Due, IllegalWindowMove, WindowState, moved, weekday_until

S = WindowState


def test_window_is_held_booked_started_and_closed():
    life = [S.HELD, S.BOOKED, S.STARTED, S.CLOSED]

    assert [moved(before, after) for before, after in pairwise(life)] == life[1:]


def test_window_that_is_booked_stays_so_on_another_day():
    assert moved(S.BOOKED, S.BOOKED) is S.BOOKED


@pytest.mark.parametrize("end", [S.CLOSED, S.SKIPPED, S.CANCELLED])
def test_nothing_follows_an_end(end):
    with pytest.raises(IllegalWindowMove, match="that is final"):
        moved(end, S.BOOKED)


def test_refusal_says_what_is_possible():
    with pytest.raises(IllegalWindowMove, match="that is started can't become skipped: from here it can become closed"):
        moved(S.STARTED, S.SKIPPED)


def test_every_state_has_its_moves():
    assert set(MOVES) == set(WindowState)


def test_first_window_counts_as_the_weekday_that_a_holiday_moved_it_from():
    due = Due("0/1", None, (), weekday=1)

    assert due.nominal_for(date(2026, 4, 8)) == date(2026, 4, 7)  # from Wednesday to Tuesday
    assert due.nominal_for(date(2026, 4, 7)) == date(2026, 4, 7)


def test_window_that_falls_due_keeps_its_nominal_day_on_whichever_day_it_is_booked():
    assert Due("1/1", date(2026, 7, 7), ()).nominal_for(date(2026, 7, 10)) == date(2026, 7, 7)


@given(st.dates(date(2000, 1, 3)), st.integers(0, 6))
def test_weekday_until_is_that_weekday_within_the_last_seven_days(day, weekday):
    found = weekday_until(day, weekday)

    assert found.weekday() == weekday
    assert 0 <= (day - found).days < 7
