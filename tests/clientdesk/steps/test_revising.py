"""A revision: what was changed, by whom and why, and nothing else."""

from dataclasses import replace
from decimal import Decimal

import pytest
from fakes.agency import AGENCY
from fakes.desk import NO, YES, a_call, a_desk
from fakes.offers import a_change, an_offer, an_order, hours_of
from fakes.onboarding import onboarded, only_proposal

from clientdesk.domain.pricing import PlanKind, Unexplained
from clientdesk.domain.proposal import IllegalMove, ProposalState
from clientdesk.domain.revising import BadRevision, Change
from clientdesk.ports.mail import MessageState
from clientdesk.steps.proposing import draft_proposal
from clientdesk.steps.publishing import kept_proposal, send_proposal
from clientdesk.steps.revising import revise

S = ProposalState


def approved_and_sent(desk, record):
    desk.store.move(record.id, S.APPROVED, "Max Lead", desk.clock.now())
    return send_proposal(desk, record.id, "Max Lead")[0]


def test_revision_is_in_review_with_its_preview_and_the_offer_stands_until_it_is_sent():
    desk, record = an_offer()

    revision = revise(desk, record, a_change(drop=(1,)))

    assert (revision.state, revision.parent) == (S.IN_REVIEW, record.id)
    assert desk.documents.get(revision.document.replace(".json", ".draft.pdf")).startswith(b"%PDF")
    assert desk.store.proposal(record.id).state is S.SENT


def test_what_is_sent_afterwards_has_the_next_number_and_holds_back_the_earlier_mail():
    desk, record = an_offer()

    sent = approved_and_sent(desk, revise(desk, record, a_change(drop=(1,))))

    assert sent.number == f"{record.number}-R2"
    assert desk.store.proposal(record.id).state is S.SUPERSEDED
    assert [mail.state for mail in desk.store.messages()] == [MessageState.REJECTED, MessageState.APPROVED]


def test_revisions_add_up_and_each_ones_reason_is_kept():
    desk, record = an_offer()
    before = hours_of(desk, record)

    first = revise(desk, record, a_change(drop=(1,)))
    second = revise(
        desk, first, Change("Eve Lead", "A friend's price.", discount_percent=Decimal(10), hours={1: Decimal(7)})
    )

    assert hours_of(desk, second) == [Decimal(7), *before[2:]]
    quote = kept_proposal(desk, second).quote
    assert [(each.by, each.why) for each in quote.overrulings] == [
        ("Max Lead", "They do the rest themselves."),
        ("Eve Lead", "A friend's price."),
    ]
    assert [line.reason for line in quote.recommended.lines if line.is_discount] == ["A friend's price."]
    assert desk.store.proposal(first.id).state is S.WITHDRAWN


def test_plan_that_was_overruled_comes_first_with_its_reason():
    desk, record = an_offer()

    revision = revise(desk, record, a_change(kind=PlanKind.RETAINER, bucket=16))

    plan = kept_proposal(desk, revision).quote.recommended
    assert (plan.kind, plan.bucket_hours) == (PlanKind.RETAINER, 16)
    assert plan.reason.endswith("They do the rest themselves. (decided by Max Lead)")


def test_change_of_nothing_renews_the_days_and_the_window():
    desk, record = an_offer()
    desk.clock.advance(days=20)

    revision = revise(desk, record, a_change())

    before, after = kept_proposal(desk, record), kept_proposal(desk, revision)
    assert after.valid_until > before.valid_until
    assert after.offer.answer_by > before.offer.answer_by
    assert after.estimate == before.estimate
    assert after.quote.overrulings == ()


def test_revision_is_priced_by_todays_rates():
    desk, record = an_offer()
    dearer = replace(
        AGENCY, rates=replace(AGENCY.rates, **{n: Decimal(200) for n in ("retainer", "sprint", "pay_as_you_go")})
    )

    revision = revise(replace(desk, agency=dearer), record, a_change())

    rates = {line.rate.amount for line in kept_proposal(desk, revision).quote.recommended.lines}
    assert rates == {Decimal(200)}


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (a_change(drop=(99,)), BadRevision),
        (a_change(bucket=10), BadRevision),
        (Change("Max", " ", drop=(1,)), Unexplained),
        (Change("", "why"), Unexplained),
    ],
)
def test_change_that_can_not_be_made_leaves_everything_as_it_was(change, refusal):
    desk, record = an_offer()
    kept = dict(desk.documents.kept)

    with pytest.raises(refusal):
        revise(desk, record, change)

    assert desk.store.proposals() == (record,)
    assert desk.documents.kept == kept


def test_with_every_line_dropped_only_a_retainer_is_left_to_offer():
    desk, record = an_offer()
    all_lines = tuple(range(1, len(hours_of(desk, record)) + 1))

    with pytest.raises(BadRevision, match="only a retainer is left"):
        revise(desk, record, a_change(kind=PlanKind.PAY_AS_YOU_GO, drop=all_lines))
    revision = revise(desk, record, a_change(kind=PlanKind.RETAINER, drop=all_lines))

    (line,) = kept_proposal(desk, revision).quote.recommended.lines
    assert line.findings == ()


def test_accepted_proposal_is_not_revised():
    desk, record = an_order()

    with pytest.raises(IllegalMove, match="only a new proposal can follow"):
        revise(desk, record, a_change(drop=(1,)))


def test_vat_id_that_somebody_confirmed_is_confirmed_in_the_revision_and_for_later():
    desk = a_desk()
    call = replace(a_call(), country="FR", vat_id="FR40303265045")
    done = onboarded(desk, call)
    record = desk.store.proposal(done.proposal.proposal)
    assert kept_proposal(desk, record).quote.tax.case.value == "manual-review"

    revision = revise(desk, record, a_change(), vat_checked_by="Eve Books")

    assert kept_proposal(desk, revision).quote.tax.case.value == "reverse-charge"
    assert desk.store.latest_call(record.client).vat_checked_by == "Eve Books"


def test_vat_id_that_nobody_knows_is_not_confirmed():
    desk, record = an_offer()

    with pytest.raises(BadRevision, match="no VAT ID"):
        revise(desk, record, a_change(), vat_checked_by="Eve Books")


def test_run_that_has_nothing_new_to_say_leaves_the_revision_standing():
    desk, record = an_offer()
    sent = approved_and_sent(desk, revise(desk, record, a_change(drop=(1,))))

    again = draft_proposal(desk, record.client, kept_proposal(desk, record).audits)

    assert (again.proposal, again.needs_approval) == (sent.id, False)


def test_run_that_has_nothing_new_to_say_leaves_an_accepted_proposal_alone():
    desk, record = an_order()

    again = draft_proposal(desk, record.client, kept_proposal(desk, record).audits)

    assert (again.proposal, again.needs_approval) == (record.id, False)


def test_draft_that_nobody_approved_is_replaced_by_its_revision():
    desk = a_desk(None, YES, NO)
    done = onboarded(desk, a_call())
    draft = only_proposal(desk, done.brief.client)

    revision = revise(desk, draft, a_change(drop=(1,)))

    assert desk.store.proposal(draft.id).state is S.WITHDRAWN
    assert approved_and_sent(desk, revision).number == "P-2026-0001"
