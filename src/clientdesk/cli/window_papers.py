"""`clientdesk window feed|year|replies`: the windows for calendars, for a wall, and what calendars answered."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click

from clientdesk.cli.files import write

_FILE = click.Path(dir_okay=False, path_type=Path)
_FIRST, _LAST = 2000, 2100


@click.command()
@click.option("--out", type=_FILE, required=True, metavar="FILE.ics", help="Write to this file.")
@click.option("--client", default="", metavar="CLIENT", help="Only this client's.")
def feed(out: Path, client: str) -> None:
    """Write all windows as a calendar file, for programs that subscribe to one.

    Windows that were skipped or cancelled stay in it, marked so. The same windows give the same file.

    \b
    Example:
      clientdesk window feed --out windows.ics
    """
    from clientdesk.steps.looking_up import agreement_named
    from clientdesk.steps.window_year import window_feed
    from clientdesk.wiring import desk

    owner = agreement_named(desk().windows, client).client if client else ""
    _write(out, window_feed(desk(), owner))


@click.command()
@click.argument("year", type=click.IntRange(_FIRST, _LAST))
@click.option("--out", type=_FILE, required=True, metavar="FILE", help="A .pdf, or an .html page.")
def year(year: int, out: Path) -> None:
    """Draw a YEAR at a glance: clients by weeks, how full each week and month is, every client's days.

    \b
    Example:
      clientdesk window year 2027 --out windows-2027.pdf
    """
    from clientdesk.steps.window_year import year_page, year_pdf
    from clientdesk.wiring import desk

    makers = {".pdf": year_pdf, ".html": year_page}
    if out.suffix.lower() not in makers:
        raise click.UsageError(f"--out: {out.name} ends neither in .pdf nor in .html")
    _write(out, makers[out.suffix.lower()](desk(), year))


@click.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--days", default=30, show_default=True, type=click.IntRange(1, 365), help="How far back to look.")
def replies(folder: Path | None, days: int) -> None:
    """Read what calendars answered to invitations: from a FOLDER of .eml files, or the mailbox configured.

    An answer is recorded if it names a window of ours and comes from a contact's address. It moves nothing; a no is
    told to the team by mail. Read again, nothing changes.

    \b
    Example:
      clientdesk window replies ~/Mail/answers
    """
    from clientdesk.steps.replying import record_replies
    from clientdesk.wiring import desk, reports_of, the_settings

    since = desk().today() - timedelta(days=days)
    found = record_replies(desk(), reports_of(the_settings(), folder, since).replies())
    for each in found.recorded:
        click.echo(f"{each.attendee}: {each.answer.value}{f' ({each.words})' if each.words else ''}")
    click.echo(f"{len(found.recorded)} recorded, {len(found.known)} known, {len(found.unmatched)} of others.")


def _write(out: Path, content: bytes) -> None:
    write(out, content)
    click.echo(f"written: {out}")
