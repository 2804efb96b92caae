"""The kick-off with the engine: each sprint once; one that fails stops none of the others."""

import pytest
from fakes.desk import SHOP
from fakes.sprint_runs import an_agreed_window, go_to, gone

from clientdesk.ports.documents import DocumentNotKept
from clientdesk.wiring import using
from flows.sprint_kickoff import start_due_sprints

pytestmark = pytest.mark.engine


def test_due_sprint_starts_once_and_is_told_to_client_and_team():
    desk, window = an_agreed_window()
    go_to(desk, window, minutes=1)
    with using(desk):
        first = start_due_sprints(return_state=True)
        second = start_due_sprints(return_state=True)

    assert (first.message, second.message) == ("1 started.", "no sprint was to be started.")
    assert desk.sprints.sprint(window.id).sheet
    assert len([each for each in desk.store.messages() if each.key.document == f"sprint:{window.id}"]) == 2


def test_kick_off_that_failed_goes_on_with_the_next_run(monkeypatch):
    desk, window = an_agreed_window()
    desk.checkouts._sources[SHOP] = gone()
    go_to(desk, window, minutes=1)
    desk.documents.failure = DocumentNotKept("the disk is full")
    with using(desk):
        failed = start_due_sprints(return_state=True)
        again = start_due_sprints(return_state=True)

    assert failed.is_failed()
    assert "the disk is full" in failed.message
    assert again.message == "1 started."
    (look,) = desk.sprints.looks(window.id, "start")
    assert look.problem == "the repository does not answer"
