"""Reports in a mailbox: read over TLS, and left as they are."""

import ssl
from datetime import date

import pytest
import trustme
from fakes.imap_server import ImapServer
from fakes.replies import reply_mail
from fakes.reports import ORIGINAL, report

from clientdesk.adapters.report_mailbox import ReportMailbox
from clientdesk.ports.mail import NoReports

MARCH = date(2026, 3, 1)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def serving(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    holiday = b"Subject: away\r\n\r\nBack on Monday\r\n"
    mails = [report(), holiday, report(recipient="b@harbour.example"), reply_mail(uid="w-1")]
    with ImapServer(mails, context).running() as server:
        yield server


def reader(server, authority, **more):
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    wanted = {"password": "s3cret", "since": MARCH, "trusted": trusted, **more}
    return ReportMailbox("127.0.0.1", server.port, "desk", wanted.pop("password"), **wanted)


def test_reports_are_read_and_the_mailbox_is_left_as_it_is(serving, authority):
    notices = reader(serving, authority).notices()

    assert [(each.place, each.recipient) for each in notices] == [
        ("INBOX 1", "nora@harbour.example"),
        ("INBOX 3", "b@harbour.example"),
    ]
    assert notices[0].message_ids[0] == ORIGINAL
    verbs = {command.split()[0] for command in serving.commands}
    assert verbs == {"CAPABILITY", "LOGIN", "EXAMINE", "SEARCH", "FETCH", "LOGOUT"}
    assert all("PEEK" in command for command in serving.commands if command.startswith("FETCH"))
    assert "SEARCH SINCE 1-Mar-2026 HEADER Content-Type report" in serving.commands


def test_answers_to_invitations_are_fetched_alone_and_the_mailbox_is_left_as_it_is(serving, authority):
    (reply,) = reader(serving, authority).replies()

    assert (reply.place, reply.uid) == ("INBOX 4", "w-1")
    fetched = [command for command in serving.commands if command.startswith("FETCH") and "PEEK" in command]
    assert [command.split()[1] for command in fetched] == ["4"]
    assert "SEARCH SINCE 1-Mar-2026" in serving.commands
    assert {command.split()[0] for command in serving.commands} == {
        "CAPABILITY",
        "LOGIN",
        "EXAMINE",
        "SEARCH",
        "FETCH",
        "LOGOUT",
    }


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"password": "wrong"}, "wrong password"),
        ({"mailbox": "Archive"}, "no such mailbox"),
        ({"mailbox": "Entwürfe"}, "not plain ASCII"),
        ({"mailbox": "INBOX\r\nA1 DELETE INBOX"}, "not plain ASCII"),
    ],
)
def test_mailbox_that_can_not_be_opened_is_refused_with_the_reason(serving, authority, more, words):
    with pytest.raises(NoReports, match=words):
        reader(serving, authority, **more).notices()


def test_server_that_can_not_show_who_it_is_gets_no_password(serving):
    stranger = ssl.create_default_context()

    with pytest.raises(NoReports, match="certificate"):
        ReportMailbox("127.0.0.1", serving.port, "desk", "s3cret", since=MARCH, trusted=stranger).notices()

    assert serving.commands == []


def test_server_that_does_not_answer_is_refused():
    with pytest.raises(NoReports, match=r"127\.0\.0\.1:1"):
        ReportMailbox("127.0.0.1", 1, "desk", "s3cret", since=MARCH).notices()
