"""What agency.toml may say: one model for each of its tables, turned into domain values.

A field's description completes the sentence "must be …"; it is what the reader of a wrong file gets to see.
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from enum import IntEnum
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, EmailStr, Field, ValidationInfo, field_validator

from clientdesk.adapters.credential_table import CredentialTable
from clientdesk.adapters.public_holidays import NoSuchCalendar, check_place
from clientdesk.domain.agency import (
    OfficeHours,
    Person,
    ProposalRules,
    Rates,
    ResponseTimes,
    Seller,
    WindowRules,
)
from clientdesk.domain.estimating import EffortRule, Hours
from clientdesk.domain.intake import Expectation, Partner


class Weekday(IntEnum):
    """As in agency.toml, in small letters; Monday is 0."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


def _weekday(value: object) -> Weekday:
    for weekday in Weekday:
        if value == weekday.name.lower():
            return weekday
    raise ValueError(str(value))


def _hours(value: object) -> Hours:
    match value:
        case [Decimal() | int() as low, Decimal() | int() as likely, Decimal() | int() as high]:
            return Hours(Decimal(low), Decimal(likely), Decimal(high))
    raise ValueError(str(value))


def _per_period(value: object) -> tuple[tuple[int, int], ...]:
    """Hours of retainer, as TOML's keys are text, and windows."""
    if not isinstance(value, dict) or not all(key.isascii() and key.isdigit() for key in value):
        raise ValueError(str(value))
    if any(not isinstance(each, int) or isinstance(each, bool) for each in value.values()):
        raise ValueError(str(value))
    pairs = tuple(sorted((int(hours), windows) for hours, windows in value.items()))
    counts = [windows for _, windows in pairs]
    if any(not 1 <= each <= _MOST_WINDOWS for each in counts) or counts != sorted(counts):
        raise ValueError(str(value))
    return pairs


def _written(value: object) -> object:
    """Pydantic would take a number for seconds since some beginning."""
    if isinstance(value, bool | int | Decimal):
        raise ValueError(str(value))  # noqa: TRY004 - pydantic reports a ValueError
    return value


def _number(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError(str(value))  # noqa: TRY004 - pydantic reports a ValueError
    return value


_MOST_WINDOWS = 6
_Day = Annotated[Weekday, BeforeValidator(_weekday)]
_Date = Annotated[date, BeforeValidator(_written)]
_Time = Annotated[time, BeforeValidator(_written)]
_Decimal = Annotated[Decimal, BeforeValidator(_number)]
_Line = Annotated[
    str, Field(pattern=r"^[^\x00-\x1f\x7f]*$", max_length=200, description="a text of one line, in quotation marks")
]
_Name = Annotated[_Line, Field(min_length=1, description="a text of one line that is not empty, in quotation marks")]
_Rate = Annotated[
    _Decimal,
    Field(gt=0, lt=100_000, decimal_places=2, description='a decimal number of {currency} per hour, as in "95.00"'),
]
_Hours = Annotated[
    Hours,
    BeforeValidator(_hours),
    Field(description="three numbers of hours that rise: low, likely, high, as in [0.5, 1, 2]"),
]
_PersonHours = Annotated[_Decimal, Field(gt=0, le=1000, description="a number of person-hours above 0, as in 8")]
_BusinessDays = Annotated[int, Field(strict=True, ge=0, le=250, description="a whole number of business days, as in 5")]
_BusinessHours = Annotated[
    int, Field(strict=True, ge=1, le=250, description="a whole number of business hours, as in 4")
]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, populate_by_name=False)


class SellerTable(_Table):
    name: _Name
    email: EmailStr = Field(description='an e-mail address, as in "contact@example.com"')
    website: str = Field("", pattern=r"^(https?://\S+)?$", description='an address, as in "https://example.com", or ""')
    phone: _Line = ""
    address: list[_Name] = Field(max_length=6, description="a list of up to six lines, each in quotation marks")
    country: str = Field(pattern="^[A-Z]{2}$", description='a country in two letters (ISO 3166), as in "DE"')
    vat_id: str = Field(pattern="^[A-Z0-9]{0,14}$", description='a VAT ID written together, as in "DE123456789", or ""')
    vat_percent: _Decimal = Field(ge=0, lt=100, decimal_places=2, description="a number of percent, as in 19")

    def value(self) -> Seller:
        facts = self.model_dump(exclude={"address"})
        return Seller(address=tuple(self.address), **facts)


