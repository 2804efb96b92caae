"""The small team's processes: started in order, watched, and stopped in order with nothing left behind."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta

import click

from clientdesk.cli.child import Child
from clientdesk.cli.held import AlreadyHeld, end_holder, held, name_holder
from clientdesk.cli.lost_runs import Watch
from clientdesk.cli.notices import set_up_notices
from clientdesk.cli.run_process import end_left_over
from clientdesk.cli.taking_up import end_orphans, take_up_again
from clientdesk.cli.team_home import PROJECT, TeamHome
from clientdesk.cli.team_state import ensure_pool, is_healthy, state_of, worker_was_heard
from clientdesk.cli.watch import LOST_AFTER, watched
from clientdesk.domain.refusal import Refusal
from clientdesk.settings import Settings
from clientdesk.wiring import prepare_records

_HEALTHY_SECONDS, _DEPLOY_SECONDS, _ONLINE_SECONDS = 120.0, 180.0, 120.0
_STOP_SECONDS = 20.0
_TICK = 0.5


class NotUp(Refusal):
    """Something did not start; the message names its log."""


class ToldToStop(Exception):
    """Before everything had started."""


def run_team(home: TeamHome, settings: Settings) -> int:
    """Start everything, say where it is, and stay until told to stop. The status: 0, or 1 if a process ends again
    and again."""
    stop = _told_to_stop()
    home.prepare()
    with ExitStack() as kept, suppress(ToldToStop):
        kept.enter_context(_alone(home))
        _end_left_over(home)
        _must_be_free(home)
        prepare_records(settings)
        server = _started_server(home, kept, stop)
        with _answering(home):
            again = _prepared(home, settings, stop)
            worker = _started_worker(home, settings, kept, stop)
        _tell(home, again)
        kept.enter_context(_looked_after(home, stop))
        return _watched(home, stop, server, worker)
    return 0


def _started_server(home: TeamHome, kept: ExitStack, stop: threading.Event) -> Child:
    environment = home.server_environment(os.environ)
    server = Child(home.server_command(), environment, home.log("server"), PROJECT, home.held("server"))
    kept.callback(server.stop, _STOP_SECONDS)
    _until(lambda: is_healthy(home), _HEALTHY_SECONDS, server, stop, "Prefect's server")
    return server


def _prepared(home: TeamHome, settings: Settings, stop: threading.Event) -> int:
    """All that a worker needs to find; how many runs are taken up again."""
    ensure_pool(home)
    _deployed(home, home.client_environment(os.environ, settings), stop)
    set_up_notices(home, settings)
    return take_up_again(home)


def _started_worker(home: TeamHome, settings: Settings, kept: ExitStack, stop: threading.Event) -> Child:
    heard = worker_was_heard(home)  # of an earlier one, perhaps a moment ago
    environment = home.client_environment(os.environ, settings)
    worker = Child(home.worker_command(), environment, home.log("worker"), home.folder, home.held("worker"))
    kept.callback(_end_orphans, home)
    kept.callback(worker.stop, _STOP_SECONDS)

    def is_heard() -> bool:
        return state_of(home).is_up and worker_was_heard(home) != heard

    _until(is_heard, _ONLINE_SECONDS, worker, stop, "the worker")
    return worker


@contextmanager
def _looked_after(home: TeamHome, stop: threading.Event) -> Iterator[None]:
    """Runs that fall silent are taken up while all else goes on."""
    look = Watch(home, timedelta(seconds=LOST_AFTER)).look
    watching = threading.Thread(target=watched, args=(look, stop))
    watching.start()
    try:
        yield
    finally:
        stop.set()
        watching.join()


def _told_to_stop() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    return stop


@contextmanager
def _alone(home: TeamHome) -> Iterator[None]:
    """Two servers on one database would spoil each other's schedules."""
    with ExitStack() as kept:
        try:
            file = kept.enter_context(held(home.held("up")))
        except AlreadyHeld as error:
            raise NotUp(f"it runs already, with its data in {home.folder}: see clientdesk up --check") from error
        name_holder(file, os.getpid())
        yield


