"""Maintenance windows. 2026: 20 March is a Friday; 7 April, 7 July, 6 October and 5 January 2027 are Tuesdays."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from fakes.calendar import berlin
from hypothesis import given
from hypothesis import strategies as st

from clientdesk.domain.agency import WindowRules
from clientdesk.domain.maintenance import (
    answer_by,
    first_candidates,
    following_windows,
    offer,
    offered_candidates,
    window_on,
)

TUESDAY = 1
RULES = WindowRules(
    notice_days=10,
    weekday=TUESDAY,
    months_apart=3,
    answer_days=5,
    reschedule_days=5,
    hours_a_day=Decimal(8),
    capacity_hours=Decimal(16),
)
CALENDAR = berlin()
ZONE = ZoneInfo("Europe/Berlin")

TEN_YEARS = st.dates(date(2024, 1, 1), date(2034, 12, 31))
CLOSURES = st.frozensets(TEN_YEARS, max_size=60)


def test_acceptance_on_friday_20_march_2026_gives_the_windows_of_the_rule():
    first = first_candidates(date(2026, 3, 20), RULES, CALENDAR, 1)

    windows = first + following_windows(first[0].day, RULES, CALENDAR, 3)

    assert [date(2026, 4, 7), date(2026, 7, 7), date(2026, 10, 6), date(2027, 1, 5)] == [w.day for w in windows]
    assert [window.starts_at.hour for window in windows] == [7, 7, 7, 8]
    assert all(window.starts_at.tzinfo is UTC for window in windows)


def test_candidates_are_the_tuesdays_from_ten_business_days_on():
    days = [window.day for window in first_candidates(date(2026, 3, 20), RULES, CALENDAR, 3)]

    assert [date(2026, 4, 7), date(2026, 4, 14), date(2026, 4, 21)] == days


def test_window_lasts_the_whole_office_day():
    window = window_on(date(2026, 4, 7), CALENDAR)

    assert datetime(2026, 4, 7, 7, tzinfo=UTC) == window.starts_at
    assert datetime(2026, 4, 7, 15, tzinfo=UTC) == window.ends_at


def test_tuesday_that_is_a_holiday_moves_to_wednesday_and_the_next_ones_stay_tuesdays():
    calendar = berlin({date(2026, 4, 7)})

    first = first_candidates(date(2026, 3, 20), RULES, calendar, 1)[0]
    following = following_windows(first.day, RULES, calendar, 2)

    assert date(2026, 4, 8) == first.day
    assert [date(2026, 7, 7), date(2026, 10, 6)] == [window.day for window in following]


def test_two_tuesdays_within_one_closure_are_one_candidate():
    closed = {date(2026, 4, 7) + timedelta(days) for days in range(10)}

    days = [window.day for window in first_candidates(date(2026, 3, 10), RULES, berlin(closed), 4)]

    assert [date(2026, 3, 24), date(2026, 3, 31), date(2026, 4, 17), date(2026, 4, 21)] == days


def test_fifth_tuesday_is_followed_by_fourth_ones():
    days = [window.day for window in following_windows(date(2026, 3, 31), RULES, CALENDAR, 2)]

    assert [date(2026, 6, 23), date(2026, 9, 22)] == days


def test_window_every_month_where_the_rule_says_so():
    days = [window.day for window in following_windows(date(2026, 11, 3), replace(RULES, months_apart=1), CALENDAR, 2)]

    assert [date(2026, 12, 1), date(2027, 1, 5)] == days


def test_offer_made_on_friday_13_march_reckons_with_an_answer_on_friday_20_march():
    today = date(2026, 3, 13)
    first = offered_candidates(today, RULES, CALENDAR, 1)[0]

    offered = offer(today, first, RULES, CALENDAR)

    assert date(2026, 3, 20) == offered.answer_by == answer_by(today, RULES, CALENDAR)
    assert date(2026, 4, 7) == offered.first.day
    assert [date(2026, 7, 7), date(2026, 10, 6), date(2027, 1, 5)] == [window.day for window in offered.following]


@given(TEN_YEARS, st.integers(0, 6), CLOSURES)
def test_every_window_of_ten_years_is_a_working_day_from_nine_to_five_local(anchor, weekday, closed):
    calendar = berlin(closed)

    for window in following_windows(anchor, replace(RULES, weekday=weekday), calendar, 40):
        assert calendar.is_working_day(window.day)
        assert (window.day, time(9)) == _local(window.starts_at)
        assert (window.day, time(17)) == _local(window.ends_at)


@given(TEN_YEARS, st.integers(0, 4))
def test_anchor_never_drifts_over_ten_years(anchor, weekday):
    always = berlin(frozenset())
    windows = following_windows(anchor, replace(RULES, weekday=weekday), always, 40)
    nominal = max(day for day in (anchor - timedelta(back) for back in range(7)) if day.weekday() == weekday)

    for step, window in enumerate(windows, start=1):
        assert (nominal.year * 12 + nominal.month + 3 * step) == window.day.year * 12 + window.day.month
        assert weekday == window.day.weekday()
        assert min(4, _ordinal(nominal)) == _ordinal(window.day)


@given(TEN_YEARS, CLOSURES)
def test_holiday_moves_its_own_window_and_no_other(anchor, closed):
    undisturbed = following_windows(anchor, RULES, berlin(frozenset()), 40)
    moved = following_windows(anchor, RULES, berlin(closed), 40)

    for before, after in zip(undisturbed, moved, strict=True):
        assert before == after or before.day in closed
        assert before.day <= after.day


@given(TEN_YEARS, CLOSURES, st.integers(1, 12))
def test_candidates_are_distinct_ascending_working_days_after_the_notice(accepted, closed, how_many):
    calendar = berlin(closed)

    days = [window.day for window in first_candidates(accepted, RULES, calendar, how_many)]

    assert how_many == len(days)
    assert days == sorted(set(days))
    assert days[0] >= calendar.add_business_days(accepted, RULES.notice_days)
    assert all(calendar.is_working_day(day) for day in days)


@pytest.mark.parametrize("year", [2024, 2028, 2032])
def test_fourth_tuesday_of_february_in_a_leap_year_is_followed_by_the_fourth_of_may(year):
    february = next(date(year, 2, day) for day in range(22, 29) if date(year, 2, day).weekday() == TUESDAY)

    assert _ordinal(following_windows(february, RULES, berlin(frozenset()), 1)[0].day) == 4


def _ordinal(day: date) -> int:
    return (day.day - 1) // 7 + 1


def _local(at: datetime) -> tuple[date, time]:
    wall = at.astimezone(ZONE)
    return wall.date(), wall.time()
