"""PostgreSQL and Redis for one cluster, which can be stopped and come back with what they had."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from clientdesk.cli.child import Child

_WAIT_SECONDS = 30.0


class MissingService(Exception):
    """A program that the cluster needs is not installed; the message says how to install it."""


class Database:
    """PostgreSQL, in a temporary folder of its own: it refuses to run as root, and others' folders are closed to it."""

    def __init__(self, host: str) -> None:
        self.folder, self.host, self.port = Path(tempfile.mkdtemp(prefix="postgresql-")), host, free_port(host)
        self._bin = _postgres_bin()
        self._as: list[str] = []

    def start_anew(self, *names: str) -> None:
        """Make it, with a database of each name."""
        self._as = _as_ordinary_user(self.folder)
        self._do("initdb", "-D", str(self.folder / "data"), "-U", "clientdesk", "--auth=trust", "-E", "UTF8")
        access = self.folder / "data" / "pg_hba.conf"
        access.write_text("local all all trust\nhost all all 0.0.0.0/0 trust\n")
        self.start()
        for name in names:
            self._do("createdb", "-h", self.host, "-p", str(self.port), "-U", "clientdesk", name)

    def start(self) -> None:
        options = f"-h {self.host} -p {self.port} -k {self.folder} -c fsync=off -c max_connections=300"
        where = ["-D", str(self.folder / "data"), "-l", str(self.folder / "log")]
        self._do("pg_ctl", *where, "-w", "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """`immediate` is what a crash is: connections are cut, and the next start recovers from the log."""
        self._do("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "-w", "stop", check=False)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name: str, driver: str) -> str:
        return f"postgresql+{driver}://clientdesk@{self.host}:{self.port}/{name}"

    def asked(self, name: str, query: str) -> list[list[str]]:
        """The rows of a query, as text."""
        where = ["-h", self.host, "-p", str(self.port), "-U", "clientdesk", "-d", name]
        said = subprocess.run(
            [str(self._bin / "psql"), *where, "-X", "-A", "-t", "-c", query], capture_output=True, text=True, check=True
        )
        return [line.split("|") for line in said.stdout.splitlines()]

    def _do(self, program: str, *words: str, check: bool = True) -> None:
        done = subprocess.run(
            [*self._as, str(self._bin / program), *words],
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        if check and done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.decode(errors='replace')[-500:]}")


class Broker:
    """A Redis that writes every change down, as one that Prefect's schedules rest on must."""

    def __init__(self, folder: Path, host: str) -> None:
        self.folder, self.host, self.port = folder, host, free_port(host)
        self._child: Child | None = None

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        program = shutil.which("redis-server")
        if program is None:
            raise MissingService("redis-server is not installed: apt-get install redis-server")
        where = ["--bind", self.host, "--port", str(self.port), "--protected-mode", "no"]
        kept = ["--dir", str(self.folder), "--appendonly", "yes", "--save", ""]
        self._child = Child([program, *where, *kept], {"PATH": os.defpath}, self.folder / "log", self.folder)
        wait_for_port(self.host, self.port)

    def stop(self) -> None:
        """At once, as a crash does."""
        if self._child is not None:
            self._child.stop(0)
            self._child = None

    def url(self, number: int) -> str:
        return f"redis://{self.host}:{self.port}/{number}"


def free_port(host: str) -> int:
    with socket.socket() as taken:
        taken.bind((host, 0))
        return int(taken.getsockname()[1])


def wait_for_port(host: str, port: int) -> None:
    end = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < end:
        try:
            socket.create_connection((host, port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nothing listens on {host}:{port}")


def _postgres_bin() -> Path:
    for folder in (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), *_on_path()):
        if all((folder / program).is_file() for program in ("initdb", "pg_ctl", "createdb", "psql")):
            return folder
    raise MissingService("PostgreSQL's server is not installed: apt-get install postgresql")


def _on_path() -> Sequence[Path]:
    return [Path(folder) for folder in os.get_exec_path()]


def _as_ordinary_user(folder: Path) -> list[str]:
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={grp.getgrnam('postgres').gr_gid}", "--clear-groups"]
