"""The room of days: what people, half days and absences leave of them, counted where it is taken."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from fakes.business import NOW, a_client, agreed, tuesday
from fakes.windows import room

from clientdesk.domain.agency import Person
from clientdesk.domain.capacity import Absence, Room, Staffing
from clientdesk.ports.records import NoFreeWindow

ADA = Person("Ada Engineer", Decimal(8), frozenset(range(5)))
UNTIL = NOW + timedelta(days=5)


def hold(store, company, staffing, *candidates):
    client = a_client(store, company)
    return store.hold_window(client, candidates or (tuesday(), tuesday(1)), Room(Decimal(8), staffing), UNTIL, NOW)


def test_day_on_which_everyone_is_away_is_passed_over(store, windows):
    windows.add_absence(Absence("Ada Engineer", tuesday().day, tuesday().day))

    assert hold(store, "Harbour", Staffing((ADA,), frozenset(), None)).window == tuesday(1)


def test_half_day_has_no_room_for_a_whole_box(store):
    assert hold(store, "Harbour", Staffing((ADA,), frozenset({tuesday().day}), None)).window == tuesday(1)


def test_two_people_have_room_for_two(store):
    two = Staffing((ADA, replace(ADA, name="Ben")), frozenset(), None)

    days = [hold(store, company, two).window for company in ("A", "B", "C")]

    assert days == [tuesday(), tuesday(), tuesday(1)]


def test_refusal_names_the_days(store):
    agreed(store)

    with pytest.raises(NoFreeWindow, match="room"):
        hold(store, "Late", Staffing((), frozenset(), Decimal(8)), tuesday())


def test_minutes_taken_count_bookings_and_holds_that_live(store, windows):
    agreed(store)
    store.hold_window(a_client(store, "Asks"), (tuesday(1),), room(2.5), UNTIL, NOW)

    span = date(2026, 4, 1), date(2026, 4, 30)

    assert windows.minutes_taken(*span, NOW) == {tuesday().day: 480, tuesday(1).day: 150}
    assert windows.minutes_taken(*span, UNTIL) == {tuesday().day: 480}
    assert windows.minutes_taken(date(2026, 4, 8), date(2026, 4, 13), NOW) == {}
