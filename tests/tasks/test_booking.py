"""The tasks of booking: thin, and the run does not pass where somebody needs a person."""

import logging
from dataclasses import replace
from decimal import Decimal

import pytest
from fakes.agency import AGENCY
from fakes.business import agreed, tuesday
from fakes.clock import FixedClock
from fakes.desk import a_desk

from clientdesk.wiring import using
from tasks import booking


@pytest.fixture
def shown(monkeypatch):
    """The tables put on the run's page."""
    tables = []
    monkeypatch.setattr(booking, "get_run_logger", lambda: logging.getLogger("run"))
    monkeypatch.setattr(booking, "create_markdown_artifact", lambda rows, **said: tables.append((rows, said)))
    return tables


def in_april(**parts):
    desk = a_desk(clock=FixedClock(), **parts)
    agreed(desk.store, "Albatross", tuesday())
    desk.clock.advance(days=16)
    return desk


def booked():
    return [booking.book_windows_of.fn(agreement) for agreement in booking.due_agreements.fn()]


def test_what_is_due_is_booked_and_shown_once(shown):
    with using(in_april()):
        first, second = booked(), booked()
        booking.show_bookings.fn(first)
        booking.show_bookings.fn(second)

    ((table, said),) = shown
    assert "\n| Albatross | P\\-2026\\-0001 | 1/1 | Tuesday 7 July 2026 |" in table
    assert said == {"key": "windows-booked", "description": "1 window booked for 1 client."}


@pytest.mark.usefixtures("shown")
def test_run_passes_with_what_was_booked_or_with_nothing():
    with using(in_april()):
        states = [booking.ended(booked()) for _ in range(2)]

    assert [(state.type.value, state.message) for state in states] == [
        ("COMPLETED", "1 window booked for 1 client."),
        ("COMPLETED", "Nothing was due."),
    ]


@pytest.mark.usefixtures("shown")
def test_run_fails_where_somebody_found_no_day():
    cramped = replace(AGENCY, windows=replace(AGENCY.windows, capacity_hours=Decimal(1)))
    with using(in_april(agency=cramped)):
        state = booking.ended(booked())

    assert state.is_failed()
    assert "1 found no free day" in state.message
