"""`clientdesk calendar`: what each day has for maintenance windows, and who is away."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from clientdesk.domain.capacity import Absence
    from clientdesk.steps.calendar import CalendarDay

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_SHOWN = timedelta(weeks=4)
_LONGEST = 400
_WEEKEND = 5


@click.group()
def calendar() -> None:
    """Working days, holidays, absences, and how much of each day is booked.

    \b
    Example:
      clientdesk calendar show
    """


@calendar.command()
@click.option("--from", "since", type=_DAY, metavar="DAY", help="From this day on.  [default: today]")
@click.option("--to", "until", type=_DAY, metavar="DAY", help="Up to this day.  [default: four weeks on]")
def show(since: datetime | None, until: datetime | None) -> None:
    """Show days: when the office is open, who is away, person-hours for windows, booked and left.

    Weekends are left out unless something is booked on them.

    \b
    Example:
      clientdesk calendar show --from 2026-12-14 --to 2027-01-08
    """
    from clientdesk.documents.proposal_text import table
    from clientdesk.steps.calendar import calendar_days
    from clientdesk.wiring import desk

    first = since.date() if since else desk().today()
    last = until.date() if until else first + _SHOWN
    if not first <= last <= first + timedelta(days=_LONGEST):
        raise click.UsageError(f"--to: {last} must lie from 0 to {_LONGEST} days after {first}")
    days = [day for day in calendar_days(desk(), first, last) if day.day.weekday() < _WEEKEND or day.opens or day.taken]
    header = ("day", "open", "hours", "booked", "left", "")
    click.echo("\n".join(table([header, *(_row(day) for day in days)])))


@calendar.group()
def absence() -> None:
    """Who is away when. Names are those of [people] in agency.toml.

    \b
    Example:
      clientdesk calendar absence add "Ada Engineer" --from 2026-07-20 --to 2026-07-31 --why holiday
    """


@absence.command()
@click.argument("person")
@click.option("--from", "since", type=_DAY, required=True, metavar="DAY", help="The first day.")
@click.option("--to", "until", type=_DAY, metavar="DAY", help="The last day.  [default: the first]")
@click.option("--half", is_flag=True, help="Half of each day.")
@click.option("--why", default="", metavar="TEXT", help="A remark. Of an illness say no more than that.")
def add(person: str, since: datetime, until: datetime | None, half: bool, why: str) -> None:
    """Put down that somebody is away. Days that have more booked now than hours are named.

    \b
    Example:
      clientdesk calendar absence add "Ada Engineer" --from 2026-07-20 --to 2026-07-31 --why holiday
    """
    from clientdesk.domain.capacity import Absence
    from clientdesk.steps.calendar import add_absence
    from clientdesk.wiring import desk

    first, last = since.date(), (until or since).date()
    if last < first:
        raise click.UsageError(f"--to: {last} comes before {first}")
    kept, overbooked = add_absence(desk(), Absence(person, first, last, why, half))
    click.echo(_said(kept))
    for day in overbooked:
        click.echo(f"too much is booked on {day.day}: {_booked(day)}; move one with `clientdesk window reschedule`")


@absence.command("list")
@click.option("--from", "since", type=_DAY, metavar="DAY", help="That end on this day or later.  [default: today]")
def list_all(since: datetime | None) -> None:
    """List absences that go on or are to come.

    \b
    Example:
      clientdesk calendar absence list
    """
    from clientdesk.documents.proposal_text import table
    from clientdesk.steps.looking_up import short
    from clientdesk.wiring import desk

    found = desk().windows.absences(since=since.date() if since else desk().today())
    ids = [each.id for each in found]
    rows = [(short(each.id, ids), each.person, _span(each.first, each.last), _half(each), each.why) for each in found]
    click.echo("\n".join(table(rows)) if rows else "nobody is away")


@absence.command()
@click.argument("absence")
def remove(absence: str) -> None:
    """Take an absence back. ABSENCE is an id, or an id's beginning as `list` prints it.

    \b
    Example:
      clientdesk calendar absence remove 3f9a1c2e
    """
    from clientdesk.steps.looking_up import absence_named
    from clientdesk.wiring import desk

    removed = desk().windows.remove_absence(absence_named(desk().windows, absence).id)
    click.echo(f"taken back: {_said(removed)}")


def _row(day: CalendarDay) -> tuple[str, ...]:
    notes = [day.note] if day.note else []
    notes += [f"away: {', '.join(day.away)}"] if day.away else []
    notes += ["TOO MUCH IS BOOKED"] if day.is_overbooked else []
    return (f"{day.day:%a} {day.day}", *_hours(day), "; ".join(notes))


def _hours(day: CalendarDay) -> tuple[str, ...]:
    from clientdesk.documents.figures import Figures
    from clientdesk.steps.publishing import TEAM
    from clientdesk.wiring import desk

    figures = Figures(TEAM, desk().agency.office_hours.zone)
    if day.opens is None or day.closes is None:
        return "closed", "-", figures.hours(day.taken) if day.taken else "-", "-"
    left = figures.hours(day.capacity - day.taken)
    opened = f"{figures.clock(day.opens)}\N{EN DASH}{figures.clock(day.closes)}"
    return opened, figures.hours(day.capacity), figures.hours(day.taken), left


def _booked(day: CalendarDay) -> str:
    return f"{day.taken.normalize():f} of {day.capacity.normalize():f} hours"


def _said(absence: Absence) -> str:
    half = _half(absence)
    return f"{absence.person}: away {_span(absence.first, absence.last)}{f', {half}' if half else ''}"


def _half(absence: Absence) -> str:
    return "half of the day" if absence.is_half else ""


def _span(first: date, last: date) -> str:
    return str(first) if first == last else f"{first} to {last}"
