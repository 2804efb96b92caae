"""`clientdesk window`: the clock stands on Monday 16 March 2026; the first window is on Tuesday 7 April."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from fakes.agency import AGENCY
from fakes.business import a_client, agreed, tuesday
from fakes.clock import FixedClock
from fakes.command import refused, run, said
from fakes.desk import a_desk
from fakes.windows import room

from clientdesk.domain.office_hours import end_of_day
from clientdesk.domain.windows import WindowState

WHY = ("--why", "they asked", "--by", "Max Lead")
OPEN = "09:00\N{EN DASH}17:00"


@pytest.fixture
def desk():
    """Two clients, with a window each, and room for one a day."""
    one_a_day = replace(AGENCY, windows=replace(AGENCY.windows, capacity_hours=Decimal(8)))
    desk = a_desk(clock=FixedClock(), agency=one_a_day)
    agreed(desk.store, "Albatross", tuesday())
    agreed(desk.store, "Bittern", tuesday(1))
    return desk


def test_windows_are_listed_from_today_on_by_client_day_and_state(desk):
    assert [line.split()[-1] for line in said(desk, "window", "list").splitlines()] == [
        "client",
        "Albatross",
        "Bittern",
    ]
    assert "Albatross" not in said(desk, "window", "list", "--client", "Bittern")
    assert "Bittern" not in said(desk, "window", "list", "--to", "2026-04-07")
    assert "no window" in said(desk, "window", "list", "--from", "2026-04-15")
    assert "no window" in said(desk, "window", "list", "--state", "skipped")
    assert "is none of held, booked" in refused(desk, "window", "list", "--state", "lost")


def test_hold_is_listed_with_its_last_day_until_it_has_run_out(desk):
    until = end_of_day(date(2026, 3, 20), "Europe/Berlin")
    desk.store.hold_window(a_client(desk.store, "Curlew"), (tuesday(2),), room(), until, desk.clock.now())

    assert "held until 2026-03-20" in said(desk, "window", "list")
    desk.clock.advance(days=5)
    assert "Curlew" not in said(desk, "window", "list")


def test_window_is_shown_with_until_when_it_can_be_moved(desk):
    shown = said(desk, "window", "show", "albatross")

    assert "Tuesday 7 April 2026" in shown
    assert "until Friday 27 March 2026" in shown
    assert f"{OPEN} CEST, 8 person-hours" in shown
    assert "accepted by Nora Feld" in shown


def test_everything_due_is_booked_once(desk):
    desk.clock.advance(days=16)

    first, second = (said(desk, "window", "book", "--all") for _ in range(2))

    assert "Tuesday 7 July 2026" in first
    assert first.splitlines()[-1] == "2 windows booked for 2 clients."
    assert second == "Nothing was due.\n"


def test_one_client_is_booked(desk):
    desk.clock.advance(days=16)

    assert "1 window booked for 1 client." in said(desk, "window", "book", "Albatross")


def test_booking_that_needs_a_person_ends_with_status_1(desk):
    desk.clock.advance(days=16)
    desk = replace(desk, agency=replace(AGENCY, windows=replace(AGENCY.windows, capacity_hours=Decimal(1))))

    result = run(desk, "window", "book", "--all")

    assert result.exit_code == 1
    assert "2 found no free day" in result.output


def test_one_more_window_is_booked_on_a_day_with_its_reason(desk):
    assert "needs --why" in refused(desk, "window", "book", "Albatross", "--on", "2026-05-12")

    done = said(desk, "window", "book", "Albatross", "--on", "2026-05-12", *WHY)

    assert done == "Albatross: Tuesday 12 May 2026, booked\n"


@pytest.mark.parametrize("words", [(), ("Albatross", "--all"), ("--all", "--on", "2026-05-12")])
def test_booking_needs_one_client_or_all(desk, words):
    assert run(desk, "window", "book", *words).exit_code == 2


def test_window_is_moved_and_its_history_says_by_whom_and_why(desk):
    done = said(desk, "window", "reschedule", "Albatross", "--to", "2026-04-09", *WHY)

    assert done == "Albatross: Thursday 9 April 2026, booked\n"
    shown = said(desk, "window", "show", "Albatross")
    assert "moved from 2026-04-07 to 2026-04-09, by Max Lead: they asked" in shown
    assert "SEQUENCE 1" in shown


def test_clash_names_three_other_days(desk):
    words = refused(desk, "window", "reschedule", "Bittern", "--to", "2026-04-07", *WHY)

    assert "2026-04-07 has no room" in words
    assert words.endswith("days with room: Wed 2026-04-08, Thu 2026-04-09, Fri 2026-04-10")


def test_too_late_names_the_day_until_when_it_was_possible(desk):
    desk.clock.advance(days=12)

    words = refused(desk, "window", "reschedule", "Albatross", "--to", "2026-04-09", *WHY)

    assert "could be moved until 2026-03-27" in words


@pytest.mark.parametrize(("command", "state"), [("skip", WindowState.SKIPPED), ("cancel", WindowState.CANCELLED)])
def test_window_is_called_off(desk, command, state):
    (window,) = desk.windows.windows(until=tuesday().day)

    assert said(desk, "window", command, window.id[:8], *WHY) == f"Albatross: Tuesday 7 April 2026, {state}\n"
    assert desk.windows.window(window.id).state is state


def test_agreement_is_ended_and_what_is_later_is_cancelled(desk):
    done = said(desk, "window", "end", "P-2026-0002", "--on", "2026-04-10", *WHY)

    assert done.splitlines() == ["Bittern: no windows after 2026-04-10", "Bittern: Tuesday 14 April 2026, cancelled"]


def test_unknown_names_are_refused(desk):
    assert "there is no window" in refused(desk, "window", "show", "Curlew")
    assert "there is no client with an accepted proposal" in refused(desk, "window", "book", "Curlew")
