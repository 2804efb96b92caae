"""Nominal days are counted from the anchor. 7 April 2026 is the first Tuesday of its month."""

from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientdesk.domain.recurrence import nominal_day, slot_name, slots, weekday_from

ANCHOR = date(2026, 4, 7)
ANCHORS = st.dates(date(2024, 1, 1), date(2034, 12, 31))
FORTY_QUARTERS = 40


def nominal(count, months_apart=3, per_period=1, anchor=ANCHOR):
    return [day for _, day in islice(slots(anchor, months_apart, per_period), count)]


def test_one_a_quarter_is_the_same_ordinal_weekday_every_third_month():
    assert [date(2026, 4, 7), date(2026, 7, 7), date(2026, 10, 6), date(2027, 1, 5)] == nominal(4)


def test_three_a_quarter_are_the_same_ordinal_weekday_of_every_month():
    expected = [date(2026, 4, 7), date(2026, 5, 5), date(2026, 6, 2), date(2026, 7, 7), date(2026, 8, 4)]

    assert expected == nominal(5, per_period=3)


def test_two_a_quarter_are_half_a_quarter_apart_in_whole_weeks():
    assert [date(2026, 4, 7), date(2026, 5, 19), date(2026, 7, 7), date(2026, 8, 18)] == nominal(4, per_period=2)


def test_slots_are_named_for_their_period_and_place_in_it():
    assert [name for name, _ in islice(slots(ANCHOR, 3, 2), 4)] == ["0/1", "0/2", "1/1", "1/2"]
    assert slot_name(0) == "0/1"


def test_day_of_a_slot_is_the_same_whether_there_are_one_two_or_three_a_period():
    one, two, three = (dict(islice(slots(ANCHOR, 3, per), 12)) for per in (1, 2, 3))

    assert [each["3/1"] for each in (one, two, three)] == [date(2027, 1, 5)] * 3


def test_anchor_on_a_fifth_tuesday_counts_as_the_fourth():
    assert date(2026, 9, 22) == nominal_day(date(2026, 6, 30), 1, 0, 3, 1)


def test_anchor_on_29_february_has_its_windows_in_years_without_one():
    assert [date(2028, 2, 29), date(2028, 5, 23)] == nominal(2, anchor=date(2028, 2, 29))


@given(ANCHORS, st.integers(1, 6))
def test_windows_never_drift_over_ten_years_of_quarters(anchor, per_period):
    ordinal = min(4, (anchor.day - 1) // 7 + 1)
    firsts = [nominal_day(anchor, period, 0, 3, per_period) for period in range(1, FORTY_QUARTERS + 1)]

    assert {day.weekday() for day in firsts} == {anchor.weekday()}
    assert {(day.day - 1) // 7 + 1 for day in firsts} == {ordinal}
    assert [(d.year * 12 + d.month) - (anchor.year * 12 + anchor.month) for d in firsts] == list(range(3, 121, 3))


@given(ANCHORS, st.integers(1, 12), st.integers(1, 4))
def test_windows_follow_each_other_and_none_falls_on_the_day_of_another(anchor, months_apart, per_period):
    days = nominal(per_period * 12, months_apart, per_period, anchor)

    assert all(day.weekday() == anchor.weekday() for day in days)
    assert all(before < after for before, after in pairwise(days))


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2026, 4, 7), date(2026, 4, 7)), (date(2026, 4, 8), date(2026, 4, 14))]
)
def test_weekday_from_is_the_day_itself_or_the_next(day, expected):
    assert weekday_from(day, 1) == expected
    assert weekday_from(day, 1) - day < timedelta(days=7)
