"""Sprints as the terminal prints them: one line for each, and where each item is."""

from fakes.command import said
from fakes.sprint_runs import started

from clientdesk.cli.sprint_view import items_listed, listed, secrets_listed, still_open
from clientdesk.domain.secret_register import RegisteredSecret
from clientdesk.domain.sprint import ItemState
from clientdesk.wiring import using


def test_late_start_is_told_with_its_reason():
    desk, _ = started(hours=3)

    assert "3:00:00 (first)" in said(desk, "sprint", "show", "Harbour Bookings GmbH")


def test_sprints_and_items_stand_in_columns():
    desk, window = started()
    with using(desk):
        (head, line) = listed(desk.sprints.sprints())
        rows = items_listed(desk.sprints.items_in(window.id))

    assert head.split() == ["window", "day", "state", "hours", "done", "client"]
    assert "0 of 8 h" in line
    assert "in sprint" in rows[1]
    assert items_listed([]) == ["no item"]


def test_what_is_settled_is_no_longer_open():
    desk, window = started()
    item = desk.sprints.items_in(window.id)[0]
    done = desk.sprints.finish(item.id, "Ada", desk.clock.now(), "merge")

    assert done.state is ItemState.DONE
    assert done not in still_open(desk.sprints.items())


def test_secret_of_unknown_age_is_due():
    desk, _ = started()
    with using(desk):
        lines = secrets_listed([RegisteredSecret("SENTRY_DSN", "Kubernetes", "Ada", 90)])

    assert lines[1].split()[-1] == "due"
    assert "not known" in lines[1]
