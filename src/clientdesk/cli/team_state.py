"""What Prefect's server knows: pool, workers, deployments, runs that wait."""

from __future__ import annotations

import http.client
import json
from base64 import b64encode
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from clientdesk.cli.team_home import POOL, RUNS_AT_ONCE, TeamHome

_SECONDS = 10.0


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
        workers = asked(home, "POST", f"/work_pools/{POOL}/workers/filter", {})
        deployments = asked(home, "POST", "/deployments/filter", {})
        waiting = asked(home, "POST", "/flow_runs/count", {"flow_runs": {"state": {"type": {"any_": ["PAUSED"]}}}})
    except (OSError, http.client.HTTPException, ValueError) as error:
        return TeamState(f"no server of ours answers at {home.api} ({type(error).__name__}: {error})")
    online = sum(worker["status"] == "ONLINE" for worker in workers)
    return TeamState("", online, tuple(sorted(str(each["name"]) for each in deployments)), int(waiting))


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
    """The server's answer as JSON; raises `LookupError` for what is not there, `ValueError` for a refusal."""
    url = urlsplit(home.api)
    login = b64encode(home.login().encode()).decode()
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = kind(str(url.hostname), url.port, timeout=_SECONDS)
    try:
        headers = {"Content-Type": "application/json", "Authorization": f"Basic {login}"}
        connection.request(method, url.path + path, None if body is None else json.dumps(body), headers)
        response = connection.getresponse()
        content = response.read()
    finally:
        connection.close()
    if response.status == http.client.NOT_FOUND:
        raise LookupError(path)
    if response.status >= http.client.BAD_REQUEST:
        raise ValueError(f"{method} {path}: {response.status} {content[:200]!r}")
    return json.loads(content) if content else None
