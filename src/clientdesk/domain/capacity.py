"""How much of a day the agency has for maintenance windows: its people's hours without those who are away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clientdesk.domain.agency import Agency, Person
from clientdesk.domain.refusal import Refusal

_MINUTES = 60
_HALF = Decimal("0.5")
_NOTHING = Decimal(0)


class NobodyOfThatName(Refusal):
    """An absence names somebody who is not in agency.toml."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from `first` to `last`, both included; half of each day where `is_half`."""

    person: str
    first: date
    last: date
    why: str = ""
    is_half: bool = False
    id: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"an absence can't end on {self.last}, before it begins on {self.first}")

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who works, and at most how many person-hours of a day go into windows (None: all that there are).

    Without people the limit alone is what a day has. Which days are working days is the calendar's to say.
    """

    people: tuple[Person, ...]
    half_days: frozenset[date]
    limit: Decimal | None

    def hours_on(self, day: date, absences: Iterable[Absence] = ()) -> Decimal:
        """Person-hours for windows on a working day; half as many on a half day."""
        away = [absence for absence in absences if absence.covers(day)]
        here = sum((_share(person, away) * person.hours_on(day) for person in self.people), _NOTHING)
        limit = here if self.limit is None else self.limit
        hours = min(here, limit) if self.people else limit
        return hours * _HALF if day in self.half_days else hours

    def minutes_on(self, day: date, absences: Iterable[Absence] = ()) -> int:
        """Whole minutes, rounded down: a day is never overbooked by a fraction."""
        return int(self.hours_on(day, absences) * _MINUTES)

    def person(self, name: str) -> Person:
        """Raises `NobodyOfThatName`, naming who is known."""
        for person in self.people:
            if person.name.casefold() == name.strip().casefold():
                return person
        known = ", ".join(person.name for person in self.people)
        raise NobodyOfThatName(
            f"nobody is named {name!r} in agency.toml: {f'known are {known}' if known else 'it has no [people] yet'}"
        )


@dataclass(frozen=True, slots=True)
class Room:
    """What a window takes of its day (`hours`, its box in person-hours), and what days have."""

    hours: Decimal
    staffing: Staffing

    @property
    def minutes(self) -> int:
        return round(self.hours * _MINUTES)


def staffing_of(agency: Agency) -> Staffing:
    return Staffing(agency.people, agency.office_hours.half_days, agency.windows.capacity_hours)


def room_of(agency: Agency) -> Room:
    """A window's box, and the agency's days."""
    return Room(agency.windows.hours_a_day, staffing_of(agency))


def _share(person: Person, away: Iterable[Absence]) -> Decimal:
    """What is left of the person's day; two halves away are a whole."""
    gone = sum(
        (_HALF if absence.is_half else Decimal(1) for absence in away if absence.person == person.name), _NOTHING
    )
    return max(_NOTHING, 1 - gone)
