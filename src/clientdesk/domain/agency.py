"""The agency's own facts, as agency.toml states them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from clientdesk.domain.credential import CredentialReference
from clientdesk.domain.estimating import EffortRule
from clientdesk.domain.intake import Expectation, Partner


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When the office is open: [opens, closes) local time of `zone` (IANA name) on `weekdays` (Monday = 0).

    On `half_days` it closes at `half_day_closes`.
    """

    zone: str
    opens: time
    closes: time
    weekdays: frozenset[int]
    country: str
    subdivision: str
    days_off: frozenset[date] = frozenset()
    half_days: frozenset[date] = frozenset()
    half_day_closes: time = time(13)

    def closes_on(self, day: date) -> time:
        return self.half_day_closes if day in self.half_days else self.closes


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works in maintenance windows: `hours_a_day` person-hours on `weekdays` (Monday = 0)."""

    name: str
    hours_a_day: Decimal
    weekdays: frozenset[int]

    def hours_on(self, day: date) -> Decimal:
        return self.hours_a_day if day.weekday() in self.weekdays else Decimal(0)


@dataclass(frozen=True, slots=True)
class Rates:
    """Hourly rates, net, by kind of engagement. `are_examples` until the agency has put in its own."""

    currency: str
    retainer: Decimal
    pay_as_you_go: Decimal
    sprint: Decimal
    are_examples: bool


@dataclass(frozen=True, slots=True)
class Seller:
    """The agency as a business: what a proposal must name. `vat_percent` is the domestic rate."""

    name: str
    email: str
    address: tuple[str, ...]
    country: str
    vat_id: str
    vat_percent: Decimal
    website: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class WindowRules:
    """How maintenance windows are offered: business days of notice, weekday (Monday = 0), months between two.

    A window takes `hours_a_day` person-hours of its day (the sprint's box); `capacity_hours` of a day at most go into
    windows (None: as many as the people have). `per_period`: from so many retainer hours a month on, so many windows
    in each period of `months_apart`.
    """

    notice_days: int
    weekday: int
    months_apart: int
    answer_days: int
    reschedule_days: int
    hours_a_day: Decimal
    capacity_hours: Decimal | None
    per_period: tuple[tuple[int, int], ...] = ()

    def windows_for(self, retainer_hours: int) -> int:
        """How many windows a period has with a retainer of so many hours a month (0: none)."""
        return max((windows for hours, windows in self.per_period if hours <= retainer_hours), default=1)


@dataclass(frozen=True, slots=True)
class ProposalRules:
    """`valid_days` calendar days; `retainer_hours` the buckets per month, ascending.

    A client is reminded `reminder_days` calendar days before the last one (0: never). Who decides is reminded at
    `engineer_email` and `account_lead_email`; "" is the agency's own address.
    """

    valid_days: int
    retainer_hours: tuple[int, ...]
    locale: str
    engineer: str
    account_lead: str
    reminder_days: int = 7
    engineer_email: str = ""
    account_lead_email: str = ""


@dataclass(frozen=True, slots=True)
class ResponseTimes:
    """Business hours to the first response, and to a plan for a critical one."""

    critical_first: int
    critical_plan: int
    normal_first: int


@dataclass(frozen=True, slots=True)
class Agency:
    seller: Seller
    office_hours: OfficeHours
    rates: Rates
    windows: WindowRules
    proposals: ProposalRules
    response: ResponseTimes
    partners: Mapping[Expectation, Partner]
    effort: Mapping[str, EffortRule] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    credentials: Mapping[str, CredentialReference] = field(default_factory=dict)
