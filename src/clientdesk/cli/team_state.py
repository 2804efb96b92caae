"""What Prefect's server knows: pool, workers, deployments, runs that wait."""

from __future__ import annotations

import http.client
import json
import time
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from clientdesk.cli.held import holder
from clientdesk.cli.team_home import POOL, RUNS_AT_ONCE, TeamHome

_SECONDS = 10.0
# So answers a server whose database was locked, or who is put before one that restarts: it has done nothing.
_BUSY = (http.client.TOO_MANY_REQUESTS, http.client.BAD_GATEWAY, http.client.SERVICE_UNAVAILABLE)
_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)


class ServerBusy(ValueError):
    """It has done nothing, however often it was asked: the same may be asked later."""


class Server(Protocol):
    """Where a Prefect server is asked, and with what login ("" for none)."""

    @property
    def api(self) -> str: ...

    def login(self) -> str: ...


@dataclass(frozen=True, slots=True)
class TeamState:
    """`problem` "" where the server answers."""

    problem: str
    workers: int = 0
    deployments: tuple[str, ...] = ()
    waiting: int = 0

    @property
    def is_up(self) -> bool:
        return not self.problem and self.workers > 0 and bool(self.deployments)


def is_healthy(home: TeamHome) -> bool:
    try:
        return asked(home, "GET", "/health") is True
    except (OSError, http.client.HTTPException, ValueError):
        return False


def state_of(home: TeamHome) -> TeamState:
    """What runs now; never raises for a server that is not there."""
    try:
        if asked(home, "GET", "/health") is not True:
            return TeamState("the server answers, but is not well")
        workers = _workers(home)
        deployments = asked(home, "POST", "/deployments/filter", {})
        waiting = asked(home, "POST", "/flow_runs/count", {"flow_runs": {"state": {"type": {"any_": ["PAUSED"]}}}})
    except (OSError, http.client.HTTPException, ValueError) as error:
        return TeamState(f"no server of ours answers at {home.api} ({type(error).__name__}: {error})")
    # The server goes on counting a worker for a minute and a half after it was killed.
    online = sum(
        each["status"] == "ONLINE" and (each["name"] != home.worker or _has(home, "worker")) for each in workers
    )
    return TeamState("", online, tuple(sorted(str(each["name"]) for each in deployments)), int(waiting))


def gone(home: TeamHome) -> tuple[str, ...]:
    """What `clientdesk up` keeps on this machine, and what does not live now."""
    kept = {"up": "clientdesk up", "server": "Prefect's server", "worker": "the worker on this machine"}
    return tuple(what for name, what in kept.items() if not _has(home, name))


def _has(home: TeamHome, name: str) -> bool:
    return holder(home.held(name)) is not None


def worker_was_heard(home: TeamHome) -> str:
    """When the server heard of this machine's worker last; "" for never."""
    return next((str(each["last_heartbeat_time"]) for each in _workers(home) if each["name"] == home.worker), "")


def _workers(home: TeamHome) -> Sequence[Mapping[str, Any]]:
    return list(asked(home, "POST", f"/work_pools/{POOL}/workers/filter", {}))


def ensure_pool(home: TeamHome) -> None:
    """Make it, with a limit of runs at once; a limit that somebody has set on its page stays."""
    try:
        pool = asked(home, "GET", f"/work_pools/{POOL}")
    except LookupError:
        asked(home, "POST", "/work_pools/", {"name": POOL, "type": "process", "concurrency_limit": RUNS_AT_ONCE})
        return
    if pool.get("concurrency_limit") is None:
        asked(home, "PATCH", f"/work_pools/{POOL}", {"concurrency_limit": RUNS_AT_ONCE})


def asked(home: Server, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 (the server's JSON)
    """The server's answer as JSON; raises `LookupError` for what is not there, `ValueError` for a refusal.

    A server that is busy is asked again for some seconds, as Prefect's own client does, then `ServerBusy` is raised.
    """
    status, content = _answered(home, method, path, body)
    for pause in _PAUSES:
        if status not in _BUSY:
            break
        time.sleep(pause)
        status, content = _answered(home, method, path, body)
    if status == http.client.NOT_FOUND:
        raise LookupError(path)
    if status >= http.client.BAD_REQUEST:
        refusal = ServerBusy if status in _BUSY else ValueError
        raise refusal(f"{method} {path}: {status} {content[:200]!r}")
    return json.loads(content) if content else None


def _answered(home: Server, method: str, path: str, body: object) -> tuple[int, bytes]:
    url = urlsplit(home.api)
    login = b64encode(home.login().encode()).decode()
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = kind(str(url.hostname), url.port, timeout=_SECONDS)
    try:
        headers = {"Content-Type": "application/json", "Authorization": f"Basic {login}"}
        connection.request(method, url.path + path, None if body is None else json.dumps(body), headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()
