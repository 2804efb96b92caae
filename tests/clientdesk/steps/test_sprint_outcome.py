"""The outcome: drafted for the client, told to the team, the window closed last."""

from __future__ import annotations

from datetime import date

import pytest
from fakes.desk import SHOP
from fakes.sprint_runs import book_next, closed, go_to, gone, kicked_off, started, with_libraries

from clientdesk.domain.secret_register import RegisteredSecret
from clientdesk.domain.sprint import ItemState, Priority, Source, Work
from clientdesk.domain.windows import WindowState
from clientdesk.ports.documents import DocumentNotKept
from clientdesk.ports.mail import MessageState
from clientdesk.ports.sprints import Extension, Moment
from clientdesk.steps.sprint_audits import audit_here
from clientdesk.steps.sprint_outcome import outcome_facts
from clientdesk.steps.sprint_start import begin_due


def test_clients_mail_waits_for_the_account_lead_and_the_team_is_told():
    desk, window = started()
    desk.clock.advance(hours=9)

    closed(desk, window.id)

    states = {each.key.purpose: each.state for each in desk.store.messages()}
    assert states["sprint-outcome"] is MessageState.DRAFT
    assert states["sprint-outcome-team"] is MessageState.APPROVED
    assert desk.windows.window(window.id).state is WindowState.CLOSED


def test_closing_that_runs_again_does_nothing_twice():
    desk, window = started()
    desk.clock.advance(hours=9)
    closed(desk, window.id)
    before = (desk.store.messages(), desk.sprints.items(), len(desk.store.audits_of(window.client)))

    closed(desk, window.id)

    assert (desk.store.messages(), desk.sprints.items(), len(desk.store.audits_of(window.client))) == before


def test_closing_that_was_broken_off_leaves_the_window_open():
    desk, window = started()
    desk.clock.advance(hours=9)
    audit_here(desk, window.id, Moment.END)
    desk.press.failure = DocumentNotKept("the disk is full")
    with pytest.raises(DocumentNotKept):
        closed(desk, window.id)
    assert desk.windows.window(window.id).state is WindowState.STARTED
    rolls = {each.id: each.rolls for each in desk.sprints.items()}

    closed(desk, window.id)

    assert {each.id: each.rolls for each in desk.sprints.items()} == rolls
    assert desk.windows.window(window.id).state is WindowState.CLOSED


def test_full_disk_is_not_taken_for_a_repository_that_is_gone():
    desk, window = started()
    desk.press.failure = DocumentNotKept("the disk is full")

    with pytest.raises(DocumentNotKept):
        audit_here(desk, window.id, Moment.END)

    assert desk.sprints.looks(window.id, Moment.END) == ()


def test_facts_tell_hours_extension_what_is_done_and_where_the_rest_went():
    desk, window = started()
    following = book_next(desk, window)
    now = desk.clock.now()
    item, *rest = desk.sprints.items_in(window.id)
    desk.sprints.extend(Extension(window.id, 60, "Nora Feld", "phone", "Max", now))
    desk.sprints.log(item.id, 500, "Ada", now)
    desk.sprints.finish(item.id, "Ada", now, "merge")
    closed(desk, window.id)

    facts = outcome_facts(desk, desk.sprints.sprint(window.id))

    assert [each.id for each in facts.sprint.items] == [item.id]
    assert facts.spent == {item.id: 500}
    assert [(each.minutes, each.by, each.how) for each in facts.extensions] == [(60, "Nora Feld", "phone")]
    assert [each.item.id for each in facts.left] == [each.id for each in rest]
    assert facts.sprint.next_window == following.window


def test_project_has_its_price():
    desk, window = started()
    ticket = desk.sprints.add(
        window.client, "", Work("t:1", Source.TICKET, "Move", 600, Priority.NORMAL), "Max", desk.clock.now()
    )
    closed(desk, window.id)
    second = book_next(desk, window)
    desk.clock.advance(days=91)
    for each in (second, book_next(desk, window, 2)):
        go_to(desk, each)
        begin_due(desk)
        kicked_off(desk, each.id)
        closed(desk, each.id)

    facts = outcome_facts(desk, desk.sprints.sprint(each.id))
    project = next(one for one in facts.left if one.item.id == ticket.id)
    assert desk.sprints.item(ticket.id).state is ItemState.MINI_PROJECT
    assert project.price.amount == desk.agency.rates.sprint * 10


def test_secret_that_was_rotated_in_the_sprint_is_named():
    desk, window = started()
    secret = desk.secrets.keep(window.client, RegisteredSecret("STRIPE_KEY", "Heroku", "Nora", 90, date(2026, 1, 1)))
    desk.secrets.rotated(window.client, secret.key, desk.today())
    closed(desk, window.id)

    assert [each.name for each in outcome_facts(desk, desk.sprints.sprint(window.id)).rotated] == ["STRIPE_KEY"]


def test_repository_that_is_gone_at_the_end_is_not_measured():
    desk, window = started({SHOP: with_libraries("click==8.0")})
    desk.checkouts._sources[SHOP] = gone()
    closed(desk, window.id)

    facts = outcome_facts(desk, desk.sprints.sprint(window.id))

    assert facts.sprint.repositories[0].problem == "the repository does not answer"
    assert all(each.measured is None for each in facts.targets)
