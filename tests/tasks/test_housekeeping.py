"""The tasks of what is looked after at fixed times: thin, and the last word is the run's."""

import logging
from datetime import timedelta

import pytest
from fakes.business import in_outbox
from fakes.desk import a_desk

from clientdesk.ports.mail import MessageState, Undelivered
from clientdesk.settings import read_settings
from clientdesk.steps.housekeeping import Done
from clientdesk.wiring import using
from tasks import housekeeping


@pytest.fixture
def no_mailbox(monkeypatch, tmp_path):
    settings = read_settings({"CLIENTDESK_HOME": str(tmp_path)}, tmp_path)
    monkeypatch.setattr(housekeeping, "the_settings", lambda: settings)


@pytest.mark.usefixtures("no_mailbox")
def test_each_says_what_it_came_to():
    with using(a_desk()):
        said = [
            task.fn().sentence
            for task in (
                housekeeping.end_offers,
                housekeeping.remind_clients,
                housekeeping.send_due,
                housekeeping.read_reports,
                housekeeping.sweep_clones,
            )
        ]

    assert [sentence.split()[0] for sentence in said] == ["No", "Nobody", "No", "No", "Nothing"]


def test_last_word_is_the_runs_and_each_uncertain_mail_an_event(monkeypatch):
    events = []
    monkeypatch.setattr(housekeeping, "get_run_logger", lambda: logging.getLogger("run"))
    monkeypatch.setattr(housekeeping, "emit_event", lambda event, resource: events.append((event, resource)))
    with using(a_desk(mails=True)) as desk:
        desk.mailer.failures = [Undelivered(MessageState.UNCERTAIN, "silence")]
        mail = in_outbox(desk.store)

        state = housekeeping.said(housekeeping.send_due.fn())

    assert state.is_completed()
    assert state.message == "1 uncertain."
    assert events == [("clientdesk.mail.uncertain", {"prefect.resource.id": f"clientdesk.mail.{mail.id}"})]


def test_nothing_uncertain_is_no_event(monkeypatch):
    monkeypatch.setattr(housekeeping, "get_run_logger", lambda: logging.getLogger("run"))
    monkeypatch.setattr(housekeeping, "emit_event", lambda *_: pytest.fail("told"))

    assert housekeeping.said(Done("Nothing.")).message == "Nothing."


def test_mailbox_that_is_configured_is_read_for_the_last_thirty_days(monkeypatch, tmp_path):
    box = {"CLIENTDESK_IMAP_HOST": "imap.example", "CLIENTDESK_IMAP_USER": "u", "CLIENTDESK_IMAP_PASSWORD": "p"}
    settings = read_settings({"CLIENTDESK_HOME": str(tmp_path), **box}, tmp_path)
    asked = []

    class NoReports:
        def notices(self):
            return ()

    monkeypatch.setattr(housekeeping, "the_settings", lambda: settings)
    monkeypatch.setattr(housekeeping, "reports_of", lambda *how: asked.append(how) or NoReports())
    with using(a_desk()) as desk:
        said = housekeeping.read_reports.fn().sentence

    assert said == "Nothing came back. 0 delayed, 0 not ours."
    assert asked == [(settings, None, desk.today() - timedelta(days=30))]
