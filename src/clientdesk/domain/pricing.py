"""What a quote consists of, and how each way of working together is priced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clientdesk.domain.agency import Rates
from clientdesk.domain.estimating import NO_HOURS, Hours, WorkItem, plain
from clientdesk.domain.money import Money, total
from clientdesk.domain.refusal import Refusal

_HUNDRED = Decimal(100)


class PlanKind(StrEnum):
    RETAINER = "retainer"
    PAY_AS_YOU_GO = "pay-as-you-go"
    UPGRADE_SPRINT = "sprint"
    SPRINT_THEN_RETAINER = "sprint-then-retainer"

    @classmethod
    def _missing_(cls, value: object) -> PlanKind | None:
        """What proposals were kept with before the word was spelled out."""
        return cls.PAY_AS_YOU_GO if value == "payg" else None


HAS_RETAINER = frozenset({PlanKind.RETAINER, PlanKind.SPRINT_THEN_RETAINER})


class TaxCase(StrEnum):
    """How VAT is treated; a default to be confirmed by an accountant."""

    DOMESTIC = "domestic"
    REVERSE_CHARGE = "reverse-charge"
    OUTSIDE_EU = "outside-eu"
    MANUAL_REVIEW = "manual-review"


class Unexplained(Refusal):
    """A recommendation was overruled without a name or a reason."""


class BadDiscount(Refusal):
    """A discount that leaves nothing to pay, or is none."""


@dataclass(frozen=True, slots=True)
class Line:
    """One priced line. It names the findings that caused it or says its reason; it has no third way to exist.

    `hours` are the estimate, `billed_hours` what `net` is reckoned from; a discount has none, and a `net` below zero.
    `is_monthly`: recurring, not one-off.
    """

    title: str
    findings: tuple[str, ...]
    reason: str
    hours: Hours
    billed_hours: Decimal
    rate: Money
    net: Money
    is_monthly: bool = False

    @property
    def is_discount(self) -> bool:
        return self.net.amount < 0

    def __post_init__(self) -> None:
        if not self.findings and not self.reason.strip():
            raise ValueError(f"the line {self.title!r} has neither findings nor a reason")


@dataclass(frozen=True, slots=True)
class Totals:
    """Exact sums of the lines; VAT once per rate on the total."""

    net: Money
    vat: Money
    gross: Money

    def __post_init__(self) -> None:
        if self.gross != self.net + self.vat:
            raise ValueError(f"{self.net} and {self.vat} are not {self.gross}")


@dataclass(frozen=True, slots=True)
class Plan:
    """A way of working together, priced. `bucket_hours` a month (0: no retainer)."""

    kind: PlanKind
    reason: str
    bucket_hours: int
    lines: tuple[Line, ...]
    one_off: Totals
    monthly: Totals

    def __post_init__(self) -> None:
        for sums, is_monthly in ((self.one_off, False), (self.monthly, True)):
            nets = (line.net for line in self.lines if line.is_monthly is is_monthly)
            if total(nets, sums.net.currency) != sums.net:
                raise ValueError(f"the lines of the plan {self.kind} do not add up to {sums.net}")


@dataclass(frozen=True, slots=True)
class Tax:
    case: TaxCase
    percent: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class HoursSet:
    """The likely hours of a piece of work, set by a person. `title` is the work's."""

    title: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Discount:
    """So many percent off what a plan costs, with the reason that is printed beside it."""

    percent: Decimal
    reason: str

    def __post_init__(self) -> None:
        if not Decimal(0) < self.percent < _HUNDRED:
            raise BadDiscount(f"a discount is more than 0 and less than 100 percent, not {self.percent:f}")
        if not self.reason.strip():
            raise Unexplained("a discount has a reason: say why")


@dataclass(frozen=True, slots=True)
class Overruling:
    """The account lead's choice against the rule: what, who, and why. None or empty: left as it was.

    `discount_percent` 0 takes an earlier discount back. `dropped` are titles of work that is not offered.
    """

    kind: PlanKind | None
    by: str
    why: str
    bucket: int | None = None
    discount_percent: Decimal | None = None
    dropped: tuple[str, ...] = ()
    hours: tuple[HoursSet, ...] = ()

    def __post_init__(self) -> None:
        if not self.by.strip() or not self.why.strip():
            raise Unexplained("to overrule the recommendation, say who decides and why")

    @property
    def words(self) -> str:
        """The reason as the proposal prints it."""
        return f"{self.why} (decided by {self.by})"


