"""Machines to run processes on: network namespaces with names of their own where root allows, else plain processes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from clientdesk.cli.child import Child

_MARK = "CLUSTER_MACHINE"


@dataclass
class Machine:
    """A place with a home folder; whatever runs there dies together by `lose`."""

    name: str
    home: Path
    namespace: str = ""
    children: dict[str, Child] = field(default_factory=dict)

    def run(self, name: str, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Child:
        """Start it, its output in the home folder."""
        self.home.mkdir(parents=True, exist_ok=True)
        marked = {**environment, _MARK: str(self.home)}
        self.children[name] = Child([*self._inside(), *command], marked, self.home / f"{name}.log", folder)
        return self.children[name]

    def stop(self, name: str, seconds: float = 15) -> None:
        self.children.pop(name).stop(seconds)

    def kill(self, name: str) -> None:
        """Only this process, at once; what it started lives on."""
        child = self.children.pop(name)
        os.kill(child.pid, signal.SIGKILL)
        while not child.has_ended:
            time.sleep(0.05)

    def lose(self) -> None:
        """Every process of the machine, at once, as when its power is cut."""
        for process in self.processes():
            with suppress(psutil.NoSuchProcess):
                process.kill()
        for name in list(self.children):
            self.stop(name, 0)

    def processes(self) -> list[psutil.Process]:
        """All that runs there, whatever sessions they have made for themselves."""
        if self.namespace:
            listed = subprocess.run(["ip", "netns", "pids", self.namespace], capture_output=True, text=True, check=True)
            return [psutil.Process(int(number)) for number in listed.stdout.split() if psutil.pid_exists(int(number))]
        return [each for each in psutil.process_iter() if self._runs(each)]

    def _runs(self, process: psutil.Process) -> bool:
        try:
            return process.environ().get(_MARK) == str(self.home)
        except psutil.Error:
            return False

    def _inside(self) -> list[str]:
        """`exec` all the way, so that the process we started is the one that runs."""
        if not self.namespace:
            return []
        named = ["unshare", "--uts", "sh", "-c", 'hostname "$0"; exec "$@"', self.name]
        return ["ip", "netns", "exec", self.namespace, *named]


@dataclass(frozen=True)
class Network:
    """`host` is where the services listen; every machine reaches it."""

    host: str
    prefix: str

    def machine(self, name: str, home: Path) -> Machine:
        return Machine(name, home, f"{self.prefix}-{name}" if self.prefix else "")


@contextmanager
def network(names: Sequence[str]) -> Iterator[Network]:
    """A bridge with one namespace for each name; where that is not allowed, the loopback address for all."""
    prefix = f"cd{os.getpid() % 100_000}"
    third = os.getpid() % 250
    if not _is_allowed(prefix):
        yield Network("127.0.0.1", "")
        return
    try:
        for number, name in enumerate(names):
            _connect(prefix, f"{prefix}-{name}", number, third)
        yield Network(f"10.213.{third}.1", prefix)
    finally:
        for name in names:
            _ip("netns", "del", f"{prefix}-{name}", check=False)
        _ip("link", "del", prefix, check=False)


def _is_allowed(prefix: str) -> bool:
    if os.environ.get("CLUSTER_NAMESPACES") == "off" or shutil.which("ip") is None or os.geteuid() != 0:
        return False
    return _ip("link", "add", prefix, "type", "bridge", check=False) == 0


def _connect(bridge: str, namespace: str, number: int, third: int) -> None:
    if number == 0:
        _ip("addr", "add", f"10.213.{third}.1/24", "dev", bridge)
        _ip("link", "set", bridge, "up")
    outer, inner = f"{bridge}o{number}", f"{bridge}i{number}"
    _ip("netns", "add", namespace)
    _ip("link", "add", outer, "type", "veth", "peer", "name", inner)
    _ip("link", "set", inner, "netns", namespace)
    _ip("link", "set", outer, "master", bridge, "up")
    _ip("-n", namespace, "addr", "add", f"10.213.{third}.{number + 11}/24", "dev", inner)
    _ip("-n", namespace, "link", "set", inner, "up")
    _ip("-n", namespace, "link", "set", "lo", "up")


def _ip(*words: str, check: bool = True) -> int:
    return subprocess.run(["ip", *words], capture_output=True, check=check).returncode
