"""How VAT is treated. A default for a service between businesses, to be confirmed by an accountant."""

from __future__ import annotations

from decimal import Decimal

from clientdesk.domain.agency import Seller
from clientdesk.domain.estimating import plain
from clientdesk.domain.pricing import Tax, TaxCase

EU = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905 - a table
)


def tax_for(seller: Seller, buyer_country: str, vat_id: str, vat_id_checked: bool) -> Tax:
    """The VAT of a proposal. `vat_id_checked`: somebody, or a service, has confirmed that the ID is the buyer's.

    What is not certain is for a person to look at, and priced with domestic VAT until then: the dearer case.
    """
    country, buyer_id = buyer_country.strip().upper(), _written_together(vat_id)
    if country and country == seller.country:
        return Tax(TaxCase.DOMESTIC, seller.vat_percent, f"VAT of {plain(seller.vat_percent)} % ({seller.country}).")
    doubt = _doubt(seller, country, buyer_id, vat_id_checked)
    if doubt:
        note = f"VAT is to be confirmed: {doubt}. Until then it is shown at {plain(seller.vat_percent)} %."
        return Tax(TaxCase.MANUAL_REVIEW, seller.vat_percent, note)
    if country in EU:
        note = f"Reverse charge: the recipient owes the VAT. VAT IDs: {seller.vat_id} (ours), {buyer_id} (yours)."
        return Tax(TaxCase.REVERSE_CHARGE, Decimal(0), note)
    return Tax(TaxCase.OUTSIDE_EU, Decimal(0), "No VAT: the recipient is outside the EU.")


def _doubt(seller: Seller, country: str, buyer_id: str, vat_id_checked: bool) -> str:
    """Why a person must look; "" where the case is certain."""
    if not country:
        return "your country is not known yet"
    if seller.country not in EU:
        return f"it depends on the rules of {seller.country}"
    return _doubt_about_ids(seller, country, buyer_id, vat_id_checked) if country in EU else ""


def _doubt_about_ids(seller: Seller, country: str, buyer_id: str, vat_id_checked: bool) -> str:
    if not buyer_id:
        return "no VAT ID of yours is known"
    if not buyer_id.startswith(_prefix(country)):
        return f"the VAT ID {buyer_id} is not one of {country}"
    if not vat_id_checked:
        return f"the VAT ID {buyer_id} has not been checked"
    return "" if seller.vat_id else "our own VAT ID is missing"


def _prefix(country: str) -> str:
    """What the VAT IDs of a country begin with."""
    return "EL" if country == "GR" else country


def _written_together(vat_id: str) -> str:
    return "".join(character for character in vat_id if character.isalnum()).upper()
