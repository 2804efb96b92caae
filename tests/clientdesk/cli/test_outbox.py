"""`clientdesk outbox`: what a person does about mails."""

import pytest
from fakes.command import refused, said
from fakes.desk import a_desk
from fakes.offers import an_offer, an_order
from fakes.reports import report

from clientdesk.ports.mail import MessageState

S = MessageState


@pytest.fixture
def draft():
    """A desk, and the confirmation that waits for approval on it."""
    desk, _ = an_order()
    return desk, desk.store.messages(S.DRAFT)[0]


def test_mails_are_listed_and_can_be_picked_by_state(draft):
    desk, mail = draft

    assert len(said(desk, "outbox", "list").splitlines()) == 2
    assert said(desk, "outbox", "list", "--state", "draft").startswith(mail.id[:8])
    assert "is none of draft, previewed" in refused(desk, "outbox", "list", "--state", "lost")
    assert said(a_desk(), "outbox", "list") == "no mail\n"


def test_draft_is_looked_at_approved_by_its_hash_and_kept_for_sending(draft):
    desk, mail = draft

    said(desk, "outbox", "show", mail.id)
    assert desk.store.message(mail.id).state is S.PREVIEWED
    assert "look at it again" in refused(desk, "outbox", "approve", mail.id, "--sha256", "0" * 64)
    said(desk, "outbox", "approve", mail.id, "--sha256", mail.sha256, "--by", "Max Lead")

    assert desk.store.message(mail.id).state is S.APPROVED
    assert "no mail server is set" in said(desk, "outbox", "send")


def test_what_is_due_goes_out_once():
    desk, _ = an_offer(mails=True)

    assert said(desk, "outbox", "send") == "no mail is due\n"
    assert len(desk.mailer.delivered) == 1


def test_mail_is_sent_by_name(draft):
    desk, mail = draft
    said(desk, "outbox", "approve", mail.id)

    assert "in the outbox" in said(desk, "outbox", "send", mail.id)
    assert mail.message_id in desk.outbox.filed


def test_mail_is_kept_from_going_out(draft):
    desk, mail = draft

    assert "rejected by Max: they called" in said(
        desk, "outbox", "reject", mail.id, "--why", "they called", "--by", "Max"
    )


def test_person_settles_an_uncertain_mail():
    desk, record = an_offer()
    (mail,) = desk.store.messages()
    desk.store.claim(mail.id, desk.clock.now())
    desk.store.settle(mail.id, S.UNCERTAIN, "silence", desk.clock.now())

    assert "--sent or --not-sent" in refused(desk, "outbox", "resolve", mail.id, "--why", "x")
    assert desk.store.message(mail.id).state is S.UNCERTAIN
    told = said(desk, "outbox", "resolve", mail.id, "--sent", "--why", "Nora has it", "--by", "Max")

    assert "sent: it arrived, says Max: Nora has it" in told
    assert record.number in desk.store.message(mail.id).key.version


def test_uncertain_mail_that_did_not_arrive_is_due_again():
    desk, _ = an_offer()
    (mail,) = desk.store.messages()
    desk.store.claim(mail.id, desk.clock.now())
    desk.store.settle(mail.id, S.UNCERTAIN, "silence", desk.clock.now())

    said(desk, "outbox", "resolve", mail.id, "--not-sent", "--why", "Nora has nothing")

    assert desk.store.message(mail.id).state is S.RETRYABLE


def test_bounces_of_a_folder_are_marked_and_strangers_are_named(tmp_path, monkeypatch):
    monkeypatch.setenv("CLIENTDESK_HOME", str(tmp_path / "home"))
    desk, _ = an_offer(mails=True)
    (mail,) = desk.store.messages()
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.eml").write_bytes(report(original=mail.message_id, recipient=mail.key.recipient))
    (reports / "b.eml").write_bytes(report(recipient="x@elsewhere.example"))

    told = said(desk, "outbox", "bounces", str(reports))

    assert desk.store.message(mail.id).state is S.BOUNCED
    assert "not ours: b.eml, x@elsewhere.example" in told
    assert told.endswith("2 read: 1 bounced now, 0 settled before\n")
    assert said(desk, "outbox", "bounces", str(reports)).endswith("2 read: 0 bounced now, 1 settled before\n")


def test_mail_that_is_not_there_is_refused():
    assert "see: clientdesk outbox list" in refused(a_desk(), "outbox", "show", "nothing")
