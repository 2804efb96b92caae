"""`clientdesk sprint start` and `close`: one sprint, or every one whose time has come."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from clientdesk.steps.desk import Desk

FAILED = 1
_due = click.option("--due", is_flag=True, help="Every one whose time has come.")


@click.command()
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


@click.command()
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
