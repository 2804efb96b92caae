"""When a window can be moved. 2026: 7 April is the Tuesday after Easter; 3 and 6 April are holidays."""

from datetime import date

import pytest
from fakes.agency import WINDOWS
from fakes.calendar import berlin

from clientdesk.domain.rescheduling import (
    NoWindowDay,
    TooLateToMove,
    alternatives,
    movable_until,
    must_be_movable,
    must_be_window_day,
    span_around,
)

TUESDAY = date(2026, 4, 7)


def test_five_business_days_before_is_the_last_day():
    assert movable_until(TUESDAY, WINDOWS, berlin()) == date(2026, 3, 27)

    must_be_movable(TUESDAY, date(2026, 3, 27), WINDOWS, berlin())


def test_day_later_is_refused_with_the_day_until_when_it_was_possible():
    with pytest.raises(TooLateToMove, match="could be moved until 2026-03-27"):
        must_be_movable(TUESDAY, date(2026, 3, 28), WINDOWS, berlin())


@pytest.mark.parametrize("day", [date(2026, 4, 6), date(2026, 4, 11), date(2026, 3, 16), date(2026, 3, 15)])
def test_holiday_weekend_today_and_yesterday_are_no_window_days(day):
    with pytest.raises(NoWindowDay):
        must_be_window_day(day, date(2026, 3, 16), berlin())


def test_three_nearest_days_with_room_are_offered_in_their_order():
    full = {date(2026, 4, 8)}
    span = span_around(TUESDAY, date(2026, 3, 16), berlin())

    found = alternatives(TUESDAY, span, lambda day: day not in full)

    assert [date(2026, 4, 2), date(2026, 4, 9), date(2026, 4, 10)] == list(found)


def test_days_that_have_passed_are_not_offered():
    span = span_around(TUESDAY, date(2026, 4, 8), berlin())

    assert span[0] == date(2026, 4, 9)


def test_without_room_nothing_is_offered():
    assert alternatives(TUESDAY, span_around(TUESDAY, date(2026, 3, 16), berlin()), lambda _day: False) == ()
