"""A whole installation for many machines on this one: PYTHONPATH=tests python -m cluster.stand_up FOLDER

PostgreSQL, Redis, two API servers behind one address, background services apart, the watch, and workers in homes (and,
where root allows, network namespaces) of their own. Its settings are the files of docs/deploy, with other addresses.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from cluster.gate import Gate
from cluster.machines import Machine, Network, network
from cluster.services import Broker, Database, free_port
from cluster.waiting import until

from clientdesk.cli.team_home import POOL, PROJECT, TeamHome
from clientdesk.cli.team_state import asked, is_healthy, state_of

WORKERS = ("left", "right")
_SERVERS = ("api-1", "api-2")
_PREFECT = (sys.executable, "-m", "prefect")
_CLIENTDESK = (str(Path(sys.executable).with_name("clientdesk")),)
_INHERITED = ("PATH", "PYTHONPATH", "HOME", "LANG", "LC_ALL", "TZ")


@dataclass
class Cluster:
    """What stands. `home` is how the API is asked; `shared` is the folder that every machine mounts."""

    folder: Path
    network: Network
    database: Database
    broker: Broker
    gate: Gate
    home: TeamHome
    servers: Machine
    workers: dict[str, Machine]
    settings: dict[str, str]

    @property
    def shared(self) -> Path:
        return self.folder / "shared"

    def asked(self, method: str, path: str, body: object = None) -> Any:
        return asked(self.home, method, path, body)

    def start_servers(self, names: Sequence[str] = _SERVERS) -> None:
        ports = dict(zip(_SERVERS, (port for _, port in self.gate.servers), strict=True))
        for name in names:
            where = ["--host", self.network.host, "--port", str(ports[name])]
            command = [*_PREFECT, "server", "start", "--no-services", *where]
            self.servers.run(name, command, self._server_environment(), PROJECT)

    def are_healthy(self) -> bool:
        """Every server by itself, not only somebody behind the address."""
        return all(is_healthy(TeamHome(self.home.folder, host, port)) for host, port in self.gate.servers)

    def start_services(self) -> None:
        command = [*_PREFECT, "server", "services", "start"]
        self.servers.run("services", command, self._server_environment(), PROJECT)

    def start_watch(self, seconds: int) -> None:
        """`seconds` of silence after which a run counts as lost."""
        command = [*_CLIENTDESK, "watch", "--lost-after", str(seconds)]
        self.servers.run("watch", command, self.worker_environment(self.servers), PROJECT)

    def start_worker(self, name: str, *options: str, **more: str) -> None:
        machine = self.workers[name]
        command = ["worker", "start", "--pool", POOL, "--name", name, *options]
        environment = {**self.worker_environment(machine), **more}
        machine.run("worker", [*_PREFECT, *command], environment, machine.home)

    def are_online(self, *names: str) -> bool:
        listed = self.asked("POST", f"/work_pools/{POOL}/workers/filter", {})
        return set(names) <= {each["name"] for each in listed if each["status"] == "ONLINE"}

    def worker_environment(self, machine: Machine) -> dict[str, str]:
        return {
            **_inherited(),
            **file_of_settings("scaling-worker.env"),
            "PREFECT_HOME": str(machine.home / "prefect"),
            "PREFECT_API_URL": self.home.api,
            "PREFECT_API_AUTH_STRING": self.home.login(),
            "PREFECT_LOCAL_STORAGE_PATH": str(self.shared / "results"),
            "CLIENTDESK_CHECKOUT": str(PROJECT),
            "CLIENTDESK_HOME": str(machine.home / "clientdesk"),
            "CLIENTDESK_DATABASE_URL": self.database.url("clientdesk", "psycopg"),
            "CLIENTDESK_DOCUMENTS": str(self.shared / "documents"),
            "CLIENTDESK_OUTBOX": str(self.shared / "outbox"),
            **self.settings,
        }

    def _server_environment(self) -> dict[str, str]:
        return {
            **_inherited(),
            **file_of_settings("scaling-server.env"),
            "PREFECT_HOME": str(self.servers.home / "prefect"),
            "PREFECT_SERVER_API_AUTH_STRING": self.home.login(),
            "PREFECT_UI_URL": self.home.pages,
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": self.database.url("prefect", "asyncpg"),
            "PREFECT_REDIS_MESSAGING_URL": self.broker.url(0),
            "PREFECT_SERVER_DOCKET_URL": self.broker.url(1),
            "PREFECT_REDIS_WORKER_CLEANUP_QUEUE_URL": self.broker.url(2),
        }

    def prepare_database(self) -> None:
        """Prefect's. Ours is brought to its shape by the first run."""
        upgrade = [*_PREFECT, "server", "database", "upgrade", "-y"]
        self.servers.run("upgrade", upgrade, self._server_environment(), PROJECT)
        self._has_ended("upgrade")

    def deploy(self) -> None:
        self.asked(
            "POST", "/work_pools/", {"name": POOL, "type": "process", "concurrency_limit": 2 * len(self.workers)}
        )
        command = [*_PREFECT, "--no-prompt", "deploy", "--all"]
        self.servers.run("deploy", command, self.worker_environment(self.servers), PROJECT)
        self._has_ended("deploy")

    def pause_schedules(self) -> None:
        """Runs are then only started by hand."""
        for each in self.asked("POST", "/deployments/filter", {}):
            self.asked("POST", f"/deployments/{each['id']}/pause_deployment")

    def _has_ended(self, name: str) -> None:
        child = self.servers.children[name]
        until(lambda: child.has_ended, 180, f"{name} to end: see {child.log}")
        del self.servers.children[name]
        if child.status:
            raise RuntimeError(f"{name} failed: see {child.log}")

    def stop(self) -> None:
        for machine in (*self.workers.values(), self.servers):
            machine.lose()


