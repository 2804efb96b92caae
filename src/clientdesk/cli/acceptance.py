"""`clientdesk proposal accept`: the client's yes, with what proves it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from clientdesk.cli.person import person

if TYPE_CHECKING:
    from clientdesk.ports.records import Accepted

_LARGEST = 50_000_000
_a_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("proposal")
@click.option("--by", required=True, metavar="NAME", help="Who at the client accepted.")
@click.option("--how", required=True, metavar="CHANNEL", help="mail, signature, phone, …")
@click.option("--words", default="", metavar="TEXT", help="Their words, as evidence.")
@click.option("--evidence", type=_a_file, help="A file as evidence: the mail, the signed scan.")
@click.option("--pdf", type=_a_file, help="The PDF they accepted, to be compared with the one that was sent.")
@click.option("--at", default="", metavar="WHEN", help="2026-04-02 or 2026-04-02T16:30, local.  [default: now]")
@click.option("--recorded-by", default="", metavar="NAME", help="Who puts it down.  [default: your login]")
def accept(
    proposal: str,
    by: str,
    how: str,
    words: str,
    evidence: Path | None,
    pdf: Path | None,
    at: str,
    recorded_by: str,
) -> None:
    """Keep the client's yes, book the first window in the same step, and draft the confirmation for the outbox.

    The yes must have come before 24:00 (local) of the last valid day. A window whose hold has run out is replaced by
    the next free day by the rule.

    \b
    Examples:
      clientdesk proposal accept P-2026-0042 --by "Nora Feld" --how mail --words "We accept P-2026-0042"
      clientdesk proposal accept P-2026-0042 --by "Nora Feld" --how signature --evidence scan.pdf --at 2026-04-02
    """
    from clientdesk.steps import answering
    from clientdesk.steps.looking_up import proposal_named
    from clientdesk.wiring import desk

    record = proposal_named(desk().store, proposal)
    file = answering.Evidence(words, evidence.name, _read(evidence)) if evidence else answering.Evidence(words)
    given = answering.Yes(by, _instant(at), how, file, _read(pdf) if pdf else None)
    _tell(answering.accept(desk(), record, given, person(recorded_by)))


def _tell(done: Accepted) -> None:
    from clientdesk.documents.client_text import printable
    from clientdesk.documents.figures import Figures
    from clientdesk.steps import answering, publishing
    from clientdesk.steps.looking_up import short
    from clientdesk.wiring import desk

    figures = Figures(publishing.TEAM, desk().agency.office_hours.zone)
    click.echo(f"{done.proposal.number}: accepted by {printable(done.acceptance.by)}")
    if done.window:
        window = done.window.window
        click.echo(f"First window: {figures.weekday_and_date(window.day)}, {figures.clock(window.starts_at)}, booked")
    else:
        click.echo(f"First window: none is booked; {printable(done.window_note)}")
    mail = answering.answer_mail(desk(), done.proposal, "accepted")
    if mail is not None:
        click.echo(f"drafted: {mail.subject} (clientdesk outbox show {short(mail.id)}, then approve it)")


def _instant(text: str) -> datetime:
    """Local time where no zone is named. A day alone is its last second, or now if it is today."""
    from clientdesk.domain.office_hours import end_of_day
    from clientdesk.wiring import desk

    now, zone = desk().clock.now(), desk().agency.office_hours.zone
    if not text:
        return now
    try:
        if len(text) == len("2026-04-02"):
            return min(now, end_of_day(_past(date.fromisoformat(text), desk().today()), zone) - timedelta(seconds=1))
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.UsageError(f"--at: {text!r} is no instant: write 2026-04-02 or 2026-04-02T16:30") from error
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))


def _past(day: date, today: date) -> date:
    if day > today:
        raise click.UsageError(f"--at: {day} is yet to come")
    return day


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > _LARGEST:
            raise click.UsageError(f"{file} is larger than {_LARGEST // 1_000_000} MB: give a smaller copy")
        return file.read_bytes()
    except OSError as error:
        raise click.UsageError(f"{file} can't be read: {error.strerror}") from error
