"""Installations to measure: one machine on SQLite as `clientdesk up` has it, and the one for many machines."""

from __future__ import annotations

import http.client
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import psutil
from cluster.client import Outside, outside
from cluster.machines import network
from cluster.services import free_port
from cluster.stand_up import Cluster, cluster_on
from cluster.waiting import until

from clientdesk.cli.child import Child
from clientdesk.cli.team_home import POOL, PROJECT, TeamHome
from clientdesk.cli.team_state import ServerBusy, asked, ensure_pool, is_healthy
from clientdesk.settings import Settings, read_settings

_BUSY_SECONDS = 180.0
MOST_WORKERS = 4
WORKERS = tuple(f"worker-{number}" for number in range(1, MOST_WORKERS + 1))


class Stand(Protocol):
    """An installation whose workers carry out one run at a time each."""

    name: str
    home: TeamHome
    client: Outside
    records: str

    def start_worker(self, name: str) -> None: ...

    def server_processes(self) -> dict[str, psutil.Process]: ...

    def workers(self) -> list[psutil.Process]: ...

    def database_bytes(self) -> int: ...


@dataclass
class ManyMachines:
    """PostgreSQL, Redis, two API servers, services; a namespace for each worker."""

    cluster: Cluster
    client: Outside
    name: str = "PostgreSQL"

    @property
    def home(self) -> TeamHome:
        return self.cluster.home

    @property
    def records(self) -> str:
        return self.cluster.database.url("clientdesk", "psycopg")

    def start_worker(self, name: str) -> None:
        self.cluster.start_worker(name, "--limit", "1")

    def server_processes(self) -> dict[str, psutil.Process]:
        return {name: psutil.Process(child.pid) for name, child in self.cluster.servers.children.items()}

    def workers(self) -> list[psutil.Process]:
        machines = self.cluster.workers.values()
        return [psutil.Process(child.pid) for machine in machines for child in machine.children.values()]

    def database_bytes(self) -> int:
        ((size,),) = self.cluster.database.asked("prefect", "SELECT pg_database_size('prefect')")
        return int(size)


@dataclass
class OneMachine:
    """Server with SQLite, everything by `clientdesk up`'s own commands."""

    home: TeamHome
    settings: Settings
    client: Outside
    children: dict[str, Child] = field(default_factory=dict)
    name: str = "SQLite"

    @property
    def records(self) -> str:
        return self.settings.database_url

    def start_server(self) -> None:
        environment = self.home.server_environment(os.environ)
        self.children["server"] = Child(self.home.server_command(), environment, self.home.log("server"), PROJECT)
        until(lambda: is_healthy(self.home), 120, "the server")
        ensure_pool(self.home)
        deploy = Child(self.home.deploy_command(), self._environment(), self.home.log("deploy"), PROJECT)
        until(lambda: deploy.has_ended, 120, "the deployments")

    def start_worker(self, name: str) -> None:
        worker = ["worker", "start", "--pool", POOL, "--type", "process", "--name", name, "--limit", "1"]
        command = [sys.executable, "-m", "prefect", *worker]
        self.children[name] = Child(command, self._environment(), self.home.log(name), self.home.folder)

    def server_processes(self) -> dict[str, psutil.Process]:
        return {"server": psutil.Process(self.children["server"].pid)}

    def workers(self) -> list[psutil.Process]:
        return [psutil.Process(child.pid) for name, child in self.children.items() if name in WORKERS]

    def database_bytes(self) -> int:
        return sum(path.stat().st_size for path in self.home.folder.glob("prefect.db*"))

    def stop(self) -> None:
        for child in reversed(self.children.values()):
            child.stop(15)

    def _environment(self) -> dict[str, str]:
        return self.home.client_environment({**os.environ, **self.client.settings}, self.settings)


@contextmanager
def many_machines(folder: Path) -> Iterator[Stand]:
    with ExitStack() as kept:
        net = kept.enter_context(network(WORKERS))
        (folder / "client").mkdir(parents=True)
        client = kept.enter_context(outside(folder / "client", net.host))
        folder /= "cluster"
        here = kept.enter_context(cluster_on(net, folder, WORKERS, 120, client.settings, are_working=False))
        yield ManyMachines(here, client)


@contextmanager
def one_machine(folder: Path) -> Iterator[Stand]:
    with ExitStack() as kept:
        (folder / "client").mkdir(parents=True)
        client = kept.enter_context(outside(folder / "client", "127.0.0.1"))
        settings = read_settings({"CLIENTDESK_HOME": str(folder / "home"), **client.settings}, PROJECT)
        home = TeamHome(settings.home / "server", "127.0.0.1", free_port("127.0.0.1"))
        home.prepare()
        here = OneMachine(home, settings, client)
        kept.callback(here.stop)
        here.start_server()
        yield here


def cpu_seconds(stand: Stand) -> float:
    """Of servers, workers, and all runs, so far; databases are not counted."""
    # A run's state is over before its process is, and a process that nobody has waited for yet is not counted.
    until(lambda: not any(each.children() for each in stand.workers()), 120, "the processes of runs to end")
    times = [each.cpu_times() for each in (*stand.server_processes().values(), *stand.workers())]
    return sum(each.user + each.system + each.children_user + each.children_system for each in times)


def ask(stand: Stand, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 (the server's JSON)
    """What may be asked twice: a server under load is asked again for minutes, as Prefect's workers do."""

    def answered() -> tuple[Any, ...]:
        try:
            return (asked(stand.home, method, path, body),)
        except (ServerBusy, OSError, http.client.HTTPException):
            return ()

    (answer,) = until(answered, _BUSY_SECONDS, f"an answer to {method} {path}", every=1)
    return answer


def online(stand: Stand) -> set[str]:
    listed = ask(stand, "POST", f"/work_pools/{POOL}/workers/filter", {})
    return {each["name"] for each in listed if each["status"] == "ONLINE"}
