"""A person changes a window. The clock stands on Monday 16 March 2026; the window is on Tuesday 7 April."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from fakes.agency import AGENCY
from fakes.business import agreed, tuesday
from fakes.clock import FixedClock
from fakes.desk import a_desk

from clientdesk.domain.rescheduling import NoWindowDay, TooLateToMove
from clientdesk.domain.windows import IllegalWindowMove, WindowState
from clientdesk.steps.looking_up import NotFound, agreement_named, window_named
from clientdesk.steps.window_changes import DayTaken, Unexplained, book_extra, cancel, end, reschedule, skip

ONE_A_DAY = replace(AGENCY, windows=replace(AGENCY.windows, capacity_hours=Decimal(8)))
MAX = ("Max Lead", "they asked")


@pytest.fixture
def desk():
    """One client, with a window, and room for one a day."""
    desk = a_desk(agency=ONE_A_DAY, clock=FixedClock())
    agreed(desk.store)
    return desk


def the_window(desk, company="Harbour Bookings GmbH"):
    return window_named(desk.windows, company, desk.today())


def test_window_is_moved_to_a_day_with_room(desk):
    moved = reschedule(desk, the_window(desk), date(2026, 4, 9), *MAX)

    assert (moved.window.day, moved.sequence) == (date(2026, 4, 9), 1)
    assert desk.calendar.local(moved.window.starts_at).hour == 9


def test_full_day_is_refused_with_three_days_that_have_room(desk):
    agreed(desk.store, "Late GmbH", tuesday(1))

    with pytest.raises(DayTaken) as refused:
        reschedule(desk, the_window(desk, "Late GmbH"), date(2026, 4, 7), *MAX)

    assert refused.value.instead == (date(2026, 4, 8), date(2026, 4, 9), date(2026, 4, 10))
    assert "Wed 2026-04-08, Thu 2026-04-09, Fri 2026-04-10" in str(refused.value)


def test_days_of_other_windows_of_the_client_are_not_offered(desk):
    agreement = agreement_named(desk.windows, "Harbour Bookings GmbH")
    _, extra = (book_extra(desk, agreement, date(2026, 4, day), *MAX) for day in (8, 9))

    with pytest.raises(DayTaken, match="another window on 2026-04-07") as refused:
        reschedule(desk, extra, date(2026, 4, 7), *MAX)

    assert refused.value.instead == (date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 10))


def test_too_late_is_refused_with_the_day_until_when_it_was_possible(desk):
    desk.clock.advance(days=12)  # Saturday 28 March

    with pytest.raises(TooLateToMove, match="until 2026-03-27"):
        reschedule(desk, the_window(desk), date(2026, 4, 9), *MAX)


def test_too_late_to_move_is_not_too_late_to_skip(desk):
    desk.clock.advance(days=12)

    assert skip(desk, the_window(desk), *MAX).state is WindowState.SKIPPED


@pytest.mark.parametrize("day", [date(2026, 4, 6), date(2026, 4, 11), date(2026, 3, 16)])
def test_day_on_which_no_window_can_be_is_refused(desk, day):
    with pytest.raises(NoWindowDay):
        reschedule(desk, the_window(desk), day, *MAX)


def test_move_to_its_own_day_changes_nothing_however_late(desk):
    desk.clock.advance(days=20)
    before = the_window(desk)

    assert reschedule(desk, before, date(2026, 4, 7), *MAX) == before


def test_window_that_runs_can_not_be_moved(desk):
    started = desk.windows.start(the_window(desk).id, desk.clock.now())

    with pytest.raises(IllegalWindowMove, match="started"):
        reschedule(desk, started, date(2026, 4, 9), *MAX)


@pytest.mark.parametrize("said", [("", "why"), ("Max", " ")])
def test_change_without_who_or_why_is_refused(desk, said):
    for change in (skip, cancel):
        with pytest.raises(Unexplained):
            change(desk, the_window(desk), *said)


def test_one_more_window_is_booked_and_cancelled(desk):
    agreement = agreement_named(desk.windows, "p-2026-0001")

    extra = book_extra(desk, agreement, date(2026, 5, 12), *MAX)

    assert cancel(desk, extra, *MAX).state is WindowState.CANCELLED
    assert the_window(desk).window.day == date(2026, 4, 7)


def test_end_cancels_what_is_later(desk):
    agreement = agreement_named(desk.windows, "Harbour Bookings GmbH")

    assert [each.window.day for each in end(desk, agreement, date(2026, 4, 6), *MAX)] == [date(2026, 4, 7)]
    with pytest.raises(NotFound, match="no window of Harbour"):
        the_window(desk)