def _end_left_over(home: TeamHome) -> None:
    """Of a start that was killed: two servers on one port and two workers of one name would be in each other's way.

    Its runs have been without a server, and would tell the new one that they failed for that: they are taken up anew.
    """
    for name in ("worker", "server"):
        if end_holder(home.held(name)):
            click.echo(f"The {name} of an earlier start was still there, and was ended.", err=True)
    end_left_over(home.folder)


def _must_be_free(home: TeamHome) -> None:
    """A server of somebody else would answer for ours, and be given our deployments."""
    try:
        (family, _, _, _, address), *_ = socket.getaddrinfo(home.host, home.port, type=socket.SOCK_STREAM)
        socket.create_server(address[:2], family=family).close()
    except OSError as error:
        raise NotUp(
            f"nothing can listen at {home.host}:{home.port} ({error.strerror}); --port names another"
        ) from error


def _until(is_there: Callable[[], bool], seconds: float, child: Child, stop: threading.Event, what: str) -> None:
    """Raises `NotUp` where that does not come about, and `ToldToStop`."""
    end = time.monotonic() + seconds
    while not child.has_ended and time.monotonic() < end:
        if is_there():
            return
        _wait(stop)
    raise NotUp(f"{what} did not start: see {child.log}")


def _wait(stop: threading.Event) -> None:
    if stop.wait(_TICK):
        click.echo("Stopping …", err=True)
        raise ToldToStop


def _deployed(home: TeamHome, environment: dict[str, str], stop: threading.Event) -> None:
    deploying = Child(home.deploy_command(), environment, home.log("deploy"), PROJECT)
    end = time.monotonic() + _DEPLOY_SECONDS
    try:
        while not deploying.has_ended:
            _wait(stop)
            if time.monotonic() > end:
                raise NotUp(f"the deployments took longer than {_DEPLOY_SECONDS:.0f} s: see {deploying.log}")
        if deploying.status:
            raise NotUp(f"the deployments were refused: see {deploying.log}")
    finally:
        deploying.stop(1)


@contextmanager
def _answering(home: TeamHome) -> Iterator[None]:
    """A server that was well a moment ago, and is not."""
    try:
        yield
    except (OSError, http.client.HTTPException, ValueError, LookupError) as error:
        words = f"{type(error).__name__}: {error}"
        raise NotUp(f"Prefect's server does not answer as it should ({words}): see {home.log('server')}") from error


def _tell(home: TeamHome, again: int) -> None:
    click.echo(f"Pages    {home.pages}")
    click.echo(f"Login    in {home.login_file}")
    click.echo(f"Logs     in {home.folder}")
    if again:
        click.echo(f"Runs     {again} taken up again")
    click.echo("Ctrl-C stops everything; what waits for a person goes on waiting.")


def _watched(home: TeamHome, stop: threading.Event, server: Child, worker: Child) -> int:
    """What ends by itself is started again, so that one fault does not end the day's work; not for ever."""
    while not stop.wait(_TICK):
        try:
            if server.has_ended:
                _begun_again(server, "Prefect's server")
                _until(lambda: is_healthy(home), _HEALTHY_SECONDS, server, stop, "Prefect's server")
            elif worker.has_ended:
                _begun_again(worker, "the worker")
                _taken_up_again(home)
        except NotUp as problem:
            click.echo(str(problem), err=True)
            return 1
    click.echo("Stopping …", err=True)
    return 0


def _begun_again(child: Child, what: str) -> None:
    if not child.restart():
        raise NotUp(f"{what} has ended again and again: see {child.log}")
    click.echo(f"{what} has ended, and was started again: see {child.log}", err=True)


def _end_orphans(home: TeamHome) -> None:
    """Runs that outlived a worker: without the server they could only fail. Where it is gone they are left alone."""
    with suppress(OSError, http.client.HTTPException, ValueError):
        end_orphans(home)


def _taken_up_again(home: TeamHome) -> None:
    """What the worker that ended had in hand. A server that is just away is asked by the watch for lost runs."""
    with suppress(OSError, http.client.HTTPException, ValueError):
        take_up_again(home)
