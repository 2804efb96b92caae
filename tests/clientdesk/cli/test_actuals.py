"""`clientdesk actuals`: hours in, factors out."""

from decimal import Decimal

import pytest
from fakes.command import refused, said
from fakes.desk import a_desk
from fakes.offers import an_offer, an_order

from clientdesk.ports.records import ActualRecord
from clientdesk.steps.publishing import kept_proposal


def test_hours_are_kept_and_shown_with_how_many_items_speak_for_the_kind():
    desk, record = an_order()

    kept = said(desk, "actuals", "add", record.number, "1", "6,5", "--by", "Ada", "--note", "No tests.")

    assert kept.startswith("6.5 h kept for ")
    assert "no factor yet" in kept
    shown = said(desk, "actuals", "show")
    assert "6.5 h" in shown
    assert "no factor yet, 1 closed item\n" in shown


def test_factor_is_shown_with_its_sample_size():
    desk, record = an_order()
    item = kept_proposal(desk, record).estimate.items[0]
    for cause in ("a", "b", "c"):
        desk.store.keep_actual(
            ActualRecord(record.id, item.key, cause, "", Decimal(2), Decimal(3), "Ada", desk.clock.now())
        )

    assert f"{item.key}: factor 1.5, 3 closed items\n" in said(desk, "actuals", "show")


def test_nothing_kept_is_said():
    assert "no hours are kept yet" in said(a_desk(), "actuals", "show")


@pytest.mark.parametrize(
    ("hours", "words"), [("many", "no number of hours"), ("-3", "No such option"), ("NaN", "hours are a number")]
)
def test_hours_that_are_none_are_refused(hours, words):
    desk, record = an_order()

    assert words in refused(desk, "actuals", "add", record.number, "1", hours)


def test_work_that_nobody_ordered_takes_no_hours():
    desk, record = an_offer()

    assert "only accepted work" in refused(desk, "actuals", "add", record.number, "1", "3")
