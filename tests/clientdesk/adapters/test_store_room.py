"""The room of days: what people, half days and absences leave of them, counted where it is taken."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from fakes.business import NOW, a_client, agreed, tuesday
from fakes.store import MemoryStore
from fakes.windows import MemoryWindows, room
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clientdesk.adapters.store import SqlStore
from clientdesk.adapters.windows import SqlWindows
from clientdesk.domain.agency import Person
from clientdesk.domain.capacity import Absence, Room, Staffing
from clientdesk.domain.windows import Due
from clientdesk.ports.records import NoFreeWindow
from clientdesk.ports.windows import Change

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


DAYS = tuple(tuesday(each) for each in range(20, 24))
SITUATIONS = st.fixed_dictionaries(
    {
        "boxes": st.lists(st.sampled_from([2, 3.5, 5, 8]), min_size=1, max_size=8),
        "capacity": st.sampled_from([6, 8, 11.5, 16]),
        "away": st.frozensets(st.integers(0, 3)),
        "half": st.frozensets(st.integers(0, 3)),
    }
)


@settings(max_examples=60, deadline=None)
@given(SITUATIONS)
def test_bookings_never_exceed_what_a_day_has_in_memory(situation):
    store = MemoryStore()

    _book_in_turn(store, MemoryWindows(store), **situation)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SITUATIONS)
def test_bookings_never_exceed_what_a_day_has_in_a_database(tmp_path, migrated_file, situation):
    url = f"sqlite:///{shutil.copy(migrated_file, tmp_path / f'{uuid4().hex}.db')}"

    _book_in_turn(SqlStore(url), SqlWindows(url), **situation)


def _book_in_turn(store, windows, boxes, capacity, away, half):
    """Each client's window falls due on the same four days; what is booked is held against what there is."""
    person = Person("Ada", Decimal(str(capacity)), frozenset(range(5)))
    staffing = Staffing((person,), frozenset(DAYS[each].day for each in half), None)
    for each in away:
        windows.add_absence(Absence("Ada", DAYS[each].day, DAYS[each].day))

    for place, hours in enumerate(boxes):
        record = agreed(store, f"Client {place}", tuesday(place))
        due = Due("1/1", DAYS[0].day, DAYS)
        windows.book_due(record.id, (due,), Room(Decimal(str(hours)), staffing), Change("clientdesk", NOW))

    absences = windows.absences()
    for day, minutes in windows.minutes_taken(DAYS[0].day, DAYS[-1].day, NOW).items():
        assert minutes <= staffing.minutes_on(day, absences)
