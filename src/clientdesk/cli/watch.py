"""`clientdesk watch`: beside Prefect's background services, it takes up the runs of machines that are gone."""

from __future__ import annotations

import http.client
import os
import signal
import threading
from collections.abc import Callable
from datetime import timedelta

import click

from clientdesk.documents.client_text import printable

LOST_AFTER = 120
_EVERY = 15.0
_LONGEST = 600  # the server is asked for the last fifty own beats
_SHORTEST = 70  # runs are heard of every 30 s, and one beat may be lost


@click.command(short_help="Take up the runs of machines that are gone.")
@click.option(
    "--lost-after",
    default=LOST_AFTER,
    show_default=True,
    type=click.IntRange(_SHORTEST, _LONGEST),
    help="Seconds of silence after which a run counts as lost.",
)
@click.option("--notices", is_flag=True, help="Set up the notices to the team's channel at the start.")
def watch(lost_after: int, notices: bool) -> None:
    """Watch the runs of the Prefect server that PREFECT_API_URL names, until Ctrl-C.

    One is enough for an installation of any size. `clientdesk up` does the same by itself.
    """
    from clientdesk.cli.lost_runs import Watch
    from clientdesk.cli.notices import set_up_notices
    from clientdesk.cli.remote_server import remote_server
    from clientdesk.wiring import the_settings

    server = remote_server(os.environ)
    if notices:
        set_up_notices(server, the_settings())
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    watched(Watch(server, timedelta(seconds=lost_after)).look, stop)


def watched(look: Callable[[], list[str]], stop: threading.Event, seconds: float = _EVERY) -> None:
    """Look again and again. A server that does not answer is waited for; it is said when that begins and ends."""
    problem = ""
    while not stop.is_set():
        try:
            lines, now = look(), ""
        except (OSError, http.client.HTTPException, ValueError, LookupError) as error:
            lines, now = [], f"the server does not answer as it should ({type(error).__name__}: {error})"
        if bool(now) != bool(problem):
            lines = [*lines, now or "the server answers again"]
        problem = now
        for line in lines:
            click.echo(printable(line))
        stop.wait(seconds)