@dataclass(frozen=True, slots=True)
class Quote:
    """The plan recommended, one alternative beside it, and what both rest on. `overrulings`: oldest first."""

    recommended: Plan
    alternative: Plan
    tax: Tax
    effort: Hours
    overrulings: tuple[Overruling, ...] = ()


@dataclass(frozen=True, slots=True)
class PriceList:
    """What every plan of a quote is priced by."""

    rates: Rates
    tax: Tax

    def plan(
        self, kind: PlanKind, reason: str, items: Sequence[WorkItem], bucket: int, discount: Discount | None = None
    ) -> Plan:
        """The plan priced; `bucket` hours a month count only where the kind has a retainer."""
        lines = self._lines(kind, items, bucket)
        lines += self._off(lines, discount) if discount else ()
        one_off, monthly = (
            totals((line for line in lines if line.is_monthly is is_monthly), self.tax, self.rates.currency)
            for is_monthly in (False, True)
        )
        return Plan(kind, reason, bucket if kind in HAS_RETAINER else 0, lines, one_off, monthly)

    def _lines(self, kind: PlanKind, items: Sequence[WorkItem], bucket: int) -> tuple[Line, ...]:
        match kind:
            case PlanKind.RETAINER:
                return (self._retainer(bucket, items),)
            case PlanKind.PAY_AS_YOU_GO:
                return self._work(items, self.rates.pay_as_you_go)
            case PlanKind.UPGRADE_SPRINT:
                return self._work(items, self.rates.sprint)
            case PlanKind.SPRINT_THEN_RETAINER:
                return (*self._work(items, self.rates.sprint), self._retainer(bucket, ()))

    def _work(self, items: Sequence[WorkItem], rate: Decimal) -> tuple[Line, ...]:
        """One line for each piece of work; without any, one that costs nothing and tells the rate."""
        if items:
            lines = (self._line(item.title, item.findings, item.reason, item.hours, rate) for item in items)
            return tuple(lines)
        reason = "Nothing found calls for work now. What comes up is estimated, and approved by you, before it begins."
        return (self._line("Work by the hour", (), reason, NO_HOURS, rate),)

    def _off(self, lines: Sequence[Line], discount: Discount) -> tuple[Line, ...]:
        """A line of its own for what is paid once, and one for what is paid each month."""
        currency = self.rates.currency
        sums = [
            (is_monthly, total((line.net for line in lines if line.is_monthly is is_monthly), currency))
            for is_monthly in (False, True)
        ]
        title, nothing = f"Discount of {plain(discount.percent)} %", Money.zero(currency)
        return tuple(
            Line(
                title,
                (),
                discount.reason,
                NO_HOURS,
                Decimal(0),
                nothing,
                Money.of(-net.amount * discount.percent / _HUNDRED, currency),
                is_monthly,
            )
            for is_monthly, net in sums
            if net.amount
        )

    def _retainer(self, bucket: int, items: Sequence[WorkItem]) -> Line:
        findings = tuple(finding for item in items for finding in item.findings)
        reason = (
            "What was found is done within these hours, in order of priority."
            if findings
            else "Keeps the system in order: library updates, rotation of secrets, security scans, and your tickets."
        )
        hours = Hours(Decimal(bucket), Decimal(bucket), Decimal(bucket))
        title = f"Retainer of {bucket} hours a month"
        return self._line(title, findings, reason, hours, self.rates.retainer, is_monthly=True)

    def _line(
        self,
        title: str,
        findings: tuple[str, ...],
        reason: str,
        hours: Hours,
        rate: Decimal,
        *,
        is_monthly: bool = False,
    ) -> Line:
        currency = self.rates.currency
        net = Money.of(hours.likely * rate, currency)
        return Line(title, findings, reason, hours, hours.likely, Money(rate, currency), net, is_monthly)


def totals(lines: Iterable[Line], tax: Tax, currency: str) -> Totals:
    """The lines' exact sum, and the VAT on it, rounded once."""
    net = total((line.net for line in lines), currency)
    vat = Money.of(net.amount * tax.percent / _HUNDRED, currency)
    return Totals(net, vat, net + vat)
