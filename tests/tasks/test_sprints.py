"""The tasks of a sprint, without the engine."""

import logging

import pytest
from fakes.desk import SHOP
from fakes.sprint_runs import an_agreed_window, go_to, gone, kicked_off, started
from prefect.states import Completed, Failed

from clientdesk.forms.intake import RepositoryForm
from clientdesk.ports.documents import DocumentNotKept
from clientdesk.wiring import using
from tasks import sprints

FORM = RepositoryForm(address="https://git.example.com/harbour/shop.git")


@pytest.fixture
def page(monkeypatch):
    """The tables put on the run's page."""
    tables = []
    monkeypatch.setattr(sprints, "create_markdown_artifact", lambda rows, key, description: tables.append((key, rows)))
    monkeypatch.setattr(sprints, "get_run_logger", lambda: logging.getLogger("run"))
    return tables


def test_due_sprints_begin_and_are_named():
    desk, window = an_agreed_window()
    go_to(desk, window)
    with using(desk):
        assert sprints.begin_due_sprints.fn().windows == (window.id,)
        assert sprints.begin_sprint.fn(window.id) == window.client == sprints.client_of(window.id)
        assert [each.address for each in sprints.to_audit(window.id, sprints.START)] == [SHOP]


def test_sprint_is_planned_published_closed_and_shown(page):
    desk, window = an_agreed_window()
    go_to(desk, window)
    with using(desk):
        sprints.begin_due_sprints.fn()
        sprints.keep_look.fn(window.id, sprints.START, FORM, "", "gone")
        sprints.plan_sprint.fn(window.id)
        assert len(sprints.publish_sheet.fn(window.id)) == 2
        assert "items fit" in sprints.shown(window.id).message
        go_to(desk, window, hours=9)
        assert sprints.sprints_to_close.fn() == (window.id,)
        sprints.close_sprint.fn(window.id)
        assert len(sprints.publish_outcome.fn(window.id)) == 1
        assert "closed" in sprints.shown(window.id).message
        assert sprints.sprints_to_close.fn() == ()

    assert [key.startswith("sprint-harbour-bookings-gmbh") for key, _ in page] == [True, True]


def test_audit_that_was_refused_is_a_problem_and_a_full_disk_is_raised():
    desk, window = started()
    with using(desk):
        with pytest.raises(DocumentNotKept):
            sprints.keep_audited(window.id, sprints.END, FORM, Failed(data=DocumentNotKept("full"), message="failed"))
        with pytest.raises(RuntimeError):
            sprints.keep_audited(window.id, sprints.END, FORM, Failed(message="killed", data=RuntimeError("killed")))
    assert desk.sprints.looks(window.id, sprints.END) == ()
    assert str(sprints.sprint_audits.problem_of(gone())) == "the repository does not answer"


def test_round_fails_at_its_end_where_one_failed():
    good, bad = Completed(message="fine"), Failed(message="the disk is full")

    assert sprints.all_ended("started", []).message == "no sprint was to be started."
    assert sprints.all_ended("started", [good]).is_completed()
    ended = sprints.all_ended("started", [good, bad], [("w", "cancelled meanwhile")])
    assert ended.is_failed()
    assert ended.message == "1 started, 2 failed: the disk is full; cancelled meanwhile"


def test_kick_off_run_again_finds_nothing_to_audit():
    desk, window = started()
    kicked_off(desk, window.id)
    with using(desk):
        assert sprints.to_audit(window.id, sprints.START) == []
