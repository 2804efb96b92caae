"""Money is whole cents of one currency."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientdesk.domain.money import CurrencyMismatch, Money, rounded, total

CENTS = st.integers(-(10**12), 10**12).map(lambda cents: Money(Decimal(cents) / 100, "EUR"))


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


@pytest.mark.parametrize(
    ("amount", "cents"),
    [("0.005", "0.01"), ("0.004999", "0.00"), ("2.675", "2.68"), ("-0.005", "-0.01"), ("1.115", "1.12"), ("7", "7.00")],
)
def test_half_a_cent_is_rounded_away_from_zero(amount: str, cents: str):
    assert str(rounded(Decimal(amount))) == cents


def test_nothing_is_never_minus_nothing():
    assert str(rounded(Decimal("-0.001"))) == "0.00"


@pytest.mark.parametrize("amount", ["0.001", "NaN", "Infinity"])
def test_amount_that_is_no_whole_number_of_cents_is_a_defect(amount: str):
    with pytest.raises(ValueError, match="no whole number of cents"):
        eur(amount)


def test_amount_is_kept_with_two_places():
    assert str(eur("95").amount) == "95.00"


def test_equal_amounts_written_differently_are_equal_and_hash_alike():
    assert eur("1.5") == eur("1.50")
    assert len({eur("1.5"), eur("1.50")}) == 1


def test_sum_of_two_currencies_is_refused():
    with pytest.raises(CurrencyMismatch, match="EUR and GBP don't mix"):
        eur("1") + Money.zero("GBP")
    with pytest.raises(CurrencyMismatch):
        eur("1") - Money.zero("GBP")


def test_amounts_of_two_currencies_can_not_be_compared():
    with pytest.raises(CurrencyMismatch):
        _ = eur("1") < Money.zero("GBP")
    with pytest.raises(CurrencyMismatch):
        _ = eur("1") >= Money.zero("GBP")


def test_total_of_nothing_is_zero_of_its_currency():
    assert total([], "CHF") == Money.zero("CHF")


def test_total_in_another_currency_than_its_amounts_is_refused():
    with pytest.raises(CurrencyMismatch):
        total([eur("1")], "CHF")


def test_unrounded_amount_becomes_money_by_the_one_rounding():
    assert Money.of(Decimal("33.335"), "EUR") == eur("33.34")


@given(st.lists(CENTS, max_size=200))
def test_total_is_exact_to_the_cent(amounts: list[Money]):
    assert sum(int(each.amount * 100) for each in amounts) == int(total(amounts, "EUR").amount * 100)


@given(CENTS, CENTS)
def test_what_is_added_can_be_taken_away(first: Money, second: Money):
    assert first == first + second - second


@given(CENTS, CENTS)
def test_order_of_money_is_the_order_of_its_amounts(first: Money, second: Money):
    assert (first < second) == (first.amount < second.amount)
    assert (first <= second) == (first.amount <= second.amount)


@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=6))
def test_rounding_moves_by_half_a_cent_at_most_and_only_once(amount: Decimal):
    assert abs(rounded(amount) - amount) <= Decimal("0.005")
    assert rounded(rounded(amount)) == rounded(amount)
