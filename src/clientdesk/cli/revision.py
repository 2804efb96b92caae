"""`clientdesk proposal revise`: what the account lead wants different, with name and reason."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

import click

from clientdesk.cli.actuals import hours_of
from clientdesk.cli.person import person

_PLANS = ("retainer", "pay-as-you-go", "sprint", "sprint-then-retainer")


@click.command()
@click.argument("proposal")
@click.option("--plan", type=click.Choice(_PLANS), help="Instead of the one that the rule recommends.")
@click.option("--bucket", type=int, metavar="HOURS", help="Of the retainer, a month: one of those in agency.toml.")
@click.option("--discount", metavar="PERCENT", help="Off the recommended plan, as a line of its own; 0 takes it back.")
@click.option("--drop", multiple=True, type=click.IntRange(min=1), metavar="LINE", help="Don't offer it; repeatable.")
@click.option("--hours", multiple=True, metavar="LINE=H", help="Set its likely hours; may be repeated.")
@click.option("--vat-checked-by", default="", metavar="NAME", help="Who has confirmed the client's VAT ID.")
@click.option("--why", required=True, metavar="TEXT", help="The reason. It is kept, and printed where it explains.")
@click.option("--by", default="", metavar="NAME", help="Who decides.  [default: your login]")
def revise(
    proposal: str,
    plan: str | None,
    bucket: int | None,
    discount: str | None,
    drop: tuple[int, ...],
    hours: tuple[str, ...],
    vat_checked_by: str,
    why: str,
    by: str,
) -> None:
    """Draft a revision of PROPOSAL with today's prices and days; without further options it renews the offer.

    The lines are numbered as `clientdesk proposal show` prints them. The revision takes the proposal's place when it
    is sent, at once where that was never sent.

    \b
    Examples:
      clientdesk proposal revise P-2026-0042 --drop 3 --hours 1=12 --why "They upgrade the database themselves."
      clientdesk proposal revise P-2026-0042 --plan retainer --bucket 12 --discount 5 --why "Second repository."
    """
    from clientdesk.cli.proposal_view import shown
    from clientdesk.domain.pricing import PlanKind
    from clientdesk.domain.revising import Change
    from clientdesk.steps import revising
    from clientdesk.steps.looking_up import proposal_named
    from clientdesk.wiring import desk

    change = Change(
        by=person(by),
        why=why,
        kind=PlanKind(plan) if plan else None,
        bucket=bucket,
        discount_percent=_percent(discount) if discount is not None else None,
        drop=drop,
        hours=dict(_set_hours(text) for text in hours),
    )
    record = revising.revise(desk(), proposal_named(desk().store, proposal), change, vat_checked_by.strip())
    click.echo("\n".join(shown(record)))


def _percent(text: str) -> Decimal:
    try:
        percent = Decimal(text.strip().removesuffix("%").strip().replace(",", "."))
    except InvalidOperation as error:
        raise click.UsageError(f"--discount: {text!r} is no percentage: write 5 or 7.5") from error
    if not percent.is_finite():
        raise click.UsageError(f"--discount: {text!r} is no percentage: write 5 or 7.5")
    return percent


def _set_hours(text: str) -> tuple[int, Decimal]:
    line, sign, hours = text.partition("=")
    if not sign or not line.strip().isascii() or not line.strip().isdigit():
        raise click.UsageError(f"--hours: {text!r} is not LINE=H: write 2=6.5 for 6.5 hours on line 2")
    return int(line), hours_of(hours)
