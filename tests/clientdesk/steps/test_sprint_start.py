"""A sprint begins with its window, once; what is late says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fakes.sprint_runs import an_agreed_window, book_next, closed, go_to, kicked_off, started

from clientdesk.documents.sprint_facts import Late, LateBecause
from clientdesk.domain.refusal import Refusal
from clientdesk.domain.sprint import ItemState
from clientdesk.domain.windows import WindowState
from clientdesk.ports.windows import Change
from clientdesk.steps.sprint_start import begin, begin_due, late_of, roll_over_passed


def test_nothing_begins_before_its_time():
    desk, window = an_agreed_window()

    assert begin_due(desk).windows == ()
    go_to(desk, window, minutes=-1)
    assert begin_due(desk).windows == ()


def test_sprint_begins_with_its_window_and_is_named_until_its_sheet_is_written():
    desk, window = an_agreed_window()
    go_to(desk, window, minutes=5)

    assert begin_due(desk).windows == (window.id,)
    assert desk.windows.window(window.id).state is WindowState.STARTED
    assert begin_due(desk).windows == (window.id,)
    kicked_off(desk, window.id)
    assert begin_due(desk).windows == ()
    assert late_of(desk.sprints.sprint(window.id)) is None


def test_start_after_the_machine_was_down_says_since_when():
    desk, window = an_agreed_window()
    go_to(desk, window, minutes=-10)
    begin_due(desk)
    last = desk.clock.now()
    desk.clock.advance(hours=3, minutes=10)

    begin_due(desk)

    assert late_of(desk.sprints.sprint(window.id)) == Late(timedelta(hours=3), LateBecause.DOWN, last)


def test_first_look_ever_says_so():
    desk, window = an_agreed_window()
    go_to(desk, window, hours=1)

    begin_due(desk)

    assert late_of(desk.sprints.sprint(window.id)) == Late(timedelta(hours=1), LateBecause.FIRST)


def test_start_that_failed_at_first_says_so():
    desk, window = an_agreed_window()
    go_to(desk, window, minutes=10)
    desk.sprints.looked_for_due(desk.clock.now())  # and went no further
    desk.clock.advance(hours=1)

    begin_due(desk)

    assert late_of(desk.sprints.sprint(window.id)).because is LateBecause.FAILED


def test_window_that_started_without_its_sprint_is_taken_up():
    desk, window = an_agreed_window()
    go_to(desk, window)
    desk.windows.start(window.id, desk.clock.now())

    assert begin_due(desk).windows == (window.id,)
    assert desk.sprints.sprint(window.id) == begin(desk, window.id)


def test_start_by_hand_is_refused_before_its_day_and_says_so_when_late():
    desk, window = an_agreed_window()
    with pytest.raises(Refusal, match="begins on 2026-04-14"):
        begin(desk, window.id)
    go_to(desk, window, hours=2)

    assert late_of(begin(desk, window.id)) == Late(timedelta(hours=2), LateBecause.BY_HAND)


def test_items_of_a_skipped_window_roll_on():
    desk, window = started()
    following = book_next(desk, window)
    desk.clock.advance(hours=9)
    closed(desk, window.id)
    waiting = [each for each in desk.sprints.items() if each.window == following.id]
    desk.windows.skip(following.id, Change("Nora Feld", desk.clock.now(), "no time"))

    assert roll_over_passed(desk) == len(waiting) > 0
    assert roll_over_passed(desk) == 0
    assert {desk.sprints.item(each.id).state for each in waiting} == {ItemState.MINI_PROJECT}
