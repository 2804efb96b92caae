"""What people say on a form: taken up whole, or sent back with what is wrong."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from fakes.desk import BOOKING, a_call, a_desk
from fakes.offers import an_offer, an_order
from fakes.onboarding import audited

from clientdesk.audit.judging import Course, Opinion, Verdict
from clientdesk.audit.result import Severity
from clientdesk.domain import releasing
from clientdesk.domain.answers import ClientAnswer
from clientdesk.domain.pricing import PlanKind
from clientdesk.domain.proposal import ProposalState
from clientdesk.domain.releasing import Release
from clientdesk.domain.revising import Change
from clientdesk.steps.auditing import kept_audit
from clientdesk.steps.hearing import (
    hear_account_lead,
    hear_client,
    hear_engineer,
    is_awaited,
    likely_answer,
    time_to_answer,
)
from clientdesk.steps.intake import hold_intro_call
from clientdesk.steps.proposing import draft_proposal
from clientdesk.steps.publishing import kept_proposal

LOW = Opinion("F-01", Severity.LOW, "test code")


def audits_on(desk, *addresses):
    call = a_call(*addresses)
    client = hold_intro_call(desk, call).client
    return client, audited(desk, client, call)


def a_draft():
    desk = a_desk()
    client, audits = audits_on(desk)
    return desk, draft_proposal(desk, client, audits).proposal


def release(course=releasing.Course.SEND, **changed):
    said = {"by": "Max", "why": "welcome", **changed}
    return Release(course, Change(**said), "Hello.")


def answer(desk, **said):
    return ClientAnswer(
        **{"is_yes": True, "by": "Nora", "on": desk.today(), "how": "mail", "words": "Yes.", "recorded_by": "Max"}
        | said
    )


def test_sign_off_keeps_the_severities_and_the_report_is_printed_again():
    desk = a_desk()
    _, (audit,) = audits_on(desk)
    before = kept_audit(desk, audit).findings[0].finding.severity

    heard = hear_engineer(desk, [audit], Verdict(Course.ACCEPT, "Ada", "fine", (LOW,)))

    assert (heard.is_final, heard.is_yes) == (True, True)
    report = kept_audit(desk, audit)
    assert next(e for e in report.findings if e.id == "F-01").finding.severity is Severity.LOW
    assert [(j.before, j.after) for j in report.sign_off.judgements] == [(before, Severity.LOW)]


def test_with_several_repositories_a_number_names_the_repository_too():
    desk = a_desk()
    _, audits = audits_on(desk, "https://git.example.com/harbour/shop.git", BOOKING)

    heard = hear_engineer(desk, audits, Verdict(Course.ACCEPT, "Ada", "", (Opinion("r2-f-01", Severity.LOW, "why"),)))

    assert heard.is_yes
    assert [len(desk.store.audit(audit).sign_off.judgements) for audit in audits] == [0, 1]


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict(Course.ACCEPT, " "), "fill in your name"),
        (Verdict(Course.ACCEPT, "Ada", "", (Opinion("F-99", Severity.LOW, "why"),)), "no finding 'F-99'"),
        (Verdict(Course.ACCEPT, "Ada", "", (Opinion("F-01", Severity.LOW, ""),)), "without a reason"),
    ],
)
def test_sign_off_that_cannot_be_kept_changes_nothing_and_is_asked_again(verdict, said):
    desk = a_desk()
    _, (audit,) = audits_on(desk)

    heard = hear_engineer(desk, [audit], verdict)

    assert (heard.is_final, said in heard.problem) == (False, True)
    assert desk.store.audit(audit).sign_off is None


def test_number_without_its_repository_is_refused_where_there_are_several():
    desk = a_desk()
    _, audits = audits_on(desk, "https://git.example.com/harbour/shop.git", BOOKING)

    assert "R1-F-01" in hear_engineer(desk, audits, Verdict(Course.ACCEPT, "Ada", "", (LOW,))).problem


@pytest.mark.parametrize(("course", "redo"), [(Course.REDO, True), (Course.STOP, False)])
def test_redo_and_stop_sign_nothing_off(course, redo):
    desk = a_desk()
    _, (audit,) = audits_on(desk)

    heard = hear_engineer(desk, [audit], Verdict(course, ""))

    assert (heard.is_final, heard.is_yes, heard.wants_redo) == (True, False, redo)
    assert desk.store.audit(audit).sign_off is None


def test_severities_change_what_the_proposal_rests_on():
    desk = a_desk()
    client, audits = audits_on(desk)
    first = draft_proposal(desk, client, audits).proposal

    hear_engineer(desk, audits, Verdict(Course.ACCEPT, "Ada", "", (Opinion("F-01", Severity.INFO, "known"),)))

    assert draft_proposal(desk, client, audits).proposal != first


def test_release_approves_what_was_shown_and_hands_the_letter_on():
    desk, proposal = a_draft()

    heard = hear_account_lead(desk, proposal, release())
    again = hear_account_lead(desk, proposal, release())

    assert (heard.is_final, heard.is_yes, heard.proposal, heard.letter) == (True, True, proposal, "Hello.")
    assert again == heard
    assert desk.store.proposal(proposal).state is ProposalState.APPROVED


def test_release_of_what_somebody_else_has_just_sent_is_what_was_asked_for():
    desk, sent = an_offer()

    heard = hear_account_lead(desk, sent.id, replace(release(), letter=""))

    assert (heard.is_final, heard.is_yes, heard.problem) == (True, True, "")
    assert desk.store.proposal(sent.id).state is ProposalState.SENT


def test_words_that_came_too_late_for_the_mail_are_not_lost_in_silence():
    desk, sent = an_offer()

    heard = hear_account_lead(desk, sent.id, release())

    assert not heard.is_final
    assert "your words can't be in its mail any more" in heard.problem


def test_change_makes_a_new_draft_that_is_shown_before_anything_goes_out():
    desk, proposal = a_draft()

    heard = hear_account_lead(
        desk, proposal, release(releasing.Course.CHANGE, kind=PlanKind.UPGRADE_SPRINT, discount_percent=Decimal(5))
    )

    assert (heard.is_final, heard.problem) == (False, "")
    assert heard.proposal != proposal
    assert kept_proposal(desk, desk.store.proposal(heard.proposal)).quote.recommended.kind is PlanKind.UPGRADE_SPRINT
    assert desk.store.proposal(proposal).state is ProposalState.WITHDRAWN


@pytest.mark.parametrize(
    ("word", "said"),
    [
        (release(by=""), "fill in your name"),
        (release(discount_percent=Decimal(5)), "has to be seen"),
        (release(releasing.Course.CHANGE), "nothing is to be changed"),
        (release(releasing.Course.CHANGE, discount_percent=Decimal(5), why=""), "the reason"),
        (release(releasing.Course.CHANGE, bucket=7), "not 7"),
    ],
)
def test_release_that_cannot_be_done_is_asked_again(word, said):
    desk, proposal = a_draft()

    heard = hear_account_lead(desk, proposal, word)

    assert (heard.is_final, heard.proposal) == (False, proposal)
    assert said in heard.problem
    assert desk.store.proposal(proposal).state is ProposalState.IN_REVIEW


def test_stop_sends_nothing():
    desk, proposal = a_draft()

    heard = hear_account_lead(desk, proposal, release(releasing.Course.STOP))

    assert (heard.is_final, heard.is_yes) == (True, False)
    assert desk.store.proposal(proposal).state is ProposalState.IN_REVIEW


def test_yes_is_put_down_with_its_evidence_and_is_awaited_no_longer():
    desk, record = an_offer()
    assert is_awaited(desk, record.id)

    assert hear_client(desk, record.id, answer(desk)).is_yes

    assert not is_awaited(desk, record.id)
    assert desk.store.accepted(record.id).acceptance.evidence == "Yes."


def test_yes_of_an_earlier_day_counts_until_that_days_end():
    desk, record = an_offer()
    day = desk.today()
    desk.clock.advance(days=2)

    hear_client(desk, record.id, answer(desk, on=day))

    assert desk.calendar.local(desk.store.accepted(record.id).acceptance.at).date() == day


def test_no_is_put_down_with_its_reason():
    desk, record = an_offer()

    heard = hear_client(desk, record.id, answer(desk, is_yes=False, words="Too dear."))

    assert (heard.is_final, heard.is_yes) == (True, False)
    assert desk.store.proposal(record.id).state is ProposalState.DECLINED


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"words": " "}, "needs its evidence"),
        ({"is_yes": False, "words": ""}, "its reason"),
        ({"on": date(2027, 1, 1)}, "yet to come"),
        ({"on": date(2026, 1, 5)}, "before that"),
    ],
)
def test_answer_that_is_not_proven_is_asked_again(said, problem):
    desk, record = an_offer()

    heard = hear_client(desk, record.id, answer(desk, **said))

    assert not heard.is_final
    assert problem in heard.problem
    assert is_awaited(desk, record.id)


def test_answer_that_was_put_down_elsewhere_stands():
    desk, record = an_order()

    assert hear_client(desk, record.id, answer(desk, is_yes=False)).is_yes


def test_form_of_the_answer_begins_with_the_contact_and_waits_a_week_longer_than_the_offer():
    desk, record = an_offer()

    assert likely_answer(desk, record.id)["by"] == "Nora Feld"
    assert time_to_answer(desk, record.id).days == (record.valid_until - desk.today()).days + 7
