"""What the team's report on a year of windows says: a picture of clients and weeks, and the hours of each month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from babel.dates import format_date

from clientdesk.documents.audit_report import seller_view
from clientdesk.documents.client_text import printable
from clientdesk.documents.figures import Figures
from clientdesk.domain.agency import Agency
from clientdesk.domain.windows import WindowState

_ROWS_BELOW_COVER, _ROWS_A_PAGE = 30, 40  # what fits, with the weeks' load above it
_OFF = frozenset({WindowState.SKIPPED, WindowState.CANCELLED})
_OVER = frozenset({WindowState.STARTED, WindowState.CLOSED})
_NAME = 26
_QUARTERS = range(1, 5)


@dataclass(frozen=True, slots=True)
class YearWindow:
    """A window of the year, and whose it is."""

    company: str
    day: date
    hours: Decimal
    state: WindowState


@dataclass(frozen=True, slots=True)
class YearOfWindows:
    """`capacity` are the person-hours of each day on which the office is open."""

    year: int
    windows: tuple[YearWindow, ...]
    capacity: Mapping[date, Decimal]
    drawn_on: date


def window_year_view(facts: YearOfWindows, agency: Agency) -> dict[str, object]:
    """The values of the document `window-year`."""
    figures = Figures(agency.proposals.locale, agency.office_hours.zone)
    companies = sorted({each.company for each in facts.windows}, key=str.casefold)
    counted = [each for each in facts.windows if each.state not in _OFF]
    return {
        "locale": figures.tag,
        "language": figures.language,
        "seller": seller_view(agency.seller),
        "year": str(facts.year),
        "drawn_on": figures.day(facts.drawn_on),
        "clients": len(companies),
        "windows": len(counted),
        "off": len(facts.windows) - len(counted),
        "hours": figures.hours(sum((each.hours for each in counted), Decimal(0))),
        "pictures": _pictures(facts, companies, figures),
        "months": [_month(facts, number, counted, figures) for number in range(1, 13)],
        "rows": [_row(company, facts.windows, figures) for company in companies],
    }


def _pictures(facts: YearOfWindows, companies: Sequence[str], figures: Figures) -> list[dict[str, object]]:
    shared = {"kind": "weeks", "load": _load(facts), "months": _months(facts.year, figures)}
    starts = [0, *range(_ROWS_BELOW_COVER, len(companies), _ROWS_A_PAGE)]
    parts = [companies[start:end] for start, end in pairwise([*starts, len(companies)])]
    return [{**shared, "rows": [_marks(company, facts) for company in part]} for part in parts]


def _marks(company: str, facts: YearOfWindows) -> dict[str, object]:
    own = [each for each in facts.windows if each.company == company]
    marks = [(_week(facts.year, each.day), _kind(each.state)) for each in own]
    return {"label": printable(company, _NAME), "marks": marks}


def _kind(state: WindowState) -> str:
    return "off" if state in _OFF else "over" if state in _OVER else "booked"


def _load(facts: YearOfWindows) -> list[float]:
    """How much of each week's hours is taken; more than all of it where hours were taken away since."""
    weeks = _week(facts.year, date(facts.year, 12, 31)) + 1
    there, taken = [Decimal(0)] * weeks, [Decimal(0)] * weeks
    for day, hours in facts.capacity.items():
        there[_week(facts.year, day)] += hours
    for each in facts.windows:
        if each.state not in _OFF:
            taken[_week(facts.year, each.day)] += each.hours
    return [float(used / hours) if hours else float(used > 0) * 2 for used, hours in zip(taken, there, strict=True)]


def _week(year: int, day: date) -> int:
    """Counted from the Monday on or before the first of January, so that every day of the year is in one."""
    first = date(year, 1, 1)
    return (day - (first - timedelta(days=first.weekday()))).days // 7


def _months(year: int, figures: Figures) -> list[tuple[int, str]]:
    firsts = [date(year, month, 1) for month in range(1, 13)]
    return [(_week(year, first), format_date(first, "LLL", locale=figures.locale)) for first in firsts]


def _month(facts: YearOfWindows, number: int, counted: Sequence[YearWindow], figures: Figures) -> dict[str, object]:
    there = sum((hours for day, hours in facts.capacity.items() if day.month == number), Decimal(0))
    own = [each for each in counted if each.day.month == number]
    taken = sum((each.hours for each in own), Decimal(0))
    return {
        "name": format_date(date(facts.year, number, 1), "LLLL", locale=figures.locale),
        "windows": len(own),
        "taken": figures.hours(taken),
        "capacity": figures.hours(there),
        "share": figures.percent((taken / there * 100).quantize(Decimal(1))) if there else "\N{EN DASH}",
        "is_overfull": taken > there,
    }


def _row(company: str, windows: Sequence[YearWindow], figures: Figures) -> dict[str, object]:
    own = sorted((each for each in windows if each.company == company), key=lambda each: each.day)
    quarters = [[_day(each, figures) for each in own if (each.day.month + 2) // 3 == number] for number in _QUARTERS]
    return {"company": printable(company, 80), "quarters": quarters}


def _day(window: YearWindow, figures: Figures) -> dict[str, object]:
    return {"day": format_date(window.day, "d MMM", locale=figures.locale), "is_off": window.state in _OFF}
