"""A year of windows: every day in a week, every hour counted once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from fakes.agency import AGENCY

from clientdesk.documents.window_year import YearOfWindows, YearWindow, window_year_view
from clientdesk.domain.windows import WindowState

EIGHT = Decimal(8)


def facts(*windows, year=2027, capacity=Decimal(16)):
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range(366) if (first + timedelta(days=n)).year == year]
    return YearOfWindows(year, windows, {day: capacity for day in days if day.weekday() < 5}, date(year, 5, 1))


def booked(day, company="Harbour GmbH", state=WindowState.BOOKED, hours=EIGHT):
    return YearWindow(company, day, hours, state)


def view(*windows, **said):
    return window_year_view(facts(*windows, **said), AGENCY)


@pytest.mark.parametrize("year", [2024, 2026, 2027, 2028, 2032])
def test_first_and_last_day_have_a_week_in_each_year(year):
    shown = view(booked(date(year, 1, 1)), booked(date(year, 12, 31)), year=year)

    (picture,) = shown["pictures"]
    assert [week for week, _ in picture["rows"][0]["marks"]] == [0, len(picture["load"]) - 1]


def test_load_is_the_share_of_the_week_s_hours():
    (picture,) = view(booked(date(2027, 1, 5)), booked(date(2027, 1, 7), "Other"))["pictures"]

    assert picture["load"][1] == pytest.approx(16 / 80)


def test_week_without_hours_that_has_a_window_is_overfull():
    (picture,) = view(booked(date(2027, 1, 5)), capacity=Decimal(0))["pictures"]

    assert picture["load"][1] > 1


def test_what_is_off_is_shown_and_takes_nothing():
    shown = view(booked(date(2027, 4, 6)), booked(date(2027, 7, 6), state=WindowState.SKIPPED))

    assert (shown["windows"], shown["off"], shown["hours"]) == (1, 1, "8")
    assert [month["windows"] for month in shown["months"]][3:7] == [1, 0, 0, 0]
    assert [len(quarter) for quarter in shown["rows"][0]["quarters"]] == [0, 1, 1, 0]
    assert shown["rows"][0]["quarters"][2][0]["is_off"]


def test_month_that_holds_more_than_it_has_says_so():
    shown = view(*(booked(date(2027, 4, 6), f"Client {n}") for n in range(50)))

    assert shown["months"][3]["is_overfull"]


@pytest.mark.parametrize(("clients", "rows"), [(0, [0]), (30, [30]), (31, [30, 1]), (100, [30, 40, 30])])
def test_clients_are_spread_over_pages(clients, rows):
    shown = view(*(booked(date(2027, 4, 6), f"Client {n:03}") for n in range(clients)))

    assert [len(picture["rows"]) for picture in shown["pictures"]] == rows
