"""A mail whose fate is uncertain, under a real `clientdesk up`, and what becomes of it, with real servers around it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
import trustme
from cluster.mailbox import PASSWORD, USER, mailbox
from cluster.runs import intake, start
from cluster.waiting import until
from fakes.hook import a_hook
from fakes.mail_server import CLOSE, BadServer
from fakes.reports import report
from fakes.team import CLIENTDESK, Team, a_team_at_work

from clientdesk.adapters.store import SqlStore
from clientdesk.ports.mail import Message

pytestmark = [
    pytest.mark.services,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not os.environ.get("CLIENTDESK_TEST_CLUSTER"), reason="set CLIENTDESK_TEST_CLUSTER=yes"),
]


@dataclass
class Story:
    """What was seen on the way: `told` in the channel, `listed` by `outbox list`, `taken` by the mail server."""

    subject: str = ""
    told: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    taken: int = 0
    marked_as_read: list[str] = field(default_factory=list)


@contextmanager
def surroundings(folder) -> Iterator[tuple]:
    """A mail server that breaks off after the text, a channel, a mailbox, and the team between them."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    with BadServer(DOT=CLOSE) as post, a_hook() as (channel, told), mailbox(authority) as box:
        settings = {
            "CLIENTDESK_SMTP_PORT": str(post.port),
            "CLIENTDESK_NOTICE_SLACK_URL": channel,
            "CLIENTDESK_IMAP_HOST": "127.0.0.1",
            "CLIENTDESK_IMAP_PORT": str(box.port),
            "CLIENTDESK_IMAP_USER": USER,
            "CLIENTDESK_IMAP_PASSWORD": PASSWORD,
            "SSL_CERT_FILE": str(folder / "authority.pem"),
        }
        with a_team_at_work(folder, **settings) as team:
            yield team, post, told, box


@pytest.fixture(scope="module")
def story(tmp_path_factory) -> Story:
    """The mail that an audit is done: uncertain, settled by a person, and come back."""
    seen = Story()
    with surroundings(tmp_path_factory.mktemp("team")) as (team, post, told, box):
        audited(team)
        (mail,) = until(lambda: mails(team, "audit-finished"), 60, "the mail")
        seen.subject = mail.subject
        seen.listed.append(said_by(team, "outbox", "list"))
        until(lambda: told, 300, "the notice")
        carried_out(team, "send-mail", "tell-team")
        seen.taken = post.taken
        said_by(team, "outbox", "resolve", mail.id[:8], "--sent", "--why", "It lies in the inbox.")
        box.arrives(report(original=mail.message_id, recipient=mail.key.recipient))
        carried_out(team, "read-bounces", "read-bounces", "tell-team")
        seen.listed.append(said_by(team, "outbox", "list"))
        seen.told = [json.loads(each)["text"] for each in told]
        seen.marked_as_read = box.seen
    return seen


def audited(team: Team) -> None:
    carried_out(team, "intro-call", **intake("Harbour GmbH", "nora@harbour.example", [team.repository]))
    audit = {"client": "Harbour GmbH", "repository": {"address": team.repository}}
    carried_out(team, "light-audit", **audit)


def carried_out(team: Team, *deployments: str, **parameters: object) -> None:
    """One after the other. One whose schedule was quicker is cancelled, and started anew."""
    for deployment in deployments:
        until(lambda name=deployment: start(team, name, parameters).is_over() == "COMPLETED", 120, deployment, every=2)


def mails(team: Team, purpose: str) -> list[Message]:
    store = SqlStore(f"sqlite:///{team.home / 'clientdesk.db'}")
    try:
        return [each for each in store.messages() if each.key.purpose == purpose]
    finally:
        store.close()


def said_by(team: Team, *words: str) -> str:
    done = subprocess.run([CLIENTDESK, *words], env=team.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_mail_without_an_answer_is_shown_as_uncertain_and_not_sent_again(story):
    assert "uncertain" in story.listed[0]
    assert story.taken == 1


def test_team_hears_once_of_each_thing_that_happened_to_it(story):
    assert len(story.told) == 2
    assert "Nobody knows whether a mail went out" in story.told[0]
    assert "A mail came back" in story.told[1]
    assert all(story.subject[:20] in text for text in story.told), story


def test_report_in_the_mailbox_marks_it_as_bounced_and_is_left_unread(story):
    assert "bounced" in story.listed[1]
    assert "uncertain" not in story.listed[1]
    assert story.marked_as_read == []
