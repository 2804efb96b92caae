"""What booking came to, said."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from fakes.agency import AGENCY
from fakes.business import agreed, tuesday
from fakes.calendar import BERLIN, FakeHolidays
from fakes.clock import FixedClock
from fakes.desk import a_desk

from clientdesk.domain.office_hours import OfficeCalendar
from clientdesk.steps.booking import ClientBooking, book_all
from clientdesk.steps.booking_summary import HEADER, booking_markdown, booking_rows, in_a_sentence, moved_because

PRIDE = OfficeCalendar(BERLIN, FakeHolidays([date(2026, 7, 7)]).is_holiday, lambda day: "Pride" if day.day == 7 else "")


@pytest.fixture
def desk():
    """Wednesday 1 April 2026; one client is due, and a day has room for one."""
    one_a_day = replace(AGENCY, windows=replace(AGENCY.windows, capacity_hours=Decimal(8)))
    desk = a_desk(clock=FixedClock(), agency=one_a_day)
    agreed(desk.store, "Albatross", tuesday())
    desk.clock.advance(days=16)
    return desk


def test_window_on_its_day_is_a_row_without_a_note(desk):
    rows = booking_rows(desk, book_all(desk))

    assert rows == [("Albatross", "P-2026-0001", "1/1", "Tuesday 7 July 2026", "")]
    assert len(rows[0]) == len(HEADER)


def test_window_that_a_holiday_moved_names_the_holiday(desk):
    desk = replace(desk, calendar=PRIDE)

    ((*_, day, note),) = booking_rows(desk, book_all(desk))

    assert (day, note) == ("Wednesday 8 July 2026", "moved from Tuesday 7 July 2026: Pride")


def test_window_that_found_its_day_full_says_so(desk):
    agreement = desk.windows.agreements()[0]
    agreed(desk.store, "Bittern", tuesday(1))
    desk.store.window_tables.agreements[agreement.proposal] = replace(agreement, anchor=date(2026, 4, 14))

    rows = booking_rows(desk, book_all(desk))

    assert [row[3:] for row in rows] == [
        ("Tuesday 14 July 2026", ""),
        ("Wednesday 15 July 2026", "moved from Tuesday 14 July 2026: no room"),
    ]


def test_window_booked_late_says_that_its_day_was_too_near(desk):
    desk.clock.advance(days=96)  # Monday 6 July

    rows = booking_rows(desk, book_all(desk))

    assert rows[0][3:] == ("Monday 13 July 2026", "moved from Tuesday 7 July 2026: that was too near")


def test_what_was_passed_over_and_what_found_no_day_is_said(desk):
    desk.clock.advance(days=184)  # Friday 2 October
    cramped = replace(AGENCY, windows=replace(AGENCY.windows, capacity_hours=Decimal(1)))
    desk = replace(desk, agency=cramped)

    done = book_all(desk)

    notes = [row[4] for row in booking_rows(desk, done)]
    assert notes[0] == "passed over: its days are gone"
    assert all("no free day" in note for note in notes[1:])
    assert in_a_sentence(done) == (
        "0 windows booked for 0 clients, 1 passed over, as their days are gone, 2 found no free day."
    )


def test_problem_is_a_row_of_its_own(desk):
    failed = ClientBooking(desk.windows.agreements()[0], problem="the record is damaged")

    assert booking_rows(desk, [failed]) == [("Albatross", "P-2026-0001", "", "", "not booked: the record is damaged")]
    assert in_a_sentence([failed]) == "0 windows booked for 0 clients, 1 client could not be booked."


def test_sentence_counts_and_says_when_nothing_was_due(desk):
    assert in_a_sentence(book_all(desk)) == "1 window booked for 1 client."
    assert in_a_sentence(book_all(desk)) == "Nothing was due."


def test_window_of_before_moves_were_kept_says_nothing_of_one(desk):
    (window,) = desk.windows.windows()
    desk.store.window_tables.moves[window.id] = []

    assert moved_because(desk, window) == ""


def test_companys_name_means_nothing_on_the_runs_page():
    desk = a_desk(clock=FixedClock())
    agreed(desk.store, "[Albatross](http://evil.example)")
    failed = ClientBooking(desk.windows.agreements()[0], problem="the record is damaged")

    assert booking_markdown(desk, []) == ""
    assert "](" not in booking_markdown(desk, [failed])
