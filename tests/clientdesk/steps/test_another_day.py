"""A day that will not do comes with those that would. The clock stands on Monday 16 March 2026."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from fakes.agency import AGENCY
from fakes.business import agreed, tuesday
from fakes.desk import a_desk

from clientdesk.domain.rescheduling import TooLateToMove
from clientdesk.steps.another_day import try_to_book, try_to_move

ONE_A_DAY = replace(AGENCY, windows=replace(AGENCY.windows, capacity_hours=Decimal(8)))
MAX = ("Max Lead", "they asked")


@pytest.fixture
def desk():
    """Two clients, with windows on Tuesday 7 and 14 April, and room for one a day."""
    desk = a_desk(agency=ONE_A_DAY)
    agreed(desk.store)
    agreed(desk.store, "Late GmbH", tuesday(1))
    return desk


def window_of(desk, day):
    return next(each for each in desk.windows.windows() if each.window.day == day)


def test_window_is_moved_to_a_day_with_room(desk):
    window = window_of(desk, date(2026, 4, 14))

    tried = try_to_move(desk, window.id, date(2026, 4, 16), *MAX)

    assert (tried.said, tried.problem) == ("Late GmbH: Thursday 16 April 2026, booked", "")


def test_full_day_comes_with_three_that_have_room_and_nothing_is_moved(desk):
    window = window_of(desk, date(2026, 4, 14))

    tried = try_to_move(desk, window.id, date(2026, 4, 7), *MAX)

    assert (tried.said, tried.days) == ("", (date(2026, 4, 8), date(2026, 4, 9), date(2026, 4, 10)))
    assert "days with room: Wed 2026-04-08" in tried.problem
    assert tried.question.startswith("Late GmbH: ")
    assert "Tuesday 7 April 2026" in tried.question
    assert "the window of Tuesday 14 April 2026 stays as it is" in tried.question
    assert "days with room" not in tried.question
    assert window_of(desk, date(2026, 4, 14)) == window


@pytest.mark.parametrize(
    ("day", "nearest"),
    [
        (date(2026, 4, 6), (date(2026, 4, 2), date(2026, 4, 8), date(2026, 4, 9))),  # Easter Monday
        (date(2026, 3, 9), (date(2026, 3, 17), date(2026, 3, 18), date(2026, 3, 19))),  # last Monday
    ],
)
def test_day_on_which_the_office_is_closed_or_that_is_gone_comes_with_others_too(desk, day, nearest):
    window = window_of(desk, date(2026, 4, 14))

    assert try_to_move(desk, window.id, day, *MAX).days == nearest
    assert try_to_book(desk, window.client, day, *MAX).days == nearest


def test_what_no_other_day_would_mend_is_refused(desk):
    window = window_of(desk, date(2026, 4, 7))
    desk.clock.advance(days=16)

    with pytest.raises(TooLateToMove):
        try_to_move(desk, window.id, date(2026, 4, 9), *MAX)


def test_one_more_is_booked_once(desk):
    client = window_of(desk, date(2026, 4, 14)).client

    first, second = (try_to_book(desk, client, date(2026, 5, 12), *MAX) for _ in range(2))

    assert first == second
    assert first.said == "Late GmbH: Tuesday 12 May 2026, booked"
