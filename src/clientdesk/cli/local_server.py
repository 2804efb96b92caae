"""A Prefect server of our own for the life of one command, started while the command does other work.

Prefect would start one itself, and the run would wait for it (14 s measured). Started early, on the other core, without
its interface, and with its database kept between runs, a run waits about 2 s: docs/decisions/0006-local-server.md.
"""

from __future__ import annotations

import contextlib
import gc
import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from clientdesk.domain.refusal import Refusal

_QUIET = {"DO_NOT_TRACK": "1", "PREFECT_LOGGING_TO_API_ENABLED": "false", "PREFECT_LOGGING_LEVEL": "CRITICAL"}
_SERVER = {
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
}
_LOG_BYTES = 1_000_000
_START_SECONDS, _STOP_SECONDS = 120.0, 5.0


class NoLocalServer(Refusal):
    """Prefect's server did not start; the message names its log."""


@contextmanager
def local_server(home: Path) -> Iterator[LocalServer]:
    """Start it at once; whoever enters does other work, then calls `wait`. A server the user has is used instead."""
    gc.disable()  # a third of the time that the imports take is garbage collection
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    server = LocalServer(home)
    if not os.environ.get("PREFECT_API_URL"):
        server.start()
    try:
        yield server
    finally:
        server.stop()


class LocalServer:
    """One server process; it ends with this one, even if this one is killed."""

    def __init__(self, home: Path) -> None:
        self._home = home.absolute()
        self._process: subprocess.Popen[bytes] | None = None
        self.tag = ""  # on every run of this command, so that its last states can be waited for

    @property
    def process_id(self) -> int | None:
        """None where it is not ours."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Returns as soon as the process exists; connections queue until it answers."""
        self._home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with socket.socket() as listener:  # listening already, so no other program can take the port
            listener.bind(("127.0.0.1", 0))
            listener.listen(128)
            login = f"clientdesk:{secrets.token_urlsafe(24)}"
            os.environ["PREFECT_HOME"] = str(self._home)
            self._process = self._spawned(listener, login)
            os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
            os.environ["PREFECT_API_AUTH_STRING"] = login

    def _spawned(self, listener: socket.socket, login: str) -> subprocess.Popen[bytes]:
        environ = {**os.environ, **_SERVER, "PREFECT_SERVER_API_AUTH_STRING": login}
        with (self._home / "server.log").open("ab") as log:
            if log.tell() > _LOG_BYTES:
                log.truncate(0)
            return subprocess.Popen(  # noqa: S603 (this interpreter, our own module)
                [sys.executable, "-m", "clientdesk.cli.local_server_process", str(listener.fileno())],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env=environ,
                pass_fds=[listener.fileno()],
                start_new_session=True,  # Ctrl-C ends the run first, and the run still needs its server then
            )

    def wait(self) -> None:
        """Until it answers; raises `NoLocalServer`."""
        gc.enable()
        gc.freeze()
        if self._process is None:
            return
        try:
            self._asked("GET", "/health", _START_SECONDS)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NoLocalServer(f"Prefect's server did not start: see {self._home / 'server.log'}") from error

    def stop(self) -> None:
        """Let the last task states arrive, which are written a little after their run, then end the process."""
        process, self._process = self._process, None
        if process is None:
            return
        self._settle(process)
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin:
            process.stdin.close()
        for name in ("PREFECT_API_URL", "PREFECT_API_AUTH_STRING"):
            os.environ.pop(name, None)

    def _settle(self, process: subprocess.Popen[bytes]) -> None:
        unsettled = {"task_runs": {"tags": {"all_": [self.tag]}, "state": {"type": {"any_": ["PENDING", "RUNNING"]}}}}
        end = time.monotonic() + _STOP_SECONDS
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
            while self.tag and process.poll() is None and time.monotonic() < end:
                if not self._asked("POST", "/task_runs/count", _STOP_SECONDS, unsettled):
                    return
                time.sleep(0.05)

    def _asked(self, method: str, path: str, seconds: float, body: Mapping[str, object] | None = None) -> object:
        url = urlsplit(os.environ["PREFECT_API_URL"])
        login = b64encode(os.environ["PREFECT_API_AUTH_STRING"].encode()).decode()
        connection = http.client.HTTPConnection(str(url.hostname), url.port, timeout=seconds)
        try:
            headers = {"Content-Type": "application/json", "Authorization": f"Basic {login}"}
            connection.request(method, url.path + path, json.dumps(body) if body else None, headers)
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()