class OfficeHoursTable(_Table):
    zone: str = Field(description='a zone of the IANA\'s, as in "Europe/Berlin"')
    opens: _Time = Field(description='a time of day, as in "09:00"')
    closes: _Time = Field(description='a time of day later than `opens`, as in "17:00"')
    weekdays: list[_Day] = Field(min_length=1, description='a list of weekdays, as in ["monday", "tuesday"]')
    country: str = Field(pattern="^[A-Z]{2}$", description='a country in two letters (ISO 3166), as in "DE"')
    subdivision: str = Field(description='a part of the country whose public holidays are known, as in "BE", or ""')
    days_off: list[_Date] = Field([], description="a list of dates, as in [2026-12-24]")
    half_days: list[_Date] = Field([], description="a list of dates, as in [2026-12-23]")
    half_day_closes: _Time = Field(
        time(13), description='a time of day later than `opens` and no later than `closes`, as in "13:00"'
    )

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (OSError, LookupError) as error:
            raise ValueError(zone) from error
        return zone

    @field_validator("opens", "closes")
    @classmethod
    def _local(cls, at: time, info: ValidationInfo) -> time:
        if at.tzinfo is not None or (info.field_name == "closes" and at <= info.data.get("opens", time.min)):
            raise ValueError(str(at))
        return at

    @field_validator("half_day_closes")
    @classmethod
    def _within(cls, at: time, info: ValidationInfo) -> time:
        opens, closes = info.data.get("opens", time.min), info.data.get("closes", time.max)
        if at.tzinfo is not None or not opens < at <= closes:
            raise ValueError(str(at))
        return at

    @field_validator("subdivision")
    @classmethod
    def _known_holidays(cls, subdivision: str, info: ValidationInfo) -> str:
        try:
            check_place(info.data.get("country", "DE"), subdivision)
        except NoSuchCalendar as error:
            raise ValueError(str(error)) from error
        return subdivision

    def value(self) -> OfficeHours:
        return OfficeHours(
            zone=self.zone,
            opens=self.opens,
            closes=self.closes,
            weekdays=frozenset(int(day) for day in self.weekdays),
            country=self.country,
            subdivision=self.subdivision,
            days_off=frozenset(self.days_off),
            half_days=frozenset(self.half_days),
            half_day_closes=self.half_day_closes,
        )


class RatesTable(_Table):
    currency: str = Field(pattern="^[A-Z]{3}$", description='a currency in three letters (ISO 4217), as in "EUR"')
    retainer: _Rate
    pay_as_you_go: _Rate
    sprint: _Rate
    are_examples: bool = Field(strict=True, description="true or false")

    def value(self) -> Rates:
        return Rates(**self.model_dump())


