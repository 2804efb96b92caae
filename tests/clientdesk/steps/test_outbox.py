"""A mail lies where a person can open it, and goes out once where there is a server."""

from dataclasses import replace

import pytest
from fakes.business import NOW, a_mail, in_outbox
from fakes.desk import a_desk
from fakes.offers import an_offer

from clientdesk.domain.proposal import IllegalMove
from clientdesk.ports.mail import MessageState, Undelivered
from clientdesk.steps.answering import withdraw
from clientdesk.steps.outbox import NotApproved, approve, deliver_mail, in_a_word, preview, reject, resolve, send_due

S = MessageState


def test_mail_is_filed_before_it_is_handed_over():
    desk = a_desk(mails=True)
    desk.mailer.failures = [Undelivered(MessageState.UNCERTAIN, "no answer after the final dot")]
    message = in_outbox(desk.store)

    mail = deliver_mail(desk, message.id)

    assert list(desk.outbox.filed) == [message.message_id]
    assert in_a_word(desk, mail) == "uncertain: no answer after the final dot"


def test_mail_goes_out_once_however_often_it_is_asked_for():
    desk = a_desk(mails=True)
    message = in_outbox(desk.store)

    states = [deliver_mail(desk, message.id).state for _ in range(3)]

    assert states == [MessageState.SENT] * 3
    assert len(desk.mailer.delivered) == 1


@pytest.mark.parametrize("mails", [True, False])
def test_word_says_whether_a_server_is_set(mails):
    desk = a_desk(mails=mails)

    word = in_a_word(desk, in_outbox(desk.store))

    assert ("no mail server is set" in word) is not mails


def a_draft(desk, purpose="reminder"):
    mail = a_mail("draft")
    return desk.store.add_message(
        replace(mail, key=replace(mail.key, document="note", purpose=purpose), state=S.DRAFT), NOW
    )


def test_draft_that_was_looked_at_is_previewed_and_lies_in_a_file_but_not_in_the_outbox():
    desk = a_desk()
    mail = a_draft(desk)

    seen, place = preview(desk, mail, "Max")

    assert (seen.state, place) == (S.PREVIEWED, f"memory:previews/{mail.id}.eml")
    assert preview(desk, seen, "Max")[0] == seen
    assert desk.outbox.filed == {}


def test_mail_that_was_approved_is_shown_where_it_lies_in_the_outbox():
    desk = a_desk()
    mail = in_outbox(desk.store)

    assert preview(desk, mail, "Max") == (mail, f"memory:outbox/{mail.message_id}.eml")


def test_approval_is_of_the_hash_of_the_whole_mail_and_names_who_gave_it():
    desk = a_desk(mails=True)
    mail = a_draft(desk)

    approved = approve(desk, mail, mail.sha256[:12], "Max Lead")

    assert approved.state is S.APPROVED
    assert desk.store.message_moves(mail.id)[-1].detail == f"approved by Max Lead, SHA-256 {mail.sha256}"
    assert [each.state for each in send_due(desk)] == [S.SENT]


@pytest.mark.parametrize(("sha256", "by"), [("0" * 64, "Max"), ("abc", "Max"), ("", " ")])
def test_another_hash_or_nobody_approves_nothing(sha256, by):
    desk = a_desk(mails=True)
    mail = a_draft(desk)

    with pytest.raises(NotApproved):
        approve(desk, mail, sha256, by)

    assert send_due(desk) == ()


def test_mail_approved_already_is_not_approved_again():
    desk = a_desk()

    with pytest.raises(IllegalMove, match="only a draft"):
        approve(desk, in_outbox(desk.store), "", "Max")


def test_draft_does_not_go_out():
    desk = a_desk(mails=True)
    mail = a_draft(desk)

    assert send_due(desk) == ()
    assert deliver_mail(desk, mail.id).state is S.DRAFT


def test_rejected_mail_stays_here_and_one_that_went_out_is_not_rejected():
    desk = a_desk(mails=True)
    mail = in_outbox(desk.store)

    rejected = reject(desk, mail, "Max", "they called")

    assert (rejected.state, rejected.detail) == (S.REJECTED, "rejected by Max: they called")
    assert send_due(desk) == ()
    with pytest.raises(IllegalMove, match="not gone out"):
        reject(desk, rejected, "Max", "again")


def test_what_a_dead_sender_left_behind_is_named_uncertain_before_anything_is_sent():
    desk = a_desk(mails=True)
    mail = in_outbox(desk.store)
    desk.store.claim(mail.id, desk.clock.now())
    desk.clock.advance(hours=1)

    assert [(each.id, each.state) for each in send_due(desk)] == [(mail.id, S.UNCERTAIN)]
    assert desk.mailer.delivered == []


def uncertain(desk):
    mail = in_outbox(desk.store)
    desk.store.claim(mail.id, NOW)
    return desk.store.settle(mail.id, S.UNCERTAIN, "silence", NOW)


def test_person_says_that_an_uncertain_mail_arrived():
    desk = a_desk(mails=True)

    resolved = resolve(desk, uncertain(desk), was_sent=True, by="Max", why="Nora has it")

    assert (resolved.state, resolved.detail) == (S.SENT, "it arrived, says Max: Nora has it")


def test_person_says_that_it_did_not_and_it_is_tried_again():
    desk = a_desk(mails=True)
    mail = uncertain(desk)

    resolve(desk, mail, was_sent=False, by="Max", why="Nora has nothing")

    assert [(each.id, each.state) for each in send_due(desk)] == [(mail.id, S.SENT)]


@pytest.mark.parametrize(("by", "why"), [("", "why"), ("Max", " ")])
def test_nobody_resolves_a_mail_without_name_and_reason(by, why):
    desk = a_desk(mails=True)

    with pytest.raises(NotApproved):
        resolve(desk, uncertain(desk), was_sent=True, by=by, why=why)


@pytest.mark.parametrize("state", [S.DRAFT, S.SENDING, S.SENT])
def test_mail_whose_fate_is_known_is_not_resolved(state):
    desk = a_desk(mails=True)
    mail = a_draft(desk) if state is S.DRAFT else in_outbox(desk.store)
    if state is not S.DRAFT:
        desk.store.claim(mail.id, NOW)
    if state is S.SENT:
        desk.store.settle(mail.id, state, "250", NOW)

    with pytest.raises(IllegalMove):
        resolve(desk, desk.store.message(mail.id), was_sent=False, by="Max", why="because")


def test_without_a_mail_server_somebody_says_that_it_was_sent_by_hand():
    desk = a_desk(mails=False)

    resolved = resolve(desk, in_outbox(desk.store), was_sent=True, by="Max", why="from my own program")

    assert (resolved.state, resolved.detail) == (S.SENT, "sent by hand, says Max: from my own program")


def test_mail_held_back_because_its_offer_ended_is_not_tried_again():
    desk, record = an_offer()
    withdraw(desk, record, "Max", "no staff")
    (mail,) = desk.store.messages()

    with pytest.raises(IllegalMove, match="send a revision instead"):
        resolve(desk, mail, was_sent=False, by="Max", why="after all")
