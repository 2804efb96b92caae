"""Hours spent: exact, and the latest word on a piece of work counts."""

from dataclasses import replace
from decimal import Decimal

import pytest
from fakes.business import NOW, a_client, sent

from clientdesk.ports.records import ActualRecord, UnknownRecord


def actual(proposal, spent="4.50", **more):
    kept = ActualRecord(
        proposal, "complexity.split", "billing", "Split it up", Decimal("3.00"), Decimal(spent), "Ada", NOW
    )
    return replace(kept, **more)


def test_hours_come_back_to_the_last_digit(store):
    kept = actual(sent(store, a_client(store)).id, note="The tests were missing.")

    store.keep_actual(kept)

    assert store.actuals() == (kept,)
    assert str(store.actuals()[0].spent) == "4.50"


def test_later_word_on_the_same_work_counts(store):
    proposal = sent(store, a_client(store)).id
    store.keep_actual(actual(proposal))
    store.keep_actual(actual(proposal, cause="invoices"))
    store.keep_actual(actual(proposal, spent="6"))

    assert [(each.cause, each.spent) for each in store.actuals()] == [("invoices", Decimal("4.5")), ("billing", 6)]


def test_work_of_an_unknown_proposal_is_refused(store):
    with pytest.raises(UnknownRecord):
        store.keep_actual(actual("nothing"))

    assert store.actuals() == ()
