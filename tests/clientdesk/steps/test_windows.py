"""The first window is the rule's first day with room, and is kept while the client may answer."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from fakes.agency import AGENCY
from fakes.desk import a_call, a_desk

from clientdesk.ports.records import NoFreeWindow
from clientdesk.steps.intake import hold_intro_call
from clientdesk.steps.windows import hold_first_window


def client_of(desk, company="Harbour Bookings GmbH"):
    return hold_intro_call(desk, replace(a_call(), company=company)).client


def test_first_window_is_a_tuesday_ten_working_days_on():
    desk = a_desk()

    offer = hold_first_window(desk, client_of(desk))

    assert offer.first.day == date(2026, 4, 14)
    assert offer.answer_by == date(2026, 3, 23)


def test_hold_that_lives_is_kept_with_its_last_day():
    desk = a_desk()
    client = client_of(desk)
    first = hold_first_window(desk, client)
    desk.clock.advance(days=2)

    again = hold_first_window(desk, client)

    assert (again.first, again.answer_by) == (first.first, first.answer_by)


def test_day_that_is_full_is_passed_over():
    desk = a_desk()

    days = [hold_first_window(desk, client_of(desk, name)).first.day for name in ("One", "Two", "Three")]

    assert days == [date(2026, 4, 14), date(2026, 4, 14), date(2026, 4, 21)]


def test_half_a_year_without_room_is_said():
    cramped = replace(AGENCY, windows=replace(AGENCY.windows, capacity_hours=Decimal(4)))
    desk = a_desk(agency=cramped)

    with pytest.raises(NoFreeWindow):
        hold_first_window(desk, client_of(desk))


def test_larger_retainer_is_offered_the_windows_in_between_too():
    often = replace(AGENCY, windows=replace(AGENCY.windows, per_period=((16, 2),)))
    desk = a_desk(agency=often)

    one, two = (hold_first_window(desk, client_of(desk, f"With {hours} h"), hours) for hours in (8, 16))

    assert [date(2026, 7, 14), date(2026, 10, 13), date(2027, 1, 12)] == [window.day for window in one.following]
    assert [date(2026, 5, 26), date(2026, 7, 14), date(2026, 8, 25)] == [window.day for window in two.following]
