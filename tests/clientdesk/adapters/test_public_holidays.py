"""The port of holidays: the same promises of the package and of the fake."""

from dataclasses import replace
from datetime import date

import pytest
from fakes.calendar import BERLIN, HOLIDAYS, FakeHolidays

from clientdesk.adapters.public_holidays import NoSuchCalendar, PublicHolidays
from clientdesk.ports.clock import Holidays

CHRISTMAS_EVE = date(2026, 12, 24)


@pytest.fixture(params=["package", "fake"])
def holidays(request: pytest.FixtureRequest) -> Holidays:
    if request.param == "fake":
        return FakeHolidays(HOLIDAYS | {CHRISTMAS_EVE})
    return PublicHolidays(replace(BERLIN, days_off=frozenset({CHRISTMAS_EVE})))


def test_good_friday_and_easter_monday_2026_are_holidays(holidays: Holidays):
    assert holidays.is_holiday(date(2026, 4, 3))
    assert holidays.is_holiday(date(2026, 4, 6))


def test_tuesday_after_easter_2026_is_none(holidays: Holidays):
    assert not holidays.is_holiday(date(2026, 4, 7))


def test_new_year_of_the_following_year_is_known_too(holidays: Holidays):
    assert holidays.is_holiday(date(2027, 1, 1))


def test_own_day_off_counts(holidays: Holidays):
    assert holidays.is_holiday(CHRISTMAS_EVE)


def test_epiphany_is_a_holiday_in_bavaria_and_none_in_berlin():
    epiphany = date(2027, 1, 6)

    assert PublicHolidays(replace(BERLIN, subdivision="BY")).is_holiday(epiphany)
    assert not PublicHolidays(BERLIN).is_holiday(epiphany)


def test_fake_knows_every_weekday_holiday_of_the_package_in_2026():
    package = PublicHolidays(BERLIN)
    days = [date.fromordinal(day) for day in range(date(2026, 1, 1).toordinal(), date(2027, 1, 2).toordinal())]

    assert {day for day in days if package.is_holiday(day)} == HOLIDAYS


@pytest.mark.parametrize(
    ("country", "subdivision", "says"),
    [("XX", "", "country"), ("de", "BE", "country"), ("DE", "XX", "known are: BB, BE"), ("IE", "D", "leave it empty")],
)
def test_place_without_known_holidays_is_refused(country: str, subdivision: str, says: str):
    with pytest.raises(NoSuchCalendar, match=says):
        PublicHolidays(replace(BERLIN, country=country, subdivision=subdivision))