class WindowsTable(_Table):
    notice_days: _BusinessDays
    weekday: _Day = Field(description='a weekday on which the office is open, as in "tuesday"')
    months_apart: int = Field(strict=True, ge=1, le=12, description="a whole number of months from 1 to 12")
    answer_days: _BusinessDays
    reschedule_days: _BusinessDays
    hours_a_day: _PersonHours
    capacity_hours: _PersonHours | None = Field(
        None, description="a number of person-hours, no less than `hours_a_day`"
    )
    per_period: Annotated[tuple[tuple[int, int], ...], BeforeValidator(_per_period)] = Field(
        (),
        description="hours of retainer a month and from 1 to 6 windows in each period, both rising, as in {{ 16 = 2 }}",
    )

    @field_validator("capacity_hours")
    @classmethod
    def _has_room(cls, capacity: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if capacity is not None and capacity < info.data.get("hours_a_day", 0):
            raise ValueError(str(capacity))
        return capacity

    def value(self) -> WindowRules:
        return WindowRules(**{**self.model_dump(), "weekday": int(self.weekday)})


class ProposalsTable(_Table):
    valid_days: int = Field(strict=True, ge=1, le=366, description="a whole number of days from 1 to 366")
    retainer_hours: list[Annotated[int, Field(strict=True, ge=1, le=744)]] = Field(
        min_length=1, description="a list of whole numbers of hours a month, as in [8, 12, 16]"
    )
    locale: str = Field(pattern="^[a-z]{2}_[A-Z]{2}$", description='a language and a country, as in "en_IE" or "de_DE"')
    engineer: _Name
    account_lead: _Name
    reminder_days: int = Field(
        7, strict=True, ge=0, le=366, description="a whole number of days from 0 (no reminder) to 366"
    )
    engineer_email: EmailStr | Literal[""] = Field("", description='an e-mail address, or "" for the agency\'s own')
    account_lead_email: EmailStr | Literal[""] = Field("", description='an e-mail address, or "" for the agency\'s own')

    def value(self) -> ProposalRules:
        buckets = tuple(sorted(set(self.retainer_hours)))
        return ProposalRules(**{**self.model_dump(), "retainer_hours": buckets})


class ResponseTable(_Table):
    critical_first: _BusinessHours
    critical_plan: _BusinessHours
    normal_first: _BusinessHours

    def value(self) -> ResponseTimes:
        return ResponseTimes(**self.model_dump())


class PersonTable(_Table):
    """`weekdays` None: those of the office."""

    hours_a_day: _Decimal = Field(gt=0, le=24, description="a number of hours above 0, as in 8")
    weekdays: list[_Day] | None = Field(None, description='a list of weekdays, as in ["monday", "tuesday"]')

    def hours_on(self, weekday: Weekday) -> Decimal:
        return self.hours_a_day if self.weekdays is None or weekday in self.weekdays else Decimal(0)

    def value(self, name: str, office: frozenset[int]) -> Person:
        days = office if self.weekdays is None else frozenset(int(day) for day in self.weekdays)
        return Person(name, self.hours_a_day, days)


class PartnerTable(_Table):
    name: _Name
    contact: _Name
    is_example: bool = Field(False, strict=True, description="true or false")

    def value(self, expectation: Expectation) -> Partner:
        return Partner(expectation, self.name, self.contact, self.is_example)


class PartnersTable(_Table):
    round_the_clock: PartnerTable | None = Field(None, alias=Expectation.ROUND_THE_CLOCK.value)
    tier_one: PartnerTable | None = Field(None, alias=Expectation.TIER_ONE_DESK.value)
    war_room: PartnerTable | None = Field(None, alias=Expectation.WAR_ROOM.value)

    def value(self) -> dict[Expectation, Partner]:
        named = {
            Expectation.ROUND_THE_CLOCK: self.round_the_clock,
            Expectation.TIER_ONE_DESK: self.tier_one,
            Expectation.WAR_ROOM: self.war_room,
        }
        return {expectation: table.value(expectation) for expectation, table in named.items() if table}


class EffortTable(_Table):
    """Only what differs from the rule beside the check."""

    work: _Name | None = Field(None, description='a text of one line, as in "Upgrade {{cause}}"')
    unit: _Name | None = Field(None, description='what is counted, in the singular, as in "function"')
    fixed: _Hours | None = Field(None, description="three numbers of hours that rise, as in [0.5, 1, 2]")
    per_unit: _Hours | None = Field(None, description="three numbers of hours that rise, as in [0.5, 1, 2]")
    cap: _Decimal | None = Field(None, gt=0, le=10_000, description="a number of hours above 0, as in 12")

    def value(self, shipped: EffortRule) -> EffortRule:
        return EffortRule(
            key=shipped.key,
            work=self.work or shipped.work,
            unit=self.unit or shipped.unit,
            fixed=self.fixed or shipped.fixed,
            per_unit=self.per_unit or shipped.per_unit,
            cap=self.cap or shipped.cap,
        )


class AgencyForm(_Table):
    """The whole file."""

    seller: SellerTable
    office_hours: OfficeHoursTable
    rates: RatesTable
    windows: WindowsTable
    proposals: ProposalsTable
    response: ResponseTable
    partners: PartnersTable = PartnersTable()
    effort: dict[str, EffortTable] = {}
    people: dict[str, PersonTable] = {}
    credentials: dict[str, CredentialTable] = {}
