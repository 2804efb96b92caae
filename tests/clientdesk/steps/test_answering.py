"""The client's answer: a yes needs its proof and brings its window, a no frees it."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from fakes.business import tuesday
from fakes.desk import NO, YES, a_call, a_desk
from fakes.offers import a_yes, an_offer, an_order
from fakes.onboarding import onboarded, only_proposal
from fakes.windows import room

from clientdesk.domain.proposal import IllegalMove, NoLongerValid, ProposalState
from clientdesk.ports.mail import MessageState
from clientdesk.ports.records import AnotherDocument
from clientdesk.steps.answering import Evidence, Unproven, accept, answer_mail, decline, withdraw
from clientdesk.steps.publishing import kept_proposal

S = ProposalState
BERLIN = ZoneInfo("Europe/Berlin")


def test_yes_books_the_window_that_was_offered_and_drafts_the_confirmation():
    desk, record = an_offer()

    done = accept(desk, record, a_yes(desk), "Max Lead")

    assert done.proposal.state is S.ACCEPTED
    assert done.window.window == kept_proposal(desk, record).offer.first
    mail = answer_mail(desk, done.proposal, "accepted")
    assert (mail.state, mail.key.recipient) == (MessageState.DRAFT, "nora.feld@harbour.example")
    assert b"Nora Feld" in mail.source


def test_yes_keeps_who_when_how_and_on_whose_evidence():
    desk, record = an_offer()

    given = accept(desk, record, a_yes(desk), "Max Lead").acceptance

    assert (given.by, given.how, given.evidence, given.recorded_by) == ("Nora Feld", "mail", "We accept.", "Max Lead")
    assert (given.at, given.recorded_at) == (desk.clock.now(), desk.clock.now())
    assert given.pdf_sha256 == record.pdf_sha256


def test_file_as_evidence_is_kept_under_a_name_of_our_own_with_its_hash():
    desk, record = an_offer()
    scan = Evidence(file_name="../../etc/passwd.PDF", content=b"%PDF scan")

    given = accept(desk, record, a_yes(desk, evidence=scan), "Max Lead").acceptance

    assert given.evidence_sha256 == hashlib.sha256(b"%PDF scan").hexdigest()
    assert given.evidence == f"acceptances/{record.number}-{given.evidence_sha256[:16]}.pdf"
    assert desk.documents.get(given.evidence) == b"%PDF scan"


def test_copy_of_the_pdf_that_was_sent_is_taken_and_another_is_refused():
    desk, record = an_offer()

    with pytest.raises(AnotherDocument, match="not the one that was sent"):
        accept(desk, record, a_yes(desk, pdf=b"%PDF another"), "Max Lead")

    assert desk.store.proposal(record.id).state is S.SENT
    assert accept(desk, record, a_yes(desk, pdf=desk.documents.get(record.pdf)), "Max").proposal.state is S.ACCEPTED


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"by": " "}, "names who gave it"),
        ({"how": ""}, "how"),
        ({"evidence": Evidence("  ")}, "evidence"),
    ],
)
def test_yes_without_its_proof_is_refused(said, words):
    desk, record = an_offer()

    with pytest.raises(Unproven, match=words):
        accept(desk, record, a_yes(desk, **said), "Max Lead")


def test_yes_from_the_future_or_from_before_the_sending_is_refused():
    desk, record = an_offer()

    for away, words in ((timedelta(hours=1), "yet to come"), (-timedelta(hours=1), "can't be accepted before that")):
        with pytest.raises(Unproven, match=words):
            accept(desk, record, a_yes(desk, at=desk.clock.now() + away), "Max Lead")


def test_yes_at_one_minute_to_midnight_of_the_last_day_counts_and_one_at_midnight_does_not():
    for minutes, is_taken in ((-1, True), (0, False)):
        desk, record = an_offer()
        midnight = datetime(record.valid_until.year, record.valid_until.month, record.valid_until.day, tzinfo=BERLIN)
        desk.clock.advance(days=40)
        yes = a_yes(desk, at=midnight + timedelta(days=1, minutes=minutes))

        if is_taken:
            assert accept(desk, record, yes, "Max").proposal.state is S.ACCEPTED
        else:
            with pytest.raises(NoLongerValid):
                accept(desk, record, yes, "Max")


def test_yes_after_the_hold_ran_out_books_the_next_day_that_leaves_the_notice():
    desk, record = an_offer()
    offered = kept_proposal(desk, record).offer.first
    desk.clock.advance(days=25)

    done = accept(desk, record, a_yes(desk), "Max Lead")

    assert done.window.window.day > offered.day
    assert done.window.window.day.weekday() == 1
    assert done.window.window.day >= desk.calendar.add_business_days(desk.today(), 10)


def test_day_that_was_offered_is_kept_where_it_is_still_free_and_leaves_the_notice():
    desk, record = an_offer()
    offered = kept_proposal(desk, record).offer
    later = datetime(2026, 3, 24, 9, tzinfo=BERLIN)  # a Tuesday, the hold ran out the day before
    desk.clock.advance(seconds=(later - desk.clock.now()).total_seconds())
    assert desk.today() > offered.answer_by

    done = accept(desk, record, a_yes(desk), "Max Lead")

    assert done.window.window == offered.first


def test_no_free_day_is_said_and_does_not_cost_the_yes():
    desk, record = an_offer()
    desk.clock.advance(days=25)
    _fill(desk)

    done = accept(desk, record, a_yes(desk), "Max Lead")

    assert done.proposal.state is S.ACCEPTED
    assert (done.window, "room" in done.window_note) == (None, True)


def _fill(desk):
    """Other clients take every Tuesday of the next year."""
    until = desk.clock.now() + timedelta(days=400)
    for place in range(120):
        client = desk.store.register(a_call_of(f"Client {place}"), desk.clock.now()).id
        week = (tuesday(place // 2 + 2),)
        desk.store.hold_window(client, week, room(8, 16), until, desk.clock.now())


def a_call_of(company):
    return replace(a_call(), company=company)


def test_letter_that_can_not_be_written_leaves_the_offer_open():
    desk, record = an_offer()
    desk.press.email = None  # whatever goes wrong in there

    with pytest.raises(TypeError):
        accept(desk, record, a_yes(desk), "Max Lead")

    assert desk.store.proposal(record.id).state is S.SENT
    assert desk.store.accepted(record.id) is None


def test_no_keeps_its_reason_frees_the_window_and_drafts_the_thanks():
    desk, record = an_offer()

    declined = decline(desk, record, "Nora Feld", "The budget is closed until July.")

    assert declined.state is S.DECLINED
    last = desk.store.moves_of(record.id)[-1]
    assert (last.by, last.why) == ("Nora Feld", "The budget is closed until July.")
    assert answer_mail(desk, declined, "declined").state is MessageState.DRAFT
    offered = kept_proposal(desk, record).offer.first
    client = desk.store.register(a_call_of("Next Ltd"), desk.clock.now()).id
    until = desk.clock.now() + timedelta(days=1)
    assert desk.store.hold_window(client, (offered,), room(), until, desk.clock.now()).window == offered


def test_withdrawn_offer_is_not_mailed_any_more():
    desk, record = an_offer()

    withdraw(desk, record, "Max Lead", "We can't staff it.")

    (mail,) = desk.store.messages()
    assert (mail.state, "withdrawn" in mail.detail) == (MessageState.REJECTED, True)


@pytest.mark.parametrize("move", ["accept", "decline", "withdraw"])
def test_answer_to_what_was_answered_is_refused_with_what_is_possible(move):
    desk, record = an_order()
    again = {
        "accept": lambda: accept(desk, record, a_yes(desk), "Max"),
        "decline": lambda: decline(desk, record, "Nora", "no"),
        "withdraw": lambda: withdraw(desk, record, "Max", "no"),
    }

    with pytest.raises(IllegalMove, match="only a new proposal can follow"):
        again[move]()


def test_draft_is_not_answered():
    desk = a_desk(None, YES, NO)
    done = onboarded(desk, a_call())
    record = only_proposal(desk, done.brief.client)

    with pytest.raises(IllegalMove, match="can't become accepted"):
        accept(desk, record, a_yes(desk), "Max")
