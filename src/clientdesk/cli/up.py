"""`clientdesk up`: Prefect's server, the deployments and a worker, for a small team on one machine."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from clientdesk.cli.team_home import TeamHome

_HOST, _PORT = "127.0.0.1", 4200


@click.command(short_help="Server, deployments and worker for a small team.")
@click.option("--host", default=_HOST, show_default=True, help="Where the server listens.")
@click.option("--port", default=_PORT, show_default=True, type=click.IntRange(1, 65_535), help="Its port.")
@click.option("--check", is_flag=True, help="Only say what runs; status 1 if something is missing.")
def up(host: str, port: int, check: bool) -> None:
    """Run Prefect's server with its pages, the deployments and one worker, until Ctrl-C.

    The login is made at the first start and kept in a file that only you can read. What is stopped in the middle goes
    on at the next start; who decides on a form is waited for.

    \b
    Example:
      clientdesk up --check
    """
    from clientdesk.cli.team_home import team_home
    from clientdesk.wiring import the_settings

    settings = the_settings()
    home = team_home(settings, host, port)
    if check:
        sys.exit(_checked(home))
    from clientdesk.cli.team import run_team

    sys.exit(run_team(home, settings))


def _checked(home: TeamHome) -> int:
    from clientdesk.cli.team_state import gone, state_of

    state, missing = state_of(home), gone(home)
    if state.problem:
        click.echo(f"Not running: {state.problem}")
        return 1
    click.echo(f"Server       {home.pages} (login in {home.login_file})")
    click.echo(f"Workers      {state.workers} online")
    click.echo(f"Deployments  {', '.join(state.deployments) or 'none'}")
    click.echo(f"Waiting      {state.waiting} runs for a person")
    for what in missing:
        click.echo(f"Not running: {what}")
    return 0 if state.is_up and not missing else 1
