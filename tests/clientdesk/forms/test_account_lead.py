"""The account lead's form."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from clientdesk.domain.pricing import PlanKind
from clientdesk.domain.releasing import Course, Release
from clientdesk.domain.revising import Change
from clientdesk.forms.account_lead import _MEANT, AccountLeadForm, PlanChoice
from clientdesk.forms.prefilled import prefilled


def test_untouched_form_changes_nothing():
    assert AccountLeadForm(by="Max").release() == Release(Course.SEND, Change("Max", ""))


def test_form_becomes_a_change():
    form = AccountLeadForm(by="Max", plan="retainer", bucket=8, discount=7.5, why="w", letter="l", course=Course.CHANGE)

    change = Change("Max", "w", PlanKind.RETAINER, 8, Decimal("7.5"))
    assert form.release() == Release(Course.CHANGE, change, "l")


def test_discount_of_nothing_takes_an_earlier_one_back():
    assert AccountLeadForm(discount=0).release().change.discount_percent == 0


def test_boxes_that_may_stay_empty_begin_empty_and_stay_so_when_asked_again():
    for form in (AccountLeadForm, prefilled(AccountLeadForm, {"discount": None, "bucket": None})):
        fields = form.model_json_schema()["properties"]
        assert "default" not in fields["discount"]
        assert (fields["discount"]["type"], fields["bucket"]["type"]) == ("number", "integer")
        assert form(by="Max").release().change.is_empty


def test_number_that_was_filled_in_is_shown_again_and_can_be_emptied():
    form = prefilled(AccountLeadForm, {"discount": 7.5})

    shown = form.model_json_schema()["properties"]["discount"]
    assert (shown["default"], shown["position"]) == (7.5, 5)
    assert form(discount=7.5).release().change.discount_percent == Decimal("7.5")
    assert form().release().change.discount_percent is None


@pytest.mark.parametrize("discount", [-5, 100])
def test_impossible_discount_is_refused_in_the_form(discount):
    with pytest.raises(ValidationError):
        AccountLeadForm(discount=discount)


def test_every_plan_can_be_chosen():
    assert set(_MEANT) == set(PlanChoice)
    assert {kind for kind in _MEANT.values() if kind} == set(PlanKind)
