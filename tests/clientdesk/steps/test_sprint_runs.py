"""A whole kick-off and a whole closing: each can be run again, and mails go out once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes.mailer import ListMailer
from fakes.sprint_runs import an_agreed_window, go_to

from clientdesk.domain.sprint import NotNow
from clientdesk.ports.mail import MessageState
from clientdesk.steps.sprint_runs import close_up, kick_off
from clientdesk.steps.sprint_start import begin_due


def test_kick_off_and_closing_leave_their_documents_and_mails():
    desk, window = an_agreed_window()
    go_to(desk, window)
    begin_due(desk)

    sheet = kick_off(desk, window.id).sheet
    kick_off(desk, window.id)
    outcome = close_up(desk, window.id).outcome
    close_up(desk, window.id)

    assert desk.documents.get(sheet)
    assert desk.documents.get(outcome)
    assert len([each for each in desk.store.messages() if each.key.document == f"sprint:{window.id}"]) == 4


def test_mails_of_a_kick_off_are_handed_over_where_there_is_a_server():
    desk, window = an_agreed_window()
    desk = replace(desk, mailer=ListMailer(is_configured=True))
    go_to(desk, window)
    begin_due(desk)

    kick_off(desk, window.id)

    sent = [each.key.purpose for each in desk.store.messages(MessageState.SENT)]
    assert sent[-2:] == ["sprint-started", "sprint-started-team"]


def test_sprint_that_has_not_begun_is_neither_kicked_off_nor_closed():
    desk, window = an_agreed_window()

    for run in (kick_off, close_up):
        with pytest.raises(NotNow):
            run(desk, window.id)
