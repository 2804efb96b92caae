"""`clientdesk sprint`: maintenance sprints, from their kick-off to their outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from clientdesk.cli.person import person
from clientdesk.cli.sprint_rounds import close, start

if TYPE_CHECKING:
    from clientdesk.domain.sprint import Item

_by = click.option("--by", default="", metavar="NAME", help="Who it was, or who puts it down.  [default: your login]")


@click.group()
def sprint() -> None:
    """Start, work on and close maintenance sprints.

    SPRINT is the id of its window (or its beginning) or a client's name; ITEM is an id's beginning as `show` prints it.
    With a server, sprints start and close by themselves.

    \b
    Example:
      clientdesk sprint log 3f9a1c2e 90 --note "updates taken, tests run"
    """


for each in (start, close):
    sprint.add_command(each)


@sprint.command("list")
@click.option("--client", default="", metavar="NAME", help="Only this client's.")
def list_all(client: str) -> None:
    """List the sprints that have begun, newest first.

    \b
    Example:
      clientdesk sprint list
    """
    from clientdesk.cli.sprint_view import listed
    from clientdesk.steps.looking_up import client_named
    from clientdesk.wiring import desk

    sprints = desk().sprints.sprints(client_named(desk().store, client).id if client else "")
    click.echo(
        "\n".join(listed(sprints)) if sprints else "no sprint has begun: `clientdesk window list` says when one does"
    )


@sprint.command()
@click.argument("sprint")
def show(sprint: str) -> None:
    """Show a sprint: its hours, its documents, its items with their ids.

    \b
    Example:
      clientdesk sprint show "Example Ltd"
    """
    from clientdesk.cli.sprint_view import shown
    from clientdesk.steps.sprint_work import sprint_named
    from clientdesk.wiring import desk

    click.echo("\n".join(shown(sprint_named(desk(), sprint))))


@sprint.command()
@click.option("--client", default="", metavar="NAME", help="Only this client's.")
def waiting(client: str) -> None:
    """List what is neither done nor decided: what waits for a window, what is proposed as a project of its own.

    \b
    Example:
      clientdesk sprint waiting --client "Example Ltd"
    """
    from clientdesk.cli.sprint_view import items_listed, still_open
    from clientdesk.steps.looking_up import client_named
    from clientdesk.wiring import desk

    items = desk().sprints.items(client_named(desk().store, client).id if client else "")
    click.echo("\n".join(items_listed(still_open(items))))


@sprint.command()
@click.argument("title")
@click.option("--client", required=True, metavar="NAME", help="Whose it is.")
@click.option("--minutes", required=True, type=click.IntRange(1, 60_000), help="What it will likely take.")
@click.option("--priority", default="cosmetic", show_default=True, metavar="WORD", help="critical, normal or cosmetic.")
@click.option("--note", default="", metavar="TEXT", help="More about it; it stands on the sheet.")
@_by
def add(title: str, client: str, minutes: int, priority: str, note: str, by: str) -> None:
    """Collect something small for the client's next sprint.

    \b
    Example:
      clientdesk sprint add "The logo is blurred on phones" --client "Example Ltd" --minutes 30
    """
    from clientdesk.steps.sprint_work import report
    from clientdesk.wiring import desk

    _tell(report(desk(), client, title, minutes, priority, person(by), note), "waits for the next sprint")


@sprint.command()
@click.argument("item")
@click.argument("minutes", type=int)
@click.option("--note", default="", metavar="TEXT", help="What was done; needed for a correction.")
@_by
def log(item: str, minutes: int, note: str, by: str) -> None:
    """Put down MINUTES worked on an ITEM. Beyond the box and its approved extensions they are refused.

    A correction is below zero: write -- before it.

    \b
    Examples:
      clientdesk sprint log 3f9a1c2e 90 --by "Ada" --note "updates taken"
      clientdesk sprint log --note "typing error" 3f9a1c2e -- -30
    """
    from clientdesk.cli.sprint_view import listed
    from clientdesk.steps import sprint_work
    from clientdesk.wiring import desk

    kept = sprint_work.log(desk(), item, minutes, person(by), note)
    click.echo("\n".join(listed([desk().sprints.sprint(kept.window)])))


@sprint.command()
@click.argument("item")
@click.option("--evidence", required=True, metavar="TEXT", help="What shows it: a merge, a link, a log.")
@_by
def done(item: str, evidence: str, by: str) -> None:
    """Mark an ITEM done, with what shows it.

    \b
    Example:
      clientdesk sprint done 3f9a1c2e --evidence "merge request 41, tests green"
    """
    from clientdesk.steps.sprint_work import finish
    from clientdesk.wiring import desk

    _tell(finish(desk(), item, person(by), evidence), "done")


@sprint.command()
@click.argument("sprint")
@click.option("--minutes", required=True, type=click.IntRange(1, 60_000), help="How much longer.")
@click.option("--approved-by", required=True, metavar="NAME", help="Who at the client approved it.")
@click.option("--how", required=True, metavar="CHANNEL", help="mail, phone, …")
@_by
def extend(sprint: str, minutes: int, approved_by: str, how: str, by: str) -> None:
    """Lengthen the box of a sprint that runs, as somebody at the client has approved.

    \b
    Example:
      clientdesk sprint extend "Example Ltd" --minutes 120 --approved-by "Nora Feld" --how mail
    """
    from clientdesk.cli.sprint_view import listed
    from clientdesk.steps import sprint_work
    from clientdesk.wiring import desk

    kept = sprint_work.extend(desk(), sprint, minutes, approved_by, how, person(by))
    click.echo("\n".join(listed([desk().sprints.sprint(kept.window)])))


@sprint.command()
@click.argument("item")
@click.option(
    "--as", "to", required=True, type=click.Choice(["window", "ordered", "dropped"]), help="What becomes of it."
)
@click.option("--why", required=True, metavar="TEXT", help="The reason; it is kept.")
@_by
def decide(item: str, to: str, why: str, by: str) -> None:
    """Decide on an ITEM that is proposed as a project: back into the next window, ordered by itself, or dropped.

    An item that waits or runs can be dropped, too.

    \b
    Example:
      clientdesk sprint decide 3f9a1c2e --as ordered --why "Nora ordered it by mail on 9 July"
    """
    from clientdesk.domain.sprint import said
    from clientdesk.steps import sprint_work
    from clientdesk.wiring import desk

    item_now = sprint_work.decide(desk(), item, to, person(by), why)
    _tell(item_now, said(item_now.state))


def _tell(item: Item, words: str) -> None:
    from clientdesk.documents.client_text import printable
    from clientdesk.steps.looking_up import short

    click.echo(f"{short(item.id)}: {printable(item.work.title, 120)}: {words}")
