"""What Prefect's server knows: pool, workers, deployments; and runs that were left behind when all was stopped."""

from __future__ import annotations

import http.client
import json
import os
import socket
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from clientdesk.cli.team_home import POOL, TeamHome

_SECONDS = 10.0
_LEFT = ("RUNNING", "PENDING", "CANCELLING")


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
    try:
        asked(home, "GET", f"/work_pools/{POOL}")
    except LookupError:
        asked(home, "POST", "/work_pools/", {"name": POOL, "type": "process"})


def take_up_again(home: TeamHome) -> int:
    """Schedule the runs anew whose process on this machine is gone; returns how many. Their stored results are kept.

    One that was being cancelled is cancelled. Runs on other machines are left alone.
    """
    wanted = {"flow_runs": {"state": {"type": {"any_": list(_LEFT)}}, "deployment_id": {"is_null_": False}}}
    left = [run for run in asked(home, "POST", "/flow_runs/filter", wanted) if _is_dead(run)]
    for run in left:
        is_cancelled = run["state"]["type"] == "CANCELLING"
        state = {"type": "CANCELLED" if is_cancelled else "SCHEDULED", "message": "Its process was stopped"}
        asked(home, "POST", f"/flow_runs/{run['id']}/set_state", {"state": state, "force": True})
    return len(left)


def _is_dead(run: Mapping[str, Any]) -> bool:
    """`infrastructure_pid` is the machine's name and the process's number."""
    host, _, pid = str(run.get("infrastructure_pid") or "").rpartition(":")
    return host == socket.gethostname() and pid.isdigit() and not _lives(int(pid))


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def asked(home: TeamHome, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 (the server's JSON)
    """The server's answer as JSON; raises `LookupError` for what is not there, `ValueError` for a refusal."""
    url = urlsplit(home.api)
    login = b64encode(home.login().encode()).decode()
    connection = http.client.HTTPConnection(str(url.hostname), url.port, timeout=_SECONDS)
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
