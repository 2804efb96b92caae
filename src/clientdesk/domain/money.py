"""Money: decimal amounts of one currency, rounded in one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

from clientdesk.domain.refusal import Refusal

CENT = Decimal("0.01")


class CurrencyMismatch(Refusal):
    """Two currencies met in one sum or comparison."""


def rounded(amount: Decimal) -> Decimal:
    """Round half up to cents, and never to a negative zero. The only rounding of money; called once per line."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP) + 0


@dataclass(frozen=True, slots=True)
class Money:
    """A whole number of cents in one currency (ISO 4217)."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or self.amount != rounded(self.amount):
            raise ValueError(f"{self.amount} {self.currency} is no whole number of cents: round it first")
        object.__setattr__(self, "amount", rounded(self.amount))

    @classmethod
    def of(cls, amount: Decimal, currency: str) -> Self:
        """Money from an unrounded amount."""
        return cls(rounded(amount), currency)

    @classmethod
    def zero(cls, currency: str) -> Self:
        return cls(Decimal(0), currency)

    def __add__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(self.amount - other.amount, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same_currency(other)
        return self.amount < other.amount

    def __le__(self, other: Money) -> bool:
        return not other < self

    def _same_currency(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} don't mix: quote in one currency")


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The exact sum; zero of the currency when there is nothing to add."""
    return sum(amounts, Money.zero(currency))
