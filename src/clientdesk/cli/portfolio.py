"""`clientdesk portfolio`: the clients' repositories, when they were last audited, and the round through them all."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientdesk.ports.records import ClientRecord

FAILED = 1
_MOST_AT_ONCE = 16


@click.group()
def portfolio() -> None:
    """The clients' repositories: list them, audit them all anew.

    \b
    Example:
      clientdesk portfolio audit
    """


@portfolio.command("list")
def list_all() -> None:
    """List clients, their repositories and the last audit of each.

    \b
    Example:
      clientdesk portfolio list
    """
    from clientdesk.documents.proposal_text import table
    from clientdesk.wiring import desk

    clients = desk().store.clients()
    rows = [row for client in clients for row in _rows(client, [each.id for each in clients])]
    click.echo("\n".join(table(rows)) if rows else "no client yet: `clientdesk onboard` registers one")


@portfolio.command()
@click.option("--client", "clients", multiple=True, metavar="NAME", help="Only this one (name or id); may be repeated.")
@click.option("--at-once", type=click.IntRange(1, _MOST_AT_ONCE), default=1, show_default=True,
              help="So many repositories at the same time; one alone uses all cores already.")  # fmt: skip
def audit(clients: tuple[str, ...], at_once: int) -> None:
    """Audit the repositories of all clients anew, keep the audits, and say what has moved since the last ones.

    Whoever turned us down is left out. One that fails stops none of the others; the command then ends with status 1.
    The deployment audit-portfolio does the same over the workers of a server, and mails the team.

    \b
    Examples:
      clientdesk portfolio audit
      clientdesk portfolio audit --client "Example Ltd" --at-once 2
    """
    from clientdesk.cli.progress import TerminalProgress
    from clientdesk.documents.client_text import printable
    from clientdesk.documents.portfolio import HEADER, in_a_sentence, portfolio_rows
    from clientdesk.documents.proposal_text import table
    from clientdesk.steps import portfolio as steps
    from clientdesk.wiring import make_desk, prepare_records, the_settings

    settings = the_settings()
    prepare_records(settings)
    with TerminalProgress().shown() as progress:
        desk = make_desk(settings, progress=progress, folders_allowed=True)
        through = steps.round_through(desk, clients)
        tried = steps.audit_all(desk, through.targets, at_once)
    summary = steps.portfolio_of(desk, tried, through.left_out)
    if summary.lines or summary.left_out:
        click.echo("\n".join(table([HEADER, *portfolio_rows(summary)])))
    for line in summary.lines:
        if line.problem:  # in full: the table cuts
            where = f"{printable(line.company, 90)}, {printable(line.repository)}"
            click.echo(f"{where}: {printable(line.problem, 600)}", err=True)
    click.echo(
        in_a_sentence(summary) if summary.lines else "no repository to audit: `clientdesk onboard` registers one"
    )
    sys.exit(FAILED if summary.failed else 0)


def _rows(client: ClientRecord, ids: list[str]) -> Iterator[tuple[str, ...]]:
    from clientdesk.steps.looking_up import short
    from clientdesk.wiring import desk

    audits = desk().store.audits_of(client.id)
    for repository in client.repositories:
        last = next((each for each in audits if each.repository == repository.address), None)
        when = f"audited {last.audited_at:%Y-%m-%d %H:%M} UTC" if last else "no audit under this address"
        yield short(client.id, ids), client.company, f"{repository.address} {repository.ref}".strip(), when
