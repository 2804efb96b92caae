"""What a day has for windows. 6 April 2026 is a Monday."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from fakes.agency import AGENCY
from hypothesis import given
from hypothesis import strategies as st

from clientdesk.domain.agency import Person
from clientdesk.domain.capacity import Absence, NobodyOfThatName, Room, Staffing, room_of, staffing_of

WEEK = frozenset(range(5))
ADA = Person("Ada Engineer", Decimal(8), WEEK)
BEN = Person("Ben Part-Time", Decimal(6), frozenset({0, 1}))
MONDAY, WEDNESDAY = date(2026, 4, 6), date(2026, 4, 8)
TEAM = Staffing((ADA, BEN), frozenset({WEDNESDAY}), None)
AWAY = Absence("Ada Engineer", MONDAY, MONDAY, "dentist")


def test_day_has_the_hours_of_those_who_work_then():
    assert Decimal(14) == TEAM.hours_on(MONDAY)
    assert Decimal(8) == TEAM.hours_on(date(2026, 4, 9))


def test_whoever_is_away_has_no_hours():
    assert Decimal(6) == TEAM.hours_on(MONDAY, [AWAY])
    assert Decimal(14) == TEAM.hours_on(date(2026, 4, 7), [AWAY])


def test_absence_counts_on_its_first_and_its_last_day():
    holiday = Absence("Ada Engineer", MONDAY, WEDNESDAY)

    assert [holiday.covers(MONDAY), holiday.covers(WEDNESDAY), holiday.covers(date(2026, 4, 9))] == [True, True, False]


def test_half_an_absence_leaves_half_and_two_halves_leave_nothing():
    half = replace(AWAY, is_half=True)

    assert Decimal(10) == TEAM.hours_on(MONDAY, [half])
    assert Decimal(6) == TEAM.hours_on(MONDAY, [half, replace(half, why="school")])


def test_somebody_away_twice_is_away_once():
    assert Decimal(6) == TEAM.hours_on(MONDAY, [AWAY, replace(AWAY, why="sick")])


def test_half_day_has_half():
    assert Decimal(4) == TEAM.hours_on(WEDNESDAY)


def test_limit_is_the_most_that_goes_into_windows():
    limited = replace(TEAM, limit=Decimal(10))

    assert Decimal(10) == limited.hours_on(MONDAY)
    assert Decimal(6) == limited.hours_on(MONDAY, [AWAY])
    assert Decimal(4) == limited.hours_on(WEDNESDAY)


def test_without_people_the_limit_is_what_a_day_has():
    nobody = replace(TEAM, people=(), limit=Decimal(16))

    assert (nobody.hours_on(MONDAY), nobody.hours_on(WEDNESDAY)) == (Decimal(16), Decimal(8))


def test_minutes_are_rounded_down():
    assert Staffing((), frozenset(), Decimal("2.51")).minutes_on(MONDAY) == 150
    assert Room(Decimal("2.5"), TEAM).minutes == 150


def test_person_is_found_however_the_name_is_written():
    assert TEAM.person(" ada engineer ") == ADA


def test_stranger_is_refused_with_the_names_known():
    with pytest.raises(NobodyOfThatName, match="known are Ada Engineer, Ben Part-Time"):
        TEAM.person("Eve")
    with pytest.raises(NobodyOfThatName, match=r"no \[people\] yet"):
        replace(TEAM, people=()).person("Eve")


def test_absence_that_ends_before_it_begins_is_a_mistake():
    with pytest.raises(ValueError, match="before it begins"):
        Absence("Ada Engineer", WEDNESDAY, MONDAY)


def test_agency_says_who_works_and_what_a_window_takes():
    agency = replace(AGENCY, people=(ADA,))

    assert staffing_of(agency) == Staffing((ADA,), frozenset(), Decimal(16))
    assert room_of(agency).hours == Decimal(8)


@given(st.lists(st.sampled_from(["Ada Engineer", "Ben Part-Time", "Eve"])), st.booleans())
def test_capacity_is_never_negative_and_never_grows_by_an_absence(names, is_half):
    absences = [Absence(name, MONDAY, WEDNESDAY, is_half=is_half) for name in names]

    for day in (MONDAY, WEDNESDAY):
        hours = [TEAM.hours_on(day, absences[:count]) for count in range(len(absences) + 1)]
        assert sorted(hours, reverse=True) == hours
        assert hours[-1] >= 0
