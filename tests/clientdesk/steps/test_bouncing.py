"""Delivery reports: what came back is marked, once, and strangers change nothing else."""

from dataclasses import replace

import pytest
from fakes.business import NOW, in_outbox
from fakes.desk import a_desk

from clientdesk.ports.mail import BounceNotice, DeliveryAction, MessageState
from clientdesk.steps.bouncing import record_bounces

S = MessageState


def gone_out(desk, state=S.SENT):
    mail = in_outbox(desk.store)
    desk.store.claim(mail.id, NOW)
    return desk.store.settle(mail.id, state, "250 taken", NOW)


def notice(mail, **more):
    wanted = BounceNotice(
        "report.eml",
        DeliveryAction.FAILED,
        ("<other@x.example>", mail.message_id),
        mail.key.recipient,
        "5.1.1",
        "no such user",
    )
    return replace(wanted, **more)


@pytest.mark.parametrize("state", [S.SENT, S.UNCERTAIN])
def test_mail_that_came_back_is_bounced_with_the_servers_words(state):
    desk = a_desk()
    mail = gone_out(desk, state)

    found = record_bounces(desk, [notice(mail)])

    (bounced,) = found.bounced
    assert (bounced.id, bounced.state) == (mail.id, S.BOUNCED)
    assert bounced.detail == "5.1.1 no such user (report: report.eml)"


def test_same_report_again_changes_nothing():
    desk = a_desk()
    mail = gone_out(desk)
    record_bounces(desk, [notice(mail)])

    again = record_bounces(desk, [notice(mail)])

    assert (again.bounced, [each.id for each in again.known]) == ((), [mail.id])


def test_delayed_mail_is_still_on_its_way():
    desk = a_desk()
    mail = gone_out(desk)

    found = record_bounces(desk, [notice(mail, action=DeliveryAction.DELAYED)])

    assert found.delayed == (mail,)
    assert desk.store.message(mail.id).state is S.SENT


def test_forwarded_mail_that_came_back_names_where_it_went():
    desk = a_desk()
    mail = gone_out(desk)

    (bounced,) = record_bounces(desk, [notice(mail, recipient="nora@elsewhere.example")]).bounced

    assert bounced.detail.startswith("for nora@elsewhere.example: 5.1.1")


def test_report_about_another_mail_is_said_to_be_so():
    desk = a_desk()
    stray = notice(gone_out(desk), message_ids=("<other@x.example>",))

    assert record_bounces(desk, [stray]).unmatched == (stray,)


def test_forged_report_about_a_mail_that_has_not_gone_out_marks_nothing():
    desk = a_desk()
    mail = in_outbox(desk.store)

    found = record_bounces(desk, [notice(mail)])

    assert (found.bounced, found.known) == ((), (mail,))
    assert desk.store.message(mail.id).state is S.APPROVED


def test_report_of_a_delivery_is_no_bounce():
    desk = a_desk()
    mail = gone_out(desk)

    assert record_bounces(desk, [notice(mail, action=DeliveryAction.OTHER)]).bounced == ()
