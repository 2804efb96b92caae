"""Numbers, money, dates and times as a reader of one locale writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal

from clientdesk.domain.estimating import Hours
from clientdesk.domain.money import Money, rounded

_UNITS = ("B", "kB", "MB", "GB", "TB")
_HUNDREDTH = Decimal("0.01")
_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Figures:
    """Formats for one locale (`en_IE`, `de_DE`); instants are shown in `zone`."""

    locale: str
    zone: str = "UTC"

    @property
    def language(self) -> str:
        return Locale.parse(self.locale).language

    @property
    def tag(self) -> str:
        """The locale as a BCP 47 tag, for the document's language."""
        return self.locale.replace("_", "-")

    def money(self, money: Money) -> str:
        """Rounded half up before it is printed: Babel alone would round half to even."""
        return format_currency(rounded(money.amount), money.currency, locale=self.locale)

    def number(self, number: Decimal | float) -> str:
        """At most two decimals, thousands grouped."""
        return format_decimal(number, format="#,##0.##", locale=self.locale)

    def hours(self, hours: Decimal) -> str:
        """Hours as they are reckoned with, to the hundredth: what is printed times the rate is the price."""
        return format_decimal(hours.quantize(_HUNDREDTH, rounding=ROUND_HALF_UP), format="#,##0.##", locale=self.locale)

    def span(self, hours: Hours) -> str:
        """At best to at worst, with a dash; one figure where both are the same."""
        low, high = self.hours(hours.low), self.hours(hours.high)
        return low if low == high else f"{low}\N{EN DASH}{high}"

    def percent(self, percent: Decimal) -> str:
        number = self.number(percent)
        return f"{number}\u00a0%" if self.language == "de" else f"{number}%"

    def day(self, day: date) -> str:
        """`7 April 2026`, with spaces that do not break."""
        return format_date(day, format="long", locale=self.locale).replace(" ", "\u00a0")

    def weekday_and_date(self, day: date) -> str:
        return format_date(day, format="full", locale=self.locale)

    def clock(self, instant: datetime) -> str:
        """`09:00`, in the zone."""
        return format_time(instant.astimezone(ZoneInfo(self.zone)), format="HH:mm", locale=self.locale)

    def zone_name(self, instant: datetime) -> str:
        """`CET` or `CEST`, as it is on that day."""
        return instant.astimezone(ZoneInfo(self.zone)).tzname() or self.zone

    def day_and_time(self, instant: datetime) -> str:
        local = instant.astimezone(ZoneInfo(self.zone))
        return f"{self.day(local.date())}, {self.clock(instant)} {self.zone_name(instant)}"

    def seconds(self, seconds: float) -> str:
        return format_decimal(seconds, format="#,##0.0", locale=self.locale)

    def size(self, count: int) -> str:
        """A file size in decimal units: `3.4 MB`."""
        amount, unit = float(count), _UNITS[0]
        for unit in _UNITS:
            if amount < _THOUSAND or unit == _UNITS[-1]:
                break
            amount /= _THOUSAND
        return f"{format_decimal(amount, format='#,##0.#' if unit != 'B' else '#,##0', locale=self.locale)}\u00a0{unit}"
