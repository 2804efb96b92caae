"""Hours spent, and what they say about later work of the kind."""

from dataclasses import replace
from decimal import Decimal

import pytest
from fakes.desk import a_call
from fakes.offers import a_change, a_yes, an_offer, an_order
from fakes.onboarding import onboarded

from clientdesk.domain.proposal import ProposalState
from clientdesk.ports.records import ActualRecord
from clientdesk.steps.answering import accept
from clientdesk.steps.auditing import pdf_of
from clientdesk.steps.experience import NotRecorded, record_hours
from clientdesk.steps.pricing import factors_of
from clientdesk.steps.publishing import kept_proposal, send_proposal
from clientdesk.steps.revising import revise


def kept(desk, record, ratio, count):
    """So many closed items of the first line's kind, each having taken `ratio` of its hours."""
    item = kept_proposal(desk, record).estimate.items[0]
    for place in range(count):
        desk.store.keep_actual(
            ActualRecord(
                record.id,
                item.key,
                f"cause {place}",
                "",
                Decimal(4),
                Decimal(4) * Decimal(ratio),
                "Ada",
                desk.clock.now(),
            )
        )
    return item


def test_hours_are_kept_beside_those_of_the_rule():
    desk, record = an_order()
    item = kept_proposal(desk, record).estimate.items[0]

    record_hours(desk, record, 1, Decimal("6.5"), "Ada", "No tests.")

    (actual,) = desk.store.actuals()
    assert (actual.key, actual.cause, actual.likely, actual.spent) == (
        item.key,
        item.cause,
        item.by_rule,
        Decimal("6.5"),
    )
    assert (actual.by, actual.note) == ("Ada", "No tests.")


def test_two_closed_items_give_no_factor_and_three_do():
    desk, record = an_order()
    item = kept(desk, record, "1.5", 2)
    assert factors_of(desk.store) == {}

    kept(desk, record, "1.5", 3)

    assert (factors_of(desk.store)[item.key].value, factors_of(desk.store)[item.key].samples) == (Decimal("1.5"), 3)


def test_factor_changes_later_estimates_and_says_on_how_many_items_it_rests():
    desk, record = an_order()
    before = kept(desk, record, "2", 3)

    later = onboarded(desk, replace(a_call(), company="Second Client"))

    items = kept_proposal(desk, desk.store.proposal(later.proposal.proposal)).estimate.items
    after = next(each for each in items if (each.key, each.cause) == (before.key, before.cause))
    assert after.hours.likely == before.hours.likely * 2
    assert "as measured on 3 closed items" in after.reason
    assert after.by_rule == before.by_rule


def test_audit_report_sizes_the_work_as_the_proposal_does():
    desk, record = an_order()
    kept(desk, record, "2", 3)

    later = onboarded(desk, replace(a_call(), company="Second Client"))

    report = desk.documents.get(pdf_of(desk.store.audit(later.audits[0])))
    assert b"as measured on 3 closed items" in report


def test_hours_that_somebody_set_are_no_measure_of_the_rule():
    desk, record = an_offer()
    by_rule = kept_proposal(desk, record).estimate.items[0].by_rule
    revision = revise(desk, record, a_change(hours={1: Decimal(40)}))
    desk.store.move(revision.id, ProposalState.APPROVED, "Max", desk.clock.now())
    sent, _ = send_proposal(desk, revision.id)
    order = accept(desk, sent, a_yes(desk), "Max").proposal

    assert record_hours(desk, order, 1, Decimal(5), "Ada").likely == by_rule


def test_only_accepted_work_takes_hours():
    desk, record = an_offer()

    with pytest.raises(NotRecorded, match="only accepted work"):
        record_hours(desk, record, 1, Decimal(1), "Ada")


@pytest.mark.parametrize(
    ("line", "spent", "words"),
    [
        (99, "1", "no line 99"),
        (1, "-1", "hours are"),
        (1, "NaN", "hours are"),
        (1, "0.001", "hours are"),
        (1, "1E+9", "hours are"),
    ],
)
def test_hours_that_can_not_be_true_are_refused(line, spent, words):
    desk, record = an_order()

    with pytest.raises(NotRecorded, match=words):
        record_hours(desk, record, line, Decimal(spent), "Ada")
