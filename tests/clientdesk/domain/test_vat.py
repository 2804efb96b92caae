"""The cases of VAT for a German seller."""

from dataclasses import replace
from decimal import Decimal

import pytest
from fakes.agency import SELLER
from hypothesis import given
from hypothesis import strategies as st

from clientdesk.domain.pricing import TaxCase
from clientdesk.domain.vat import EU, tax_for


def test_buyer_in_germany_pays_german_vat_with_or_without_an_id():
    for vat_id in ("", "DE123456789"):
        tax = tax_for(SELLER, "DE", vat_id, False)

        assert (TaxCase.DOMESTIC, Decimal(19)) == (tax.case, tax.percent)


def test_french_business_with_a_checked_id_owes_the_vat_itself_and_both_ids_are_printed():
    tax = tax_for(SELLER, "FR", "fr 12 345678901", True)

    assert (TaxCase.REVERSE_CHARGE, Decimal(0)) == (tax.case, tax.percent)
    assert "DE999999999 (ours), FR12345678901 (yours)" in tax.note


def test_greek_ids_begin_with_el():
    assert tax_for(SELLER, "GR", "EL123456789", True).case is TaxCase.REVERSE_CHARGE


@pytest.mark.parametrize("country", ["US", "CH", "GB", "NO"])
def test_buyer_outside_the_eu_pays_no_vat(country: str):
    tax = tax_for(SELLER, country, "", False)

    assert (TaxCase.OUTSIDE_EU, Decimal(0)) == (tax.case, tax.percent)


@pytest.mark.parametrize(
    ("country", "vat_id", "is_checked", "says"),
    [
        ("FR", "FR12345678901", False, "FR12345678901 has not been checked"),
        ("FR", "", False, "no VAT ID of yours is known"),
        ("FR", "", True, "no VAT ID of yours is known"),
        ("FR", "IT12345678901", True, "is not one of FR"),
        ("", "FR12345678901", True, "your country is not known"),
    ],
)
def test_what_is_not_certain_goes_to_a_person_and_is_shown_at_the_dearer_rate(
    country: str, vat_id: str, is_checked: bool, says: str
):
    tax = tax_for(SELLER, country, vat_id, is_checked)

    assert (TaxCase.MANUAL_REVIEW, Decimal(19)) == (tax.case, tax.percent)
    assert says in tax.note


def test_reverse_charge_without_an_id_of_the_seller_goes_to_a_person():
    tax = tax_for(replace(SELLER, vat_id=""), "FR", "FR12345678901", True)

    assert tax.case is TaxCase.MANUAL_REVIEW
    assert "our own VAT ID is missing" in tax.note


def test_seller_outside_the_eu_is_for_a_person_but_at_home():
    swiss = replace(SELLER, country="CH", vat_percent=Decimal("8.1"))

    assert tax_for(swiss, "CH", "", False).percent == Decimal("8.1")
    assert tax_for(swiss, "FR", "FR1", True).case is TaxCase.MANUAL_REVIEW


@given(st.sampled_from([*sorted(EU), "US", "GB", "", "xx"]), st.text(max_size=20), st.booleans())
def test_no_vat_within_the_eu_only_for_a_checked_id(country: str, vat_id: str, is_checked: bool):
    tax = tax_for(SELLER, country, vat_id, is_checked)

    assert tax.note
    if country in EU and tax.percent == 0:
        assert is_checked
        assert tax.case is TaxCase.REVERSE_CHARGE
