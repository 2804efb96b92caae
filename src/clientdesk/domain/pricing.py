"""From an estimate to a plan and a price: the recommendation, its reason, one alternative, and the tax."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clientdesk.domain.estimating import Hours
from clientdesk.domain.money import Money


class PlanKind(StrEnum):
    RETAINER = "retainer"
    PAY_AS_YOU_GO = "payg"
    UPGRADE_SPRINT = "sprint"
    SPRINT_THEN_RETAINER = "sprint-then-retainer"


class TaxCase(StrEnum):
    """How VAT is treated; a default to be confirmed by an accountant."""

    DOMESTIC = "domestic"
    REVERSE_CHARGE = "reverse-charge"
    OUTSIDE_EU = "outside-eu"
    MANUAL_REVIEW = "manual-review"


@dataclass(frozen=True, slots=True)
class Line:
    """One priced line. It names the findings that caused it or says its reason; it has no third way to exist.

    `hours` are the estimate, `billed_hours` what `net` is reckoned from. `is_monthly`: recurring, not one-off.
    """

    title: str
    findings: tuple[str, ...]
    reason: str
    hours: Hours
    billed_hours: Decimal
    rate: Money
    net: Money
    is_monthly: bool = False

    def __post_init__(self) -> None:
        if not self.findings and not self.reason:
            raise ValueError(f"the line {self.title!r} has neither findings nor a reason")


@dataclass(frozen=True, slots=True)
class Totals:
    """Exact sums of the lines; VAT once per rate on the total."""

    net: Money
    vat: Money
    gross: Money


@dataclass(frozen=True, slots=True)
class Plan:
    """A way of working together, priced. `bucket_hours` a month (0: no retainer)."""

    kind: PlanKind
    reason: str
    bucket_hours: int
    lines: tuple[Line, ...]
    one_off: Totals
    monthly: Totals


@dataclass(frozen=True, slots=True)
class Tax:
    case: TaxCase
    percent: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The plan recommended, one alternative beside it, and what both rest on."""

    recommended: Plan
    alternative: Plan
    tax: Tax
    effort: Hours