@contextmanager
def cluster(
    folder: Path, workers: Sequence[str] = WORKERS, lost_after: int = 120, **settings: str
) -> Iterator[Cluster]:
    """All of it, stopped and taken away at the end; the folder is left. `settings` are added to the workers'."""
    with ExitStack() as kept:
        net = kept.enter_context(network(workers))
        yield kept.enter_context(cluster_on(net, folder, workers, lost_after, settings))


@contextmanager
def cluster_on(
    net: Network,
    folder: Path,
    workers: Sequence[str],
    lost_after: int,
    settings: dict[str, str],
    *,
    are_working: bool = True,
) -> Iterator[Cluster]:
    """On a network that stands, so that others may listen there before; workers may be left to be started later."""
    with ExitStack() as kept:
        database, broker = Database(net.host), Broker(folder / "redis", net.host)
        kept.callback(database.remove)
        database.start_anew("prefect", "clientdesk")
        kept.callback(broker.stop)
        broker.start()
        gate = kept.enter_context(Gate(net.host, [(net.host, free_port(net.host)) for _ in _SERVERS]))
        home = TeamHome(folder / "client", net.host, gate.port)
        home.prepare()
        homes = {name: net.machine(name, folder / name) for name in workers}
        here = Cluster(
            folder, net, database, broker, gate, home, Machine("servers", folder / "servers"), homes, settings
        )
        kept.callback(here.stop)
        _begin(here, lost_after, workers if are_working else ())
        yield here


def _begin(here: Cluster, lost_after: int, workers: Sequence[str]) -> None:
    here.prepare_database()
    here.start_servers(_SERVERS[:1])  # alone: the first start of all writes down what kinds of blocks there are
    here.start_services()
    until(lambda: is_healthy(here.home), 240, f"the first server: see {here.servers.home}")
    here.start_servers(_SERVERS[1:])
    for name in workers:
        here.start_worker(name)
    here.deploy()
    here.start_watch(lost_after)
    until(here.are_healthy, 180, f"the other server: see {here.servers.home}")
    until(lambda: here.are_online(*workers), 180, f"the workers: see {here.folder}")


def file_of_settings(name: str) -> dict[str, str]:
    """NAME=value, a line each, as systemd reads it."""
    lines = (PROJECT / "docs/deploy" / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def _inherited() -> dict[str, str]:
    return {name: os.environ[name] for name in _INHERITED if name in os.environ}


def main() -> None:
    """Stand it up, say where, and stay until told to stop."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with cluster(Path(sys.argv[1]).absolute(), CLIENTDESK_PACKAGE_INDEXES="off") as here:
        click.echo(f"Pages  {here.home.pages}\nLogin  {here.home.login()}\nState  {state_of(here.home)}")
        stop.wait()


if __name__ == "__main__":
    main()
