"""The sheet is written once and mailed once to each."""

from __future__ import annotations

import pytest
from fakes.sprint_runs import an_agreed_window, go_to, kicked_off, started

from clientdesk.ports.documents import DocumentNotKept
from clientdesk.ports.mail import MessageState
from clientdesk.ports.sprints import Moment
from clientdesk.steps.sprint_audits import audit_here
from clientdesk.steps.sprint_plan import plan
from clientdesk.steps.sprint_sheet import publish_sheet
from clientdesk.steps.sprint_start import begin_due


def mails(desk):
    return [(each.key.purpose, each.key.recipient, each.state) for each in desk.store.messages()][-2:]


def test_client_and_team_get_the_sheet_without_a_further_look():
    desk, window = started()

    sprint = desk.sprints.sprint(window.id)
    assert desk.documents.get(sprint.sheet).startswith(b"%PDF")
    assert b"sprint-sheet" in desk.documents.get(sprint.sheet.replace(".pdf", ".html"))
    assert mails(desk) == [
        ("sprint-started", "nora.feld@harbour.example", MessageState.APPROVED),
        ("sprint-started-team", desk.agency.seller.email, MessageState.APPROVED),
    ]


def test_kick_off_that_runs_again_mails_nothing_twice():
    desk, window = started()
    before = desk.store.messages()

    kicked_off(desk, window.id)

    assert desk.store.messages() == before


def test_kick_off_that_was_broken_off_goes_on_where_it_was():
    desk, window = an_agreed_window()
    go_to(desk, window)
    begin_due(desk)
    audit_here(desk, window.id, Moment.START)
    plan(desk, window.id)
    desk.documents.failure = DocumentNotKept("the disk is full")
    with pytest.raises(DocumentNotKept):
        publish_sheet(desk, window.id)
    assert begin_due(desk).windows == (window.id,)

    kicked_off(desk, window.id)

    assert len(desk.sprints.items_in(window.id)) == len(desk.sprints.items(window.client))
    assert len([each for each in desk.store.messages() if each.key.purpose == "sprint-started"]) == 1


def test_late_start_stands_on_the_sheet_and_in_the_mail():
    desk, window = started(hours=3)

    sheet = desk.documents.get(desk.sprints.sprint(window.id).sheet).decode()
    assert "late.by: 3\u00a0h" in sheet
    assert "late.because: first" in sheet
