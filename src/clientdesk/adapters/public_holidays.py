"""Days on which the office is closed: a country's public holidays, by the package `holidays`, and own days off."""

from __future__ import annotations

from datetime import date
from typing import cast

import holidays
from holidays.registry import EntityLoader

from clientdesk.domain.agency import OfficeHours
from clientdesk.domain.refusal import Refusal


class NoSuchCalendar(Refusal):
    """No holidays are known for the country or its subdivision."""


class PublicHolidays:
    """The holidays of the place that the office hours name; years are reckoned when first asked for."""

    def __init__(self, hours: OfficeHours) -> None:
        self._days_off = hours.days_off
        check_place(hours.country, hours.subdivision)
        self._public = holidays.country_holidays(hours.country, subdiv=hours.subdivision or None)

    def is_holiday(self, day: date) -> bool:
        return day in self._days_off or day in self._public

    def name_of(self, day: date) -> str:
        """What the package `holidays` calls it; "" where the day is no public holiday."""
        return str(self._public.get(day) or "")


def check_place(country: str, subdivision: str) -> None:
    """Refuse a place whose holidays are not known, saying which are."""
    if country not in EntityLoader.get_country_codes(include_aliases=False):
        raise NoSuchCalendar(f'no public holidays are known for the country "{country}": write it as in "DE"')
    # Of this country alone: the list of all that are supported loads the modules of 250, at the start of every command.
    known = cast("tuple[str, ...]", getattr(holidays, country).subdivisions)
    if subdivision and subdivision not in known:
        choices = ", ".join(known) or "none, leave it empty"
        raise NoSuchCalendar(f'no public holidays are known for "{subdivision}" in {country}; known are: {choices}')
