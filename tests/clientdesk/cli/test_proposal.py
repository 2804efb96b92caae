"""`clientdesk proposal`: each move by name, and the domain's sentence where one is not possible."""

import pytest
from fakes.command import refused, said
from fakes.desk import NO, YES, a_call, a_desk
from fakes.offers import an_offer, an_order
from fakes.onboarding import onboarded, only_proposal

from clientdesk.domain.proposal import ProposalState
from clientdesk.ports.mail import MessageState

S = ProposalState


@pytest.fixture
def in_review():
    """A desk, and a proposal that nobody has approved yet."""
    desk = a_desk(None, YES, NO, mails=True)
    done = onboarded(desk, a_call())
    return desk, only_proposal(desk, done.brief.client)


def test_proposals_are_listed_and_can_be_picked_by_state(in_review):
    desk, record = in_review

    assert record.id[:8] in said(desk, "proposal", "list")
    assert "no proposal" in said(desk, "proposal", "list", "--state", "sent")
    assert "is none of draft, in_review" in refused(desk, "proposal", "list", "--state", "lost")


def test_proposal_is_approved_and_sent_in_the_name_of_who_did_it(in_review):
    desk, record = in_review

    said(desk, "proposal", "approve", record.id, "--by", "Max Lead", "--why", "fine")
    sent = said(desk, "proposal", "send", record.id, "--by", "Max Lead")

    assert sent.startswith("P-2026-0001: sent; e-mail: sent: 250 taken")
    assert [(move.after, move.by) for move in desk.store.moves_of(record.id)][-2:] == [
        (S.APPROVED, "Max Lead"),
        (S.SENT, "Max Lead"),
    ]


def test_sending_again_sends_nothing_twice(in_review):
    desk, record = in_review
    said(desk, "proposal", "approve", record.id)

    first, second = (said(desk, "proposal", "send", record.id) for _ in range(2))

    assert first == second
    assert len(desk.mailer.delivered) == 1


def test_what_nobody_approved_is_not_sent(in_review):
    desk, record = in_review

    words = refused(desk, "proposal", "send", record.id)

    assert (
        words == "a proposal that is in review can't become sent: from here it can become approved, draft or withdrawn"
    )


def test_draft_whose_window_ran_out_is_not_sent(in_review):
    desk, record = in_review
    said(desk, "proposal", "approve", record.id)
    desk.clock.advance(days=15)

    assert "revise it, which renews it" in refused(desk, "proposal", "send", record.id)
    assert desk.store.proposal(record.id).state is S.APPROVED


def test_no_is_kept_and_its_thanks_are_drafted():
    desk, record = an_offer()

    told = said(desk, "proposal", "decline", record.number, "--by", "Nora Feld", "--why", "no budget")

    assert "P-2026-0001: declined; its window is free again" in told
    mail = desk.store.messages()[-1]
    assert f"clientdesk outbox show {mail.id[:8]}" in told
    assert (mail.key.purpose, mail.state) == ("declined", MessageState.DRAFT)


def test_offer_is_taken_back_with_a_reason():
    desk, record = an_offer()

    assert "withdrawn" in said(desk, "proposal", "withdraw", record.number, "--why", "no staff")
    assert "Missing option '--why'" in refused(desk, "proposal", "withdraw", record.number)


def test_offers_that_ran_out_end_and_are_named():
    desk, record = an_offer()
    assert said(desk, "proposal", "expire") == "no offer has run out\n"
    desk.clock.advance(days=31)

    assert said(desk, "proposal", "expire") == f"P-2026-0001: expired; it was valid until {record.valid_until}\n"
    assert said(desk, "proposal", "expire") == "no offer has run out\n"


def test_reminders_are_drafted_once_and_what_is_passed_over_is_said():
    desk, _ = an_offer(mails=True)
    assert said(desk, "proposal", "remind") == "no offer is near its last day\n"
    desk.clock.advance(days=25)

    assert said(desk, "proposal", "remind").startswith("drafted: reminder to nora.feld@harbour.example")
    assert said(desk, "proposal", "remind") == "passed over: P-2026-0001, reminded already\n"


@pytest.mark.parametrize("command", [("decline", "--by", "N", "--why", "x"), ("withdraw", "--why", "x"), ("approve",)])
def test_moves_that_are_not_possible_are_refused_with_what_is(command):
    desk, record = an_order()
    move, *options = command

    assert "only a new proposal can follow" in refused(desk, "proposal", move, record.number, *options)


def test_proposal_that_is_not_there_is_refused():
    assert "see: clientdesk proposal list" in refused(a_desk(), "proposal", "show", "P-2026-0099")
