"""`clientdesk estimate`: what mending an audit's findings costs in hours, with the reason behind each number."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("audit", required=False)
def estimate(audit: str | None) -> None:
    """Size the work that an AUDIT found: a kept audit's id (or its beginning), or a file by `audit --format json`.

    Without AUDIT the kept ones are listed.

    \b
    Examples:
      clientdesk estimate
      clientdesk estimate 3f9a1c2e
      clientdesk audit ../shop --format json -o shop.json && clientdesk estimate shop.json
    """
    from clientdesk.documents.client_text import printable
    from clientdesk.documents.estimate_text import estimate_as_text
    from clientdesk.steps import sizing
    from clientdesk.wiring import desk

    if audit is None:
        _list()
        return
    file = Path(audit)
    sized = sizing.size_file(desk(), _read(file), audit) if file.is_file() else sizing.size_kept(desk(), audit)
    click.echo(f"{printable(sized.repository)} at {printable(sized.commit[:10])}\n")
    click.echo(estimate_as_text(sized.estimate), nl=False)


def _list() -> None:
    from clientdesk.documents.proposal_text import table
    from clientdesk.steps.looking_up import kept_audits, short
    from clientdesk.wiring import desk

    audits = kept_audits(desk().store)
    ids = [audit.id for audit in audits]
    rows = [
        (short(each.id, ids), f"{each.audited_at:%Y-%m-%d %H:%M} UTC", each.commit[:10], each.repository)
        for each in audits
    ]
    click.echo("\n".join(table(rows)) if rows else "no audit is kept yet: `clientdesk onboard` keeps those it makes")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise click.UsageError(f"{file} can't be read: {error.strerror}") from error
