"""`clientdesk calendar`: the clock stands on Monday 16 March 2026."""

from dataclasses import replace
from decimal import Decimal

import pytest
from fakes.agency import AGENCY
from fakes.business import agreed
from fakes.clock import FixedClock
from fakes.command import refused, said
from fakes.desk import a_desk

from clientdesk.domain.agency import Person

ADA = Person("Ada Engineer", Decimal(8), frozenset(range(5)))
OPEN = "09:00\N{EN DASH}17:00"


@pytest.fixture
def desk():
    desk = a_desk(clock=FixedClock(), agency=replace(AGENCY, people=(ADA,)))
    agreed(desk.store)
    return desk


def test_days_are_shown_with_hours_booked_and_left(desk):
    lines = said(desk, "calendar", "show", "--from", "2026-04-02", "--to", "2026-04-07").splitlines()

    assert [line.split() for line in lines] == [
        ["day", "open", "hours", "booked", "left"],
        ["Thu", "2026-04-02", OPEN, "8", "0", "8"],
        ["Fri", "2026-04-03", "closed", "-", "-", "-"],
        ["Mon", "2026-04-06", "closed", "-", "-", "-"],
        ["Tue", "2026-04-07", OPEN, "8", "8", "0"],
    ]


def test_four_weeks_from_today_are_shown_without_more_words(desk):
    lines = said(desk, "calendar", "show").splitlines()

    assert (lines[1][:14], lines[-1][:14], len(lines)) == ("Mon 2026-03-16", "Mon 2026-04-13", 22)


def test_span_that_ends_before_it_begins_is_refused(desk):
    assert "must lie from 0 to 400 days" in refused(desk, "calendar", "show", "--to", "2026-03-01")


def test_absence_is_added_listed_shown_and_taken_back(desk):
    added = said(
        desk, "calendar", "absence", "add", "ada engineer", "--from", "2026-03-18", "--half", "--why", "dentist"
    )
    listed = said(desk, "calendar", "absence", "list")
    shown = said(desk, "calendar", "show", "--from", "2026-03-18", "--to", "2026-03-18")
    removed = said(desk, "calendar", "absence", "remove", desk.windows.absences()[0].id)

    assert added == "Ada Engineer: away 2026-03-18, half of the day\n"
    assert listed.split() == ["absence-5"[:8], "Ada", "Engineer", "2026-03-18", "half", "of", "the", "day", "dentist"]
    assert "away: Ada Engineer (half)" in shown
    assert removed == "taken back: Ada Engineer: away 2026-03-18, half of the day\n"
    assert said(desk, "calendar", "absence", "list") == "nobody is away\n"


def test_absence_over_a_booked_day_names_the_day(desk):
    words = said(desk, "calendar", "absence", "add", "Ada Engineer", "--from", "2026-04-01", "--to", "2026-04-10")

    assert "too much is booked on 2026-04-07: 8 of 0 hours" in words
    assert "TOO MUCH IS BOOKED" in said(desk, "calendar", "show")


def test_mistaken_absence_is_refused(desk):
    assert "comes before" in refused(
        desk, "calendar", "absence", "add", "Ada Engineer", "--from", "2026-04-01", "--to", "2026-03-01"
    )
    assert "known are Ada Engineer" in refused(desk, "calendar", "absence", "add", "Eve", "--from", "2026-04-01")
    assert "there is no absence" in refused(desk, "calendar", "absence", "remove", "nothing")
