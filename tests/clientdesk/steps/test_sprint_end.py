"""Sprints end with their box; what is unfinished rolls, twice at most, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from fakes.sprint_runs import an_agreed_window, book_next, closed, go_to, kicked_off, started

from clientdesk.domain.sprint import ItemState, NotNow, Priority, Source, Work
from clientdesk.domain.windows import WindowState
from clientdesk.steps.sprint_end import close, due_to_close, ends_at, minutes_spent, must_have_begun
from clientdesk.steps.sprint_start import begin_due


def test_sprint_is_due_an_hour_after_its_box_is_over():
    desk, window = started()

    go_to(desk, window, hours=8, minutes=59)
    assert due_to_close(desk) == ()
    go_to(desk, window, hours=9)
    assert due_to_close(desk) == (window.id,)
    closed(desk, window.id)
    assert due_to_close(desk) == ()


def test_sprint_that_began_after_its_window_ends_with_that_days_office_hours():
    desk, window = started(days=1, hours=2)

    assert ends_at(desk, window) == window.window.ends_at + timedelta(days=1)


def test_sprint_that_began_in_the_night_ends_with_the_next_working_day():
    desk, window = started(hours=12)

    assert ends_at(desk, window) == window.window.ends_at + timedelta(days=1)


def test_sprint_whose_kick_off_is_unfinished_is_not_closed_under_it():
    desk, window = an_agreed_window()
    go_to(desk, window, hours=30)
    begin_due(desk)

    assert due_to_close(desk) == ()


def test_closing_that_was_broken_off_is_due_again():
    desk, window = started()
    close(desk, window.id)

    go_to(desk, window, hours=8)

    assert due_to_close(desk) == (window.id,)


def test_hours_of_finished_work_are_kept_for_later_estimates():
    desk, window = started()
    item = next(each for each in desk.sprints.items_in(window.id) if each.work.source is Source.PROPOSAL)
    desk.sprints.log(item.id, 90, "Ada", desk.clock.now())
    desk.sprints.finish(item.id, "Ada", desk.clock.now(), "merge 4f2a")

    close(desk, window.id)
    close(desk, window.id)

    (actual,) = desk.store.actuals()
    assert (actual.title, actual.spent) == (item.work.title, Decimal("1.50"))
    assert minutes_spent(desk, desk.sprints.item(item.id)) == 90


def test_window_that_has_not_begun_has_no_sprint_to_work_on():
    desk, window = an_agreed_window()

    with pytest.raises(NotNow, match="has not begun: its window is booked"):
        must_have_begun(desk, window.id)


def test_two_quarters_a_late_start_a_roll_another_and_a_project():
    """The clock moves over three windows: nothing is done twice, nothing is lost."""
    desk, first = an_agreed_window()
    second, third = book_next(desk, first), book_next(desk, first, 2)
    large = Work("ticket:large", Source.TICKET, "Move the shop to the new host", 700, Priority.NORMAL)
    small = Work("ticket:small", Source.TICKET, "The logo is blurred", 30, Priority.COSMETIC)
    for work in (large, small):
        desk.sprints.add(first.client, "", work, "Max", desk.clock.now())

    # The machine is down over the first window's start.
    go_to(desk, first, minutes=-5)
    assert begin_due(desk).windows == ()
    go_to(desk, first, hours=3)
    assert begin_due(desk).windows == (first.id,)
    kicked_off(desk, first.id)
    assert desk.sprints.sprint(first.id).late_why.startswith("down ")
    known = {each.work.key: each for each in desk.sprints.items()}
    assert not known["ticket:large"].is_planned
    assert known["ticket:small"].is_planned
    desk.sprints.log(known["ticket:small"].id, 20, "Ada", desk.clock.now())
    desk.sprints.finish(known["ticket:small"].id, "Ada", desk.clock.now(), "merge 1")
    go_to(desk, first, hours=9)
    for window in due_to_close(desk):
        closed(desk, window)
    assert desk.sprints.item(known["ticket:large"].id).window == second.id

    go_to(desk, second)
    assert begin_due(desk).windows == (second.id,)
    kicked_off(desk, second.id)
    assert desk.sprints.sprint(second.id).late_why == ""
    go_to(desk, second, hours=9)
    for window in due_to_close(desk):
        closed(desk, window)

    after = {each.work.key: each for each in desk.sprints.items()}
    assert (after["ticket:large"].state, after["ticket:large"].rolls) == (ItemState.MINI_PROJECT, 2)
    assert after["ticket:small"].state is ItemState.DONE
    assert [desk.windows.window(each.id).state for each in (first, second, third)] == [
        WindowState.CLOSED,
        WindowState.CLOSED,
        WindowState.BOOKED,
    ]
    outcome = desk.documents.get(desk.sprints.sprint(second.id).outcome).decode()
    assert "Move the shop to the new host" in outcome
    purposes = [each.key.purpose for each in desk.store.messages() if each.key.document.startswith("sprint:")]
    assert sorted(purposes) == sorted(
        ["sprint-started", "sprint-started-team", "sprint-outcome", "sprint-outcome-team"] * 2
    )

    go_to(desk, third)
    begin_due(desk)
    kicked_off(desk, third.id)
    assert "ticket:large" not in {each.work.key for each in desk.sprints.items_in(third.id)}
