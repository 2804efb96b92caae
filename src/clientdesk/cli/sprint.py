"""`clientdesk sprint`: maintenance sprints, from their kick-off to their outcome."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from clientdesk.cli.person import person

if TYPE_CHECKING:
    from clientdesk.domain.sprint import Item
    from clientdesk.steps.desk import Desk

FAILED = 1
_by = click.option("--by", default="", metavar="NAME", help="Who it was, or who puts it down.  [default: your login]")
_due = click.option("--due", is_flag=True, help="Every one whose time has come.")


@click.group()
def sprint() -> None:
    """Start, work on and close maintenance sprints.

    SPRINT is the id of its window (or its beginning) or a client's name; ITEM is an id's beginning as `show` prints it.
    With a server, sprints start and close by themselves.

    \b
    Example:
      clientdesk sprint log 3f9a1c2e 90 --note "updates taken, tests run"
    """


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


@sprint.command()
@click.argument("window", required=False, default="")
@_due
def start(window: str, due: bool) -> None:
    """Start the sprint of a WINDOW whose time has come, or go on with one that was broken off.

    Audits the repositories, chooses what fits the box, writes the sheet, mails client and team. Run again, it does
    nothing twice. Status 1: one could not be started.

    \b
    Examples:
      clientdesk sprint start --due
      clientdesk sprint start "Example Ltd"
    """
    from clientdesk.steps import sprint_runs, sprint_start
    from clientdesk.steps.looking_up import window_named

    def due_ones(desk: Desk) -> list[str]:
        sprint_start.roll_over_passed(desk)
        found = sprint_start.begin_due(desk)
        for name, why in found.refused:
            click.echo(f"{name}: {why}", err=True)
        return list(found.windows)

    def this_one(desk: Desk) -> list[str]:
        return [sprint_start.begin(desk, window_named(desk.windows, window, desk.today()).id).window]

    _each(window, due, due_ones, this_one, lambda desk, each: sprint_runs.kick_off(desk, each).sheet)


@sprint.command()
@click.argument("sprint", required=False, default="")
@_due
def close(sprint: str, due: bool) -> None:
    """Close a sprint, or every one whose box is over for an hour: what is unfinished rolls to the next window.

    Audits the repositories again and writes the outcome report; the client's mail is a draft and waits for a look. Run
    again, it does nothing twice. Status 1: one could not be closed.

    \b
    Examples:
      clientdesk sprint close --due
      clientdesk sprint close "Example Ltd"
    """
    from clientdesk.steps import sprint_end, sprint_runs
    from clientdesk.steps.sprint_work import sprint_named

    _each(
        sprint,
        due,
        lambda desk: list(sprint_end.due_to_close(desk)),
        lambda desk: [sprint_named(desk, sprint).window],
        lambda desk, each: sprint_runs.close_up(desk, each).outcome,
    )


def _each(
    name: str,
    due: bool,
    due_ones: Callable[[Desk], list[str]],
    this_one: Callable[[Desk], list[str]],
    run: Callable[[Desk, str], str],
) -> None:
    """One that fails stops none of the others."""
    from clientdesk.cli.progress import TerminalProgress
    from clientdesk.domain.refusal import Refusal
    from clientdesk.wiring import make_desk, prepare_records, the_settings

    if due == bool(name):
        raise click.UsageError("name one, or say --due")
    failed, settings = 0, the_settings()
    prepare_records(settings)
    with TerminalProgress().shown() as progress:
        here = make_desk(settings, progress=progress, folders_allowed=True)
        windows = due_ones(here) if due else this_one(here)
        for window in windows:
            try:
                click.echo(f"{here.windows.window(window).window.day}: {here.documents.place(run(here, window))}")
            except Refusal as refusal:
                failed += 1
                click.echo(f"{here.windows.window(window).window.day}: {refusal}", err=True)
    if not windows:
        click.echo("nothing is due")
    sys.exit(FAILED if failed else 0)


def _tell(item: Item, words: str) -> None:
    from clientdesk.documents.client_text import printable
    from clientdesk.steps.looking_up import short

    click.echo(f"{short(item.id)}: {printable(item.work.title, 120)}: {words}")
