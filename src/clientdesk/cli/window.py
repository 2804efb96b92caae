"""`clientdesk window`: the maintenance windows, booked, moved, skipped and cancelled."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from clientdesk.cli.person import person
from clientdesk.cli.window_papers import feed, replies, year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientdesk.steps.booking import ClientBooking

FAILED = 1
_DAY = click.DateTime(formats=["%Y-%m-%d"])
_by = click.option("--by", default="", metavar="NAME", help="Who decides.  [default: your login]")
_why = click.option("--why", required=True, metavar="TEXT", help="The reason; it is kept.")


@click.group()
def window() -> None:
    """List, show, book, move, skip and cancel maintenance windows.

    WINDOW is an id, an id's beginning as `list` prints it, or a client's name: its next window. CLIENT is a client's
    name or the number of the proposal that it accepted.

    \b
    Example:
      clientdesk window reschedule "Example Ltd" --to 2026-07-09 --why "release week"
    """


for each in (feed, year, replies):
    window.add_command(each)


@window.command("list")
@click.option("--from", "since", type=_DAY, metavar="DAY", help="From this day on.  [default: today]")
@click.option("--to", "until", type=_DAY, metavar="DAY", help="Up to this day.")
@click.option("--client", default="", metavar="CLIENT", help="Only this client's.")
@click.option("--state", "states", multiple=True, metavar="STATE", help="Only these; may be repeated.")
def list_all(since: datetime | None, until: datetime | None, client: str, states: tuple[str, ...]) -> None:
    """List windows in the order of their days; holds that have run out are left out.

    \b
    Examples:
      clientdesk window list
      clientdesk window list --from 2026-01-01 --to 2026-12-31 --state skipped
    """
    from clientdesk.cli.window_view import listed
    from clientdesk.domain.windows import WindowState
    from clientdesk.steps.looking_up import agreement_named
    from clientdesk.wiring import desk

    for state in states:
        if state not in list(WindowState):
            raise click.UsageError(f"--state: {state!r} is none of {', '.join(WindowState)}")
    owner = agreement_named(desk().windows, client).client if client else None
    first, last = _day(since) or desk().today(), _day(until)
    found = desk().windows.windows(first, last, owner, tuple(WindowState(state) for state in states))
    records = [each for each in found if each.held_until is None or each.held_until > desk().clock.now()]
    click.echo("\n".join(listed(records)) if records else "no window: `clientdesk window book --all` books what is due")


@window.command()
@click.argument("window")
def show(window: str) -> None:
    """Show all that is known of a window: day, hours, agreement, until when it can be moved, what happened to it.

    \b
    Example:
      clientdesk window show "Example Ltd"
    """
    from clientdesk.cli.window_view import shown
    from clientdesk.steps.looking_up import window_named
    from clientdesk.wiring import desk

    click.echo("\n".join(shown(window_named(desk().windows, window, desk().today()))))


@window.command()
@click.argument("client", required=False, default="")
@click.option("--all", "everyone", is_flag=True, help="Everything that is due, for all clients.")
@click.option("--on", type=_DAY, metavar="DAY", help="One more window, on this day.")
@click.option("--why", default="", metavar="TEXT", help="With --on: the reason; it is kept.")
@_by
def book(client: str, everyone: bool, on: datetime | None, why: str, by: str) -> None:
    """Book what is due, for one client or for all, or one more window on a day.

    Due is every window up to the end of the next quarter. A window whose day is a holiday or full moves to the next
    working day with room. Run again, it books nothing twice. Status 1: somebody could not be booked.

    \b
    Examples:
      clientdesk window book --all
      clientdesk window book "Example Ltd" --on 2026-05-12 --why "the move to the new servers"
    """
    if everyone == bool(client):
        raise click.UsageError("name a client, or say --all")
    if on is None:
        _book_due(client)
    elif everyone:
        raise click.UsageError("--on goes with one client")
    else:
        _book_extra(client, on.date(), person(by), why)


@window.command()
@click.argument("window")
@click.option("--to", "to", type=_DAY, required=True, metavar="DAY", help="The new day.")
@_why
@_by
def reschedule(window: str, to: datetime, why: str, by: str) -> None:
    """Move a window to another day, as long as there is time for it. If the day is full, three others are named.

    \b
    Example:
      clientdesk window reschedule "Example Ltd" --to 2026-07-09 --why "release week"
    """
    from clientdesk.steps import window_changes
    from clientdesk.steps.booking_summary import in_a_line
    from clientdesk.steps.looking_up import window_named
    from clientdesk.wiring import desk

    record = window_named(desk().windows, window, desk().today())
    click.echo(in_a_line(desk(), window_changes.reschedule(desk(), record, to.date(), person(by), why)))


@window.command()
@click.argument("window")
@_why
@_by
def skip(window: str, why: str, by: str) -> None:
    """Leave a window out. Those after it stay where they are.

    \b
    Example:
      clientdesk window skip "Example Ltd" --why "nothing to do this quarter"
    """
    from clientdesk.steps import window_changes
    from clientdesk.steps.booking_summary import in_a_line
    from clientdesk.steps.looking_up import window_named
    from clientdesk.wiring import desk

    record = window_named(desk().windows, window, desk().today())
    click.echo(in_a_line(desk(), window_changes.skip(desk(), record, person(by), why)))


@window.command()
@click.argument("window")
@_why
@_by
def cancel(window: str, why: str, by: str) -> None:
    """Call a window off that was booked in error, or that the agency can't keep.

    \b
    Example:
      clientdesk window cancel 3f9a1c2e --why "booked twice by mistake"
    """
    from clientdesk.steps import window_changes
    from clientdesk.steps.booking_summary import in_a_line
    from clientdesk.steps.looking_up import window_named
    from clientdesk.wiring import desk

    record = window_named(desk().windows, window, desk().today())
    click.echo(in_a_line(desk(), window_changes.cancel(desk(), record, person(by), why)))


@window.command()
@click.argument("client")
@click.option("--on", type=_DAY, required=True, metavar="DAY", help="The agreement's last day.")
@_why
@_by
def end(client: str, on: datetime, why: str, by: str) -> None:
    """End a client's agreement: nothing falls due after its last day, and what is booked later is cancelled.

    \b
    Example:
      clientdesk window end "Example Ltd" --on 2026-12-31 --why "they gave notice"
    """
    from clientdesk.documents.client_text import printable
    from clientdesk.steps import window_changes
    from clientdesk.steps.booking_summary import in_a_line
    from clientdesk.steps.looking_up import agreement_named
    from clientdesk.wiring import desk

    agreement = agreement_named(desk().windows, client)
    cancelled = window_changes.end(desk(), agreement, on.date(), person(by), why)
    click.echo(f"{printable(agreement.company, 80)}: no windows after {on.date()}")
    for record in cancelled:
        click.echo(in_a_line(desk(), record))


def _book_due(client: str) -> None:
    from clientdesk.documents.client_text import printable
    from clientdesk.documents.proposal_text import table
    from clientdesk.steps import booking
    from clientdesk.steps.booking_summary import HEADER, booking_rows, in_a_sentence
    from clientdesk.steps.looking_up import agreement_named
    from clientdesk.wiring import desk

    if client:
        done: Sequence[ClientBooking] = [booking.book_one(desk(), agreement_named(desk().windows, client))]
    else:
        done = booking.book_all(desk())
    rows = booking_rows(desk(), done)
    if rows:
        click.echo("\n".join(table([HEADER, *rows])))
    for each in done:
        if each.problem:
            click.echo(printable(f"{each.agreement.company}: {each.problem}", 400), err=True)
    click.echo(in_a_sentence(done))
    sys.exit(FAILED if any(each.needs_a_person for each in done) else 0)


def _book_extra(client: str, on: date, by: str, why: str) -> None:
    from clientdesk.steps import window_changes
    from clientdesk.steps.booking_summary import in_a_line
    from clientdesk.steps.looking_up import agreement_named
    from clientdesk.wiring import desk

    if not why.strip():
        raise click.UsageError("--on needs --why: one more window is agreed, not due")
    agreement = agreement_named(desk().windows, client)
    click.echo(in_a_line(desk(), window_changes.book_extra(desk(), agreement, on, by, why)))


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None
