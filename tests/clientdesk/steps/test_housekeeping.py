"""What is looked after at fixed times: said in a sentence, and nothing twice."""

from fakes.business import in_outbox
from fakes.desk import a_desk
from fakes.offers import an_offer

from clientdesk.domain.proposal import ProposalState
from clientdesk.ports.mail import BounceNotice, DeliveryAction, MessageState, Undelivered
from clientdesk.steps.housekeeping import end_offers, read_bounces, remind_clients, send_mail, sweep_clones


class ListReports:
    def __init__(self, *notices):
        self._notices = notices

    def notices(self):
        return self._notices


def test_offer_that_ran_out_is_ended_once_however_late_the_run_comes():
    desk, record = an_offer()
    desk.clock.advance(days=90)

    assert [end_offers(desk).sentence for _ in range(2)] == [f"Ended: {record.number}.", "No offer has run out."]
    assert desk.store.proposal(record.id).state is ProposalState.EXPIRED


def test_client_near_the_last_day_is_reminded_by_a_draft():
    desk, record = an_offer(mails=True)
    desk.clock.advance(days=25)

    first, second = remind_clients(desk).sentence, remind_clients(desk).sentence

    assert first.startswith("Drafted for nora.feld@")
    assert second == f"Nobody to remind. Passed over: {record.number}: reminded already."
    assert [mail.state for mail in desk.store.messages(MessageState.DRAFT)] == [MessageState.DRAFT]


def test_mail_that_was_put_off_goes_out_when_it_is_due_and_not_before():
    desk = a_desk(mails=True)
    desk.mailer.failures = [Undelivered(MessageState.RETRYABLE, "421 later")]
    in_outbox(desk.store)

    said = [send_mail(desk).sentence]
    said.append(send_mail(desk).sentence)
    desk.clock.advance(minutes=1)
    said.append(send_mail(desk).sentence)
    said.append(send_mail(desk).sentence)

    assert said == ["1 retryable.", "No mail was due.", "1 sent.", "No mail was due."]
    assert len(desk.mailer.delivered) == 1


def test_mail_that_nobody_knows_the_fate_of_is_named():
    desk = a_desk(mails=True)
    desk.mailer.failures = [Undelivered(MessageState.UNCERTAIN, "silence")]
    mail = in_outbox(desk.store)

    assert send_mail(desk).uncertain == (mail.id,)


def test_without_a_mail_server_nothing_is_filed_again_and_again():
    desk = a_desk()
    in_outbox(desk.store)

    assert "No mail server" in send_mail(desk).sentence
    assert list(desk.outbox.filed) == []


def test_mail_that_came_back_is_marked_once():
    desk = a_desk(mails=True)
    mail = in_outbox(desk.store)
    send_mail(desk)
    report = BounceNotice(
        "1.eml", DeliveryAction.FAILED, (mail.message_id,), mail.key.recipient, "5.1.1", "no such user"
    )

    said = [read_bounces(desk, ListReports(report)).sentence for _ in range(2)]

    assert said[0] == f"Came back: {mail.key.recipient}. 0 delayed, 0 not ours."
    assert said[1] == "Nothing came back. 0 delayed, 0 not ours."
    assert desk.store.message(mail.id).state is MessageState.BOUNCED


def test_no_mailbox_is_said_and_no_error():
    assert "No mailbox" in read_bounces(a_desk(), None).sentence


def test_clones_left_behind_are_counted():
    desk = a_desk()
    desk.checkouts.left_behind = 2

    assert [sweep_clones(desk).sentence for _ in range(2)] == ["2 left behind, removed.", "Nothing was left behind."]
