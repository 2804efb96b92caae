"""`clientdesk secrets`: the register of clients' secrets, by name and place, never a value."""

from __future__ import annotations

from datetime import datetime

import click

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_client = click.option("--client", required=True, metavar="NAME", help="Whose secrets.")
_place = click.option("--place", required=True, metavar="TEXT", help="Where it lies: a vault, a service's settings.")


@click.group("secrets")
def secrets() -> None:
    """Keep track of a client's secrets: what they are called, where they lie, when they were last replaced.

    Never a value: what looks like one is refused.

    \b
    Example:
      clientdesk secrets rotated STRIPE_SECRET_KEY --client "Example Ltd" --place "Heroku, shop-production"
    """


@secrets.command("list")
@_client
def list_all(client: str) -> None:
    """List a client's secrets, and when each is due.

    \b
    Example:
      clientdesk secrets list --client "Example Ltd"
    """
    from clientdesk.cli.sprint_view import secrets_listed
    from clientdesk.steps.looking_up import client_named
    from clientdesk.wiring import desk

    known = desk().secrets.secrets_of(client_named(desk().store, client).id)
    click.echo("\n".join(secrets_listed(known)) if known else "no secret: `clientdesk secrets add` adds one")


@secrets.command()
@click.argument("name")
@_client
@_place
@click.option("--owner", required=True, metavar="NAME", help="Who replaces it.")
@click.option("--every", "every_days", type=int, default=90, show_default=True, metavar="DAYS", help="How often.")
@click.option("--rotated", "rotated_on", type=_DAY, metavar="DAY", help="When last replaced.  [default: not known]")
def add(name: str, client: str, place: str, owner: str, every_days: int, rotated_on: datetime | None) -> None:
    """Add a secret by its NAME, or change owner and interval of the one of this name and place.

    \b
    Example:
      clientdesk secrets add STRIPE_SECRET_KEY --client "Example Ltd" --place "Heroku, shop" --owner "Nora Feld"
    """
    from clientdesk.cli.sprint_view import secrets_listed
    from clientdesk.domain.secret_register import RegisteredSecret
    from clientdesk.steps.looking_up import client_named
    from clientdesk.wiring import desk

    owner_of = client_named(desk().store, client).id
    day = rotated_on.date() if rotated_on else None
    kept = desk().secrets.keep(owner_of, RegisteredSecret(name.strip(), place.strip(), owner.strip(), every_days, day))
    click.echo("\n".join(secrets_listed([kept])))


@secrets.command()
@click.argument("name")
@_client
@_place
@click.option("--on", type=_DAY, metavar="DAY", help="When it was replaced.  [default: today]")
def rotated(name: str, client: str, place: str, on: datetime | None) -> None:
    """Put down that a secret was replaced.

    \b
    Example:
      clientdesk secrets rotated STRIPE_SECRET_KEY --client "Example Ltd" --place "Heroku, shop-production"
    """
    from clientdesk.cli.sprint_view import secrets_listed
    from clientdesk.steps.looking_up import client_named
    from clientdesk.wiring import desk

    day = on.date() if on else desk().today()
    if day > desk().today():
        raise click.UsageError(f"--on: {day} is yet to come")
    kept = desk().secrets.rotated(client_named(desk().store, client).id, _key(name, place), day)
    click.echo("\n".join(secrets_listed([kept])))


@secrets.command()
@click.argument("name")
@_client
@_place
def forget(name: str, client: str, place: str) -> None:
    """Take a secret that is no longer used out of the register.

    \b
    Example:
      clientdesk secrets forget OLD_TOKEN --client "Example Ltd" --place "Heroku, shop-production"
    """
    from clientdesk.steps.looking_up import client_named
    from clientdesk.wiring import desk

    gone = desk().secrets.forget(client_named(desk().store, client).id, _key(name, place))
    click.echo(f"{gone.name}: no longer in the register")


def _key(name: str, place: str) -> str:
    from clientdesk.domain.secret_register import RegisteredSecret

    return RegisteredSecret(name.strip(), place.strip(), "anybody", 1).key
