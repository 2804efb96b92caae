"""What falls due. 2026: 16 March is a Monday; 7 April and 7 July are Tuesdays; 6 October too."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from fakes.agency import WINDOWS
from fakes.calendar import HOLIDAYS, berlin
from hypothesis import given
from hypothesis import strategies as st

from clientdesk.domain.falling_due import Promise, WorkingDays, falling_due, last_of_next_quarter
from clientdesk.domain.recurrence import nominal_day

TODAY = date(2026, 3, 16)
ANCHOR = Promise(date(2026, 4, 7), 1)
FIRST = frozenset({"0/1"})


def days(today=TODAY, until=None, closed=HOLIDAYS, rules=WINDOWS):
    return WorkingDays(today, until or last_of_next_quarter(today), rules, berlin(closed))


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 1, 1), date(2026, 6, 30)),
        (date(2026, 3, 31), date(2026, 6, 30)),
        (date(2026, 4, 1), date(2026, 9, 30)),
        (date(2026, 8, 15), date(2026, 12, 31)),
        (date(2026, 12, 31), date(2027, 3, 31)),
    ],
)
def test_horizon_is_the_last_day_of_the_next_quarter(today, last):
    assert last_of_next_quarter(today) == last


def test_window_falls_due_once_its_quarter_is_within_the_horizon():
    assert falling_due(ANCHOR, FIRST, days()) == ()

    (due,) = falling_due(ANCHOR, FIRST, days(date(2026, 4, 1)))

    assert (due.slot, due.nominal, due.candidates[0].day) == ("1/1", date(2026, 7, 7), date(2026, 7, 7))


def test_run_that_was_missed_is_caught_up():
    due = falling_due(ANCHOR, FIRST, days(date(2026, 7, 1)))

    assert [each.slot for each in due] == ["1/1", "2/1"]


def test_window_is_booked_only_on_days_that_the_client_can_still_have_moved():
    (due, _) = falling_due(ANCHOR, FIRST, days(date(2026, 7, 6)))

    assert due.candidates[0].day == date(2026, 7, 13)
    assert due.nominal == date(2026, 7, 7)


def test_window_that_the_next_one_has_overtaken_has_passed():
    due = falling_due(ANCHOR, FIRST, days(date(2026, 10, 1)))

    assert [(each.slot, each.has_passed) for each in due] == [("1/1", True), ("2/1", False), ("3/1", False)]
    assert due[0].candidates[0].day == date(2026, 7, 7)


def test_holiday_moves_a_window_to_the_next_working_day_and_not_those_after_it():
    closed = {date(2026, 7, 7), date(2026, 7, 8)}

    due = falling_due(ANCHOR, FIRST, days(date(2026, 6, 24), until=date(2026, 12, 31), closed=closed))

    assert [each.candidates[0].day for each in due] == [date(2026, 7, 9), date(2026, 10, 6)]


def test_candidates_are_four_weeks_of_working_days_at_most():
    (due,) = falling_due(ANCHOR, FIRST, days(date(2026, 4, 1)))

    assert (len(due.candidates), due.candidates[-1].day) == (20, date(2026, 8, 3))


def test_candidates_of_one_window_end_before_the_next_one():
    monthly = Promise(date(2026, 4, 7), 13)

    due = falling_due(monthly, FIRST, days())

    assert all(each.candidates[-1].day < after.nominal for each, after in pairwise(due))
    assert len(due) == 12


def test_retainer_with_more_windows_has_those_in_between_too():
    due = falling_due(replace(ANCHOR, per_period=3), FIRST, days())

    assert [(each.slot, each.nominal) for each in due] == [("0/2", date(2026, 5, 5)), ("0/3", date(2026, 6, 2))]


def test_nothing_falls_due_after_the_agreement_has_ended():
    ended = replace(ANCHOR, ends_on=date(2026, 7, 31))

    assert [each.slot for each in falling_due(ended, FIRST, days(date(2026, 7, 1)))] == ["1/1"]
    assert falling_due(ended, FIRST, days(date(2026, 7, 1)))[0].candidates[-1].day == date(2026, 7, 31)
    assert falling_due(replace(ANCHOR, ends_on=date(2026, 7, 6)), FIRST, days(date(2026, 7, 1))) == ()


def test_agreement_without_an_anchor_gets_its_first_window_as_at_acceptance():
    (due,) = falling_due(Promise(None, 1), (), days())

    assert (due.slot, due.nominal, due.weekday) == ("0/1", None, 1)
    assert due.candidates[0].day == date(2026, 3, 31)  # ten business days on, a Tuesday
    assert falling_due(Promise(None, 1, ends_on=TODAY), (), days()) == ()


@given(
    st.dates(date(2024, 1, 1), date(2033, 12, 31)),
    st.integers(0, 3660),
    st.integers(1, 3),
    st.frozensets(st.dates(date(2024, 1, 1), date(2036, 12, 31)), max_size=80),
)
def test_every_candidate_is_a_working_day_in_time_and_every_slot_is_due_once(anchor, later, per_period, closed):
    today = anchor + timedelta(days=later)
    ahead = days(today, closed=closed)

    due = falling_due(Promise(anchor, per_period), (), ahead)

    assert len({each.slot for each in due}) == len(due)
    for each in due:
        period, part = (int(number) for number in each.slot.split("/"))
        assert each.nominal == nominal_day(anchor, period, part - 1, 3, per_period)
        for window in each.candidates:
            assert ahead.calendar.is_working_day(window.day)
            assert window.day >= each.nominal
            assert each.has_passed or window.day >= ahead.since
            local = ahead.calendar.local(window.starts_at), ahead.calendar.local(window.ends_at)
            assert [(at.date(), at.hour) for at in local] == [(window.day, 9), (window.day, 17)]
