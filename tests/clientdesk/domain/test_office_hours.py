"""Open time. 2026: 20 March is a Friday, clocks change on Sunday 29 March and Sunday 25 October."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from fakes.calendar import BERLIN, berlin
from hypothesis import given
from hypothesis import strategies as st

from clientdesk.domain.office_hours import NeverOpen, OfficeCalendar, Pause, end_of_day, local_day

ZONE = ZoneInfo("Europe/Berlin")
CALENDAR = berlin()
# Hypothesis wants its bounds without a zone.
INSTANTS = st.datetimes(datetime(2025, 12, 1), datetime(2027, 2, 1), timezones=st.just(UTC))  # noqa: DTZ001
MINUTES = st.integers(0, 20_000)


def local(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_hour_raised_on_friday_ten_to_five_before_the_clocks_change_is_due_on_monday_ten_to_ten():
    assert utc(3, 30, 7, 50) == CALENDAR.due(local(3, 27, 16, 50), 60)


def test_four_hours_raised_on_friday_ten_to_five_are_due_on_monday_ten_to_one():
    assert local(3, 30, 12, 50) == CALENDAR.due(local(3, 27, 16, 50), 240)


def test_hour_raised_on_wednesday_after_hours_is_due_on_thursday_at_ten():
    assert utc(7, 2, 8) == CALENDAR.due(utc(7, 1, 15, 30), 60)


def test_budget_used_up_exactly_at_closing_is_due_at_closing_on_the_same_monday():
    assert local(3, 30, 17) == CALENDAR.due(local(3, 30, 9), 480)


def test_ticket_raised_at_five_on_monday_sharp_starts_on_tuesday():
    assert local(3, 31, 9, 1) == CALENDAR.due(local(3, 30, 17), 1)


def test_zero_minutes_on_saturday_are_due_at_the_opening_on_monday():
    assert local(3, 30, 9) == CALENDAR.due(local(3, 28, 12), 0)


def test_zero_minutes_inside_hours_are_due_at_once():
    assert local(3, 30, 11) == CALENDAR.due(local(3, 30, 11), 0)


def test_ticket_opened_on_maundy_thursday_evening_is_due_on_tuesday_after_easter():
    assert local(4, 7, 10) == CALENDAR.due(local(4, 2, 18), 60)


def test_weekend_of_the_clock_change_has_23_hours_between_its_noons_and_none_of_them_open():
    saturday, sunday = local(3, 28, 12), local(3, 29, 12)

    assert timedelta(hours=23) == sunday.astimezone(UTC) - saturday.astimezone(UTC)
    assert timedelta(0) == CALENDAR.elapsed(saturday, sunday)


def test_office_open_on_sunday_loses_no_hour_when_the_clocks_change_at_night():
    always = OfficeCalendar(replace(BERLIN, weekdays=frozenset(range(7))), lambda _day: False)

    assert timedelta(hours=8) == always.elapsed(local(3, 28, 12), local(3, 29, 12))


def test_waiting_on_monday_from_eleven_to_three_moves_four_hours_to_tuesday_at_ten():
    pause = Pause(local(3, 30, 11), local(3, 30, 15))

    assert local(3, 31, 10) == CALENDAR.due(local(3, 30, 10), 240, (pause,))


def test_reply_on_monday_night_resumes_at_the_opening_on_tuesday():
    pause = Pause(local(3, 30, 11), local(3, 30, 23))

    assert local(3, 31, 12) == CALENDAR.due(local(3, 30, 10), 240, (pause,))


def test_pauses_that_overlap_count_once_and_those_after_the_end_not_at_all():
    pauses = (
        Pause(local(3, 30, 12), local(3, 30, 14)),
        Pause(local(3, 30, 11), local(3, 30, 13)),
        Pause(local(3, 31, 9), local(3, 31, 17)),
    )

    assert local(3, 30, 16) == CALENDAR.due(local(3, 30, 10), 180, pauses)


def test_pause_before_the_start_does_not_count():
    assert local(3, 30, 11) == CALENDAR.due(local(3, 30, 10), 60, (Pause(local(3, 27, 9), local(3, 30, 10)),))


def test_ten_business_days_after_friday_20_march_are_tuesday_7_april_because_of_easter():
    assert date(2026, 4, 7) == CALENDAR.add_business_days(date(2026, 3, 20), 10)


def test_five_business_days_before_tuesday_7_april_are_friday_27_march():
    assert date(2026, 3, 27) == CALENDAR.add_business_days(date(2026, 4, 7), -5)


def test_no_business_days_after_a_saturday_is_that_saturday():
    assert date(2026, 3, 28) == CALENDAR.add_business_days(date(2026, 3, 28), 0)


def test_own_day_off_is_no_working_day():
    calendar = OfficeCalendar(replace(BERLIN, days_off=frozenset({date(2026, 12, 24)})), lambda _day: False)

    assert not calendar.is_working_day(date(2026, 12, 24))
    assert calendar.is_working_day(date(2026, 12, 23))


def test_working_day_from_good_friday_is_tuesday():
    assert date(2026, 4, 7) == CALENDAR.working_day_from(date(2026, 4, 3))


@pytest.mark.parametrize(
    ("at", "is_open"),
    [(local(3, 30, 8, 59), False), (local(3, 30, 9), True), (local(3, 30, 16, 59), True), (local(3, 30, 17), False)],
)
def test_office_is_open_on_monday_from_nine_until_just_before_five(at: datetime, is_open: bool):
    assert is_open == CALENDAR.is_open(at)


def test_zone_is_printed_as_it_is_on_the_day():
    assert CALENDAR.local(utc(3, 27, 12)).tzname() == "CET"
    assert CALENDAR.local(utc(3, 30, 12)).tzname() == "CEST"


def test_end_of_friday_in_winter_is_eleven_in_utc_and_ten_in_summer():
    assert utc(3, 20, 23) == end_of_day(date(2026, 3, 20), "Europe/Berlin")
    assert utc(6, 19, 22) == end_of_day(date(2026, 6, 19), "Europe/Berlin")


def test_office_that_never_opens_is_refused_instead_of_searched_for_ever():
    closed = OfficeCalendar(BERLIN, lambda _day: True)

    with pytest.raises(NeverOpen, match=r"days off in agency\.toml"):
        closed.next_opening(local(3, 30, 9))


def test_instant_without_a_zone_is_a_defect():
    with pytest.raises(ValueError, match="names no zone"):
        CALENDAR.due(datetime(2026, 3, 30, 9), 60)  # noqa: DTZ001 - the defect


def test_negative_budget_and_time_running_backwards_are_defects():
    with pytest.raises(ValueError, match="negative"):
        CALENDAR.due(local(3, 30, 9), -1)
    with pytest.raises(ValueError, match="is before"):
        CALENDAR.elapsed(local(3, 30, 10), local(3, 30, 9))


@given(INSTANTS, MINUTES)
def test_time_elapsed_until_due_is_the_budget(start: datetime, minutes: int):
    assert timedelta(minutes=minutes) == CALENDAR.elapsed(start, CALENDAR.due(start, minutes))


@given(st.lists(INSTANTS, min_size=3, max_size=3).map(sorted))
def test_time_elapsed_is_additive_and_never_negative(instants: list[datetime]):
    first, middle, last = instants

    assert CALENDAR.elapsed(first, last) == CALENDAR.elapsed(first, middle) + CALENDAR.elapsed(middle, last)
    assert timedelta(0) <= CALENDAR.elapsed(first, middle)


@given(INSTANTS, MINUTES, MINUTES)
def test_due_in_two_steps_is_due_in_one(start: datetime, first: int, second: int):
    in_two = CALENDAR.due(CALENDAR.due(start, first), second)

    assert CALENDAR.next_opening(in_two) == CALENDAR.next_opening(CALENDAR.due(start, first + second))


@given(INSTANTS, MINUTES, st.lists(st.tuples(INSTANTS, MINUTES), max_size=4))
def test_time_outside_the_pauses_until_due_is_the_budget(
    start: datetime, minutes: int, pauses: list[tuple[datetime, int]]
):
    waits = tuple(Pause(since, since + timedelta(minutes=length)) for since, length in pauses)

    due = CALENDAR.due(start, minutes, waits)

    ends = {end for wait in waits for end in (wait.since, wait.until) if start < end < due}
    worked = [
        CALENDAR.elapsed(since, until)
        for since, until in pairwise(sorted({start, due, *ends}))
        if not any(wait.since <= since and until <= wait.until for wait in waits)
    ]
    assert timedelta(minutes=minutes) == sum(worked, timedelta())


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 60))
def test_business_days_forward_and_back_lead_home(day: date, count: int):
    home = CALENDAR.working_day_from(day)

    assert home == CALENDAR.add_business_days(CALENDAR.add_business_days(home, count), -count)


def test_half_day_closes_earlier_and_what_is_left_is_due_the_next_day():
    half = OfficeCalendar(replace(BERLIN, half_days=frozenset({date(2026, 3, 18)})), lambda _day: False)

    assert half.opening(date(2026, 3, 18)).closes == local(3, 18, 13)
    assert half.opening(date(2026, 3, 19)).closes == local(3, 19, 17)
    assert half.due(local(3, 18, 12), 120) == local(3, 19, 10)


def test_day_of_an_instant_is_the_local_one():
    assert local_day(utc(3, 20, 23, 30), "Europe/Berlin") == date(2026, 3, 21)
