"""`clientdesk proposal revise`: options in, a revision shown."""

from decimal import Decimal

import pytest
from fakes.command import refused, said
from fakes.offers import an_offer, hours_of

from clientdesk.domain.pricing import PlanKind
from clientdesk.steps.publishing import kept_proposal

WHY = ("--why", "They do the rest themselves.", "--by", "Max Lead")


def test_every_option_reaches_the_revision_and_what_was_overruled_is_shown():
    desk, record = an_offer()
    options = ("--plan", "retainer", "--bucket", "12", "--discount", "7,5 %", "--drop", "1", "--hours", "2=6.5")

    shown = said(desk, "proposal", "revise", record.number, *options, *WHY)

    revision = desk.store.proposals()[0]
    plan = kept_proposal(desk, revision).quote.recommended
    assert (plan.kind, plan.bucket_hours) == (PlanKind.RETAINER, 12)
    assert any(line.title == "Discount of 7.5 %" for line in plan.lines)
    assert hours_of(desk, revision)[0] == Decimal("6.5")
    assert "Overruled      plan retainer; 12 h a month; discount 7.5 %; dropped" in shown
    assert "Max Lead: They do the rest themselves." in shown


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--hours", "2"), "is not LINE=H"),
        (("--hours", "x=2"), "is not LINE=H"),
        (("--hours", "1=many"), "no number of hours"),
        (("--discount", "half"), "no percentage"),
        (("--discount", "NaN"), "no percentage"),
        (("--discount", "100"), "less than 100 percent"),
        (("--bucket", "9"), "8, 12, 16 hours a month, not 9"),
        (("--drop", "99"), "there is no line 99"),
        (("--plan", "free"), "'free' is not one of"),
        (("--vat-checked-by", "Eve"), "no VAT ID"),
    ],
)
def test_option_that_can_not_be_meant_is_refused_and_changes_nothing(options, words):
    desk, record = an_offer()

    assert words in refused(desk, "proposal", "revise", record.number, *options, *WHY)
    assert desk.store.proposals() == (record,)


def test_plan_is_named_and_shown_in_full():
    desk, record = an_offer()

    told = said(desk, "proposal", "revise", record.number, "--plan", "pay-as-you-go", *WHY)

    assert "pay-as-you-go: " in told


def test_revision_needs_a_reason():
    desk, record = an_offer()

    assert "Missing option '--why'" in refused(desk, "proposal", "revise", record.number, "--drop", "1")
    assert "the reason" in refused(desk, "proposal", "revise", record.number, "--drop", "1", "--why", " ")
