"""What people put down is found by its name, and refused where it can't be meant."""

from __future__ import annotations

import pytest
from fakes.sprint_runs import book_next, closed, started

from clientdesk.domain.refusal import Refusal
from clientdesk.domain.sprint import BadEntry, BoxFull, ItemState, Priority
from clientdesk.steps.looking_up import NotFound
from clientdesk.steps.sprint_work import (
    decide,
    extend,
    finish,
    hours_left,
    item_named,
    log,
    report,
    sprint_named,
)

CLIENT = "harbour bookings gmbh"


def first(desk, window):
    return desk.sprints.items_in(window.id)[0]


def test_sprint_is_found_by_its_client_the_one_that_runs_first():
    desk, window = started()

    assert sprint_named(desk, CLIENT).window == window.id == sprint_named(desk, window.id).window
    with pytest.raises(NotFound):
        sprint_named(desk, "Albatross")


def test_client_without_a_sprint_has_none():
    desk, _ = started()
    desk.sprints._sprints.clear()

    with pytest.raises(NotFound, match="no sprint of"):
        sprint_named(desk, CLIENT)


def test_item_is_found_by_its_beginning_if_it_is_the_only_one():
    desk, window = started()
    item = first(desk, window)

    assert item_named(desk, item.id) == item
    with pytest.raises(NotFound):
        item_named(desk, "item")
    with pytest.raises(NotFound):
        item_named(desk, "x")


def test_ticket_waits_for_the_next_sprint():
    desk, _ = started()

    item = report(desk, CLIENT, " The logo is blurred ", 30, "cosmetic", "Max", "on phones")

    assert (item.work.title, item.work.priority, item.state) == (
        "The logo is blurred",
        Priority.COSMETIC,
        ItemState.WAITING,
    )
    assert report(desk, CLIENT, "The logo is blurred", 30, "cosmetic", "Max").id != item.id


@pytest.mark.parametrize("wrong", [{"priority": "standing"}, {"title": "x" * 201}, {"title": " "}, {"minutes": 0}])
def test_ticket_that_cannot_be_meant_is_refused(wrong):
    desk, _ = started()
    given = {"title": "Logo", "minutes": 30, "priority": "normal", "by": "Max", **wrong}

    with pytest.raises(BadEntry):
        report(desk, CLIENT, **given)


def test_time_is_put_down_until_the_box_is_full_and_an_extension_by_name_makes_room():
    desk, window = started()
    item = first(desk, window)
    log(desk, item.id, 480, "Ada")

    with pytest.raises(BoxFull, match="clientdesk sprint extend"):
        log(desk, item.id, 15, "Ada")
    extend(desk, CLIENT, 30, "Nora Feld", "mail", "Max")
    log(desk, item.id, 15, "Ada")

    assert hours_left(desk, desk.sprints.sprint(window.id)) == (495, 510)
    with pytest.raises(BadEntry, match="more than a day"):
        log(desk, item.id, 1441, "Ada")


@pytest.mark.parametrize("approved_by", ["", "max "])
def test_nobody_approves_their_own_extension(approved_by):
    desk, _ = started()

    with pytest.raises(BadEntry, match="somebody at the client"):
        extend(desk, CLIENT, 30, approved_by, "mail", "Max")


def test_done_is_kept_with_its_evidence():
    desk, window = started()

    done = finish(desk, first(desk, window).id, "Ada", " merge 41 ")

    assert (done.state, done.done.evidence) == (ItemState.DONE, "merge 41")


def test_decision_names_what_becomes_of_it_and_why():
    desk, window = started()
    book_next(desk, window)
    item = first(desk, window)
    closed(desk, window.id)

    with pytest.raises(Refusal, match="window, ordered, dropped"):
        decide(desk, item.id, "done", "Max", "no")
    with pytest.raises(BadEntry, match="say why"):
        decide(desk, item.id, "dropped", "Max", " ")
    assert decide(desk, item.id, "dropped", "Max", "no longer wanted").state is ItemState.DROPPED
