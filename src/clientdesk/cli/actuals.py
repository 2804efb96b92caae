"""`clientdesk actuals`: the hours that closed work took, which correct later estimates of its kind."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

import click

from clientdesk.cli.person import person


@click.group()
def actuals() -> None:
    """Record what closed work took, and show what it says about the effort rules.

    \b
    Example:
      clientdesk actuals add P-2026-0042 3 6.5 --note "The tests were missing."
    """


@actuals.command()
@click.argument("proposal")
@click.argument("line", type=click.IntRange(min=1))
@click.argument("hours")
@click.option("--by", default="", metavar="NAME", help="Who puts it down.  [default: your login]")
@click.option("--note", default="", metavar="TEXT", help="What made it longer or shorter.")
def add(proposal: str, line: int, hours: str, by: str, note: str) -> None:
    """Put down the HOURS that a closed LINE of an accepted PROPOSAL took; a second word takes the first one's place.

    The lines are numbered as `clientdesk proposal show` prints them.

    \b
    Example:
      clientdesk actuals add P-2026-0042 3 6.5
    """
    from clientdesk.documents.client_text import printable
    from clientdesk.domain.estimating import plain
    from clientdesk.steps import experience
    from clientdesk.steps.looking_up import proposal_named
    from clientdesk.steps.pricing import factors_of
    from clientdesk.wiring import desk

    record = proposal_named(desk().store, proposal)
    kept = experience.record_hours(desk(), record, line, hours_of(hours), person(by), note)
    click.echo(f"{plain(kept.spent)} h kept for {printable(kept.title)}; its rule gave {plain(kept.likely)} h")
    factor = factors_of(desk().store).get(kept.key)
    click.echo(
        f"{kept.key}: factor {plain(factor.value)}, from {factor.samples} closed items"
        if factor
        else f"{kept.key}: no factor yet"
    )


@actuals.command()
def show() -> None:
    """Show the hours kept and the factors that they give.

    \b
    Example:
      clientdesk actuals show
    """
    from clientdesk.documents.proposal_text import table
    from clientdesk.domain.estimating import plain
    from clientdesk.steps.pricing import factors_of
    from clientdesk.wiring import desk

    kept = desk().store.actuals()
    if not kept:
        click.echo("no hours are kept yet: `clientdesk actuals add` keeps them")
        return
    rows = [
        (f"{each.at:%Y-%m-%d}", f"{plain(each.spent)} h", f"of {plain(each.likely)} h", each.key, each.title, each.by)
        for each in kept
    ]
    click.echo("\n".join(table(rows)) + "\n")
    factors = factors_of(desk().store)
    for key in sorted({each.key for each in kept}):
        samples = sum(each.key == key for each in kept)
        words = f"factor {plain(factors[key].value)}" if key in factors else "no factor yet"
        click.echo(f"{key}: {words}, {samples} closed {'item' if samples == 1 else 'items'}")


def hours_of(text: str) -> Decimal:
    """Hours as people write them: "6.5", "6,5"."""
    try:
        return Decimal(text.strip().replace(",", "."))
    except InvalidOperation as error:
        raise click.UsageError(f"{text!r} is no number of hours: write 6.5") from error
