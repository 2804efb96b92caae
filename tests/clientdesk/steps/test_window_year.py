"""The year and the feed, as the desk's records say."""

from dataclasses import replace
from datetime import date, timedelta

import icalendar
import pytest
from fakes.desk import a_call, a_desk
from fakes.windows import room

from clientdesk.domain.capacity import Absence
from clientdesk.domain.maintenance import window_on
from clientdesk.domain.windows import WindowState
from clientdesk.steps.window_year import window_feed, year_page

TUESDAY = date(2026, 4, 7)


class Seen:
    """A press that keeps what it is given."""

    def html(self, document, view):
        self.document, self.view = document, view
        return "<p>page</p>"


def booked(desk, company, state=WindowState.BOOKED):
    call = replace(a_call(), company=company)
    client = desk.store.register(call, desk.clock.now()).id
    now = desk.clock.now()
    day = window_on(TUESDAY, desk.calendar)
    held = desk.store.hold_window(client, (day,), room(8, 80), now + timedelta(days=5), now)
    desk.windows._t.windows[held.id] = replace(desk.windows.window(held.id), state=state, uid=company)
    return client


@pytest.fixture
def press():
    return Seen()


@pytest.fixture
def desk(press):
    return a_desk(press=press)


def test_year_counts_windows_and_the_hours_of_working_days(desk, press):
    booked(desk, "Harbour GmbH")

    assert year_page(desk, 2026) == b"<p>page</p>"

    assert press.document == "window-year"
    assert (press.view["clients"], press.view["windows"], press.view["hours"]) == (1, 1, "8")
    assert press.view["months"][3]["windows"] == 1


def test_absence_takes_hours_away_only_where_people_are_counted(desk, press):
    year_page(desk, 2026)
    before = press.view["months"][3]["capacity"]
    desk.windows.add_absence(Absence("Nobody of ours", TUESDAY, TUESDAY))

    year_page(desk, 2026)

    assert press.view["months"][3]["capacity"] == before


def test_feed_of_a_client_has_its_windows_alone(desk):
    client = booked(desk, "Harbour GmbH")
    booked(desk, "Other GmbH", WindowState.CANCELLED)

    def uids(content):
        return {str(each["uid"]): str(each["status"]) for each in icalendar.Calendar.from_ical(content).walk("VEVENT")}

    assert uids(window_feed(desk)) == {"Harbour GmbH": "CONFIRMED", "Other GmbH": "CANCELLED"}
    assert uids(window_feed(desk, client)) == {"Harbour GmbH": "CONFIRMED"}
