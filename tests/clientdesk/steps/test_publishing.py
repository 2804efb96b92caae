"""Sending happens whole or not at all, and twice is once."""

import hashlib
from email import message_from_bytes, policy

import pytest
from fakes.desk import a_call, a_desk
from fakes.onboarding import audited, onboarded

from clientdesk.domain.proposal import IllegalMove, ProposalState
from clientdesk.steps.intake import hold_intro_call
from clientdesk.steps.proposing import ask_account_lead, draft_proposal
from clientdesk.steps.publishing import outcome_of, send_proposal


@pytest.fixture
def approved():
    """A desk, and the id of a proposal that may be sent."""
    desk = a_desk()
    client = hold_intro_call(desk, a_call()).client
    draft = draft_proposal(desk, client, audited(desk, client, a_call()))
    ask_account_lead(desk, draft.proposal)
    return desk, draft.proposal


def test_mail_carries_the_very_pdf_that_is_kept(approved):
    desk, proposal = approved

    record, message = send_proposal(desk, proposal)

    pdf = desk.documents.kept[record.pdf]
    mail = message_from_bytes(desk.store.message(message).source, policy=policy.default)
    (attachment,) = mail.iter_attachments()
    assert attachment.get_content() == pdf
    assert attachment.get_filename() == "P-2026-0001.pdf"
    assert record.pdf_sha256 == hashlib.sha256(pdf).hexdigest()


def test_sending_twice_is_sending_once(approved):
    desk, proposal = approved

    first, second = send_proposal(desk, proposal), send_proposal(desk, proposal)

    assert first == second
    assert len(desk.store.messages()) == 1


def test_what_nobody_approved_is_not_sent():
    desk = a_desk()
    client = hold_intro_call(desk, a_call()).client
    draft = draft_proposal(desk, client, audited(desk, client, a_call()))

    with pytest.raises(IllegalMove):
        send_proposal(desk, draft.proposal)

    assert desk.store.messages() == ()
    assert not any("P-2026" in name for name in desk.documents.kept)


def test_letter_that_fails_gives_the_number_back(approved):
    desk, proposal = approved
    email, desk.press.email = desk.press.email, lambda *_: 1 / 0
    with pytest.raises(ZeroDivisionError):
        send_proposal(desk, proposal)
    assert desk.store.proposal(proposal).state is ProposalState.APPROVED

    desk.press.email = email
    record, _ = send_proposal(desk, proposal)

    assert record.number == "P-2026-0001"


def test_outcome_before_sending_shows_the_preview_and_no_mail(approved):
    desk, proposal = approved

    outcome = outcome_of(desk, proposal)

    assert (outcome.number, outcome.mail, outcome.mail_state) == ("", "", "")
    assert outcome.pdf.endswith(".draft.pdf")


def test_outcome_after_sending_speaks_to_the_team():
    outcome = onboarded(a_desk(), a_call()).proposal

    assert outcome.pdf == "memory:proposals/P-2026-0001.pdf"
    assert outcome.first_window.startswith("Tuesday ")
    assert outcome.price.startswith("€")
