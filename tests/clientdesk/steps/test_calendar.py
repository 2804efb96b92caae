"""The agency's calendar. 16 March 2026, when the clock stands, is a Monday."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from fakes.agency import AGENCY
from fakes.business import agreed
from fakes.calendar import BERLIN, FakeHolidays
from fakes.desk import a_desk

from clientdesk.domain.agency import Person
from clientdesk.domain.capacity import Absence, NobodyOfThatName
from clientdesk.domain.office_hours import OfficeCalendar
from clientdesk.steps.calendar import add_absence, calendar_days, windows_on

HOURS = replace(BERLIN, days_off=frozenset({date(2026, 4, 2)}), half_days=frozenset({date(2026, 4, 8)}))
ADA = Person("Ada Engineer", Decimal(8), frozenset(range(5)))
STAFFED = replace(AGENCY, people=(ADA, replace(ADA, name="Ben")), office_hours=HOURS)
CALENDAR = OfficeCalendar(HOURS, FakeHolidays().is_holiday, lambda day: "Good Friday" if day.day == 3 else "")


@pytest.fixture
def desk():
    return a_desk(agency=STAFFED, calendar=CALENDAR)


def on(desk, day):
    (found,) = calendar_days(desk, day, day)
    return found


def test_every_day_is_there_weekends_among_them(desk):
    days = calendar_days(desk, date(2026, 4, 3), date(2026, 4, 7))

    assert [day.day.day for day in days] == [3, 4, 5, 6, 7]
    assert [day.opens is not None for day in days] == [False, False, False, False, True]


def test_closed_day_says_why_and_has_no_hours(desk):
    assert (on(desk, date(2026, 4, 3)).note, on(desk, date(2026, 4, 3)).capacity) == ("Good Friday", 0)
    assert on(desk, date(2026, 4, 2)).note == "day off"


def test_half_day_closes_earlier_and_has_half(desk):
    half = on(desk, date(2026, 4, 8))

    assert (half.note, half.capacity) == ("half day", Decimal(8))
    assert desk.calendar.local(half.closes).hour == 13


def test_day_names_who_is_away_and_what_is_booked(desk):
    agreed(desk.store)
    add_absence(desk, Absence("ben", date(2026, 4, 7), date(2026, 4, 7), is_half=True))

    day = on(desk, date(2026, 4, 7))

    assert (day.capacity, day.taken, day.away, day.is_overbooked) == (Decimal(12), Decimal(8), ("Ben (half)",), False)
    assert len(windows_on(desk, date(2026, 4, 7))) == 1


def test_absence_is_kept_under_the_name_of_agency_toml(desk):
    kept, overbooked = add_absence(desk, Absence(" ADA engineer", date(2026, 4, 7), date(2026, 4, 10), "holiday"))

    assert (kept.person, overbooked) == ("Ada Engineer", ())
    assert desk.windows.absences() == (kept,)


def test_absence_that_leaves_too_few_hours_names_the_days(desk):
    agreed(desk.store)
    add_absence(desk, Absence("Ben", date(2026, 4, 7), date(2026, 4, 7)))

    _, overbooked = add_absence(desk, Absence("Ada Engineer", date(2026, 4, 6), date(2026, 4, 10)))

    assert [day.day for day in overbooked] == [date(2026, 4, 7)]


def test_absence_of_a_stranger_is_refused(desk):
    with pytest.raises(NobodyOfThatName, match="known are Ada Engineer, Ben"):
        add_absence(desk, Absence("Eve", date(2026, 4, 7), date(2026, 4, 7)))
