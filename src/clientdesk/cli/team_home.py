"""Where the team's Prefect server keeps its things: address, login, logs, and its processes' environment."""

from __future__ import annotations

import secrets
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from clientdesk.settings import Settings

PROJECT = Path(__file__).parents[3]
POOL = "clientdesk"
RUNS_AT_ONCE = 2  # with SQLite below, more get in each other's way
_SERVER = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_ENABLED": "true",
    # The pages ask whoever served them: right for any name, port or proxy that the browser came by.
    "PREFECT_SERVER_UI_API_URL": "/api",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
}
_QUIET = {"DO_NOT_TRACK": "1"}
# The server would tell its pages this address, and the worker's login is none of the server's business.
_NOT_THE_SERVERS = ("PREFECT_API_URL", "PREFECT_API_AUTH_STRING", "PREFECT_API_KEY")


@dataclass(frozen=True, slots=True)
class TeamHome:
    """`folder` is below the data folder; `host` and `port` are where the server listens."""

    folder: Path
    host: str
    port: int

    @property
    def pages(self) -> str:
        """The address for a browser on this machine."""
        shown = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 (compared, not bound)
        return f"http://{shown}:{self.port}"

    @property
    def api(self) -> str:
        return f"{self.pages}/api"

    @property
    def login_file(self) -> Path:
        return self.folder / "login"

    @property
    def worker(self) -> str:
        """The name of the worker on this machine."""
        return socket.gethostname()

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def held(self, name: str) -> Path:
        """Held by the process of this name for as long as it lives."""
        return self.folder / f"{name}.held"

    def prepare(self) -> None:
        """Make the folder, and a login at the first time; both are for the owner alone."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder.chmod(0o700)
        if not self.login_file.exists():
            beside = self.folder / "login.new"
            beside.touch(0o600)
            beside.write_text(f"clientdesk:{secrets.token_urlsafe(18)}\n", encoding="utf-8")
            beside.rename(self.login_file)

    def login(self) -> str:
        """`user:password`, or "" where there is none yet."""
        try:
            return self.login_file.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return ""

    def server_environment(self, environ: Mapping[str, str]) -> dict[str, str]:
        kept = {name: value for name, value in environ.items() if name not in _NOT_THE_SERVERS}
        own = {
            "PREFECT_HOME": str(self.folder),
            "PREFECT_SERVER_API_AUTH_STRING": self.login(),
            "PREFECT_UI_URL": self.pages,  # for the links in notices
        }
        return {**kept, **_QUIET, **_SERVER, **own}

    def client_environment(self, environ: Mapping[str, str], settings: Settings) -> dict[str, str]:
        """Of the worker and its runs. They begin elsewhere, so what was counted from here is written out in full."""
        own = {
            "PREFECT_HOME": str(self.folder),
            "PREFECT_API_URL": self.api,
            "PREFECT_API_AUTH_STRING": self.login(),
            "PREFECT_WORKER_QUERY_SECONDS": "2",
            "CLIENTDESK_CHECKOUT": str(PROJECT),
            "CLIENTDESK_HOME": str(settings.home),
            "CLIENTDESK_DATABASE_URL": settings.database_url,
            "CLIENTDESK_DOCUMENTS": settings.documents,
            "CLIENTDESK_OUTBOX": str(settings.outbox),
            "CLIENTDESK_CACHE": str(settings.cache),
            "CLIENTDESK_AGENCY": str(settings.agency),
        }
        return {**environ, **_QUIET, **own}

    def server_command(self) -> list[str]:
        return [sys.executable, "-m", "prefect", "server", "start", "--host", self.host, "--port", str(self.port)]

    def worker_command(self) -> list[str]:
        # No --limit: with it, prefect 3.8.8 crashes when a run is resumed before its earlier process is quite gone.
        # Named for the machine: a run's record tells the worker's name and the process's number.
        worker = ["worker", "start", "--pool", POOL, "--type", "process", "--name", self.worker]
        return [sys.executable, "-m", "prefect", *worker]

    def deploy_command(self) -> list[str]:
        return [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"]


def team_home(settings: Settings, host: str, port: int) -> TeamHome:
    return TeamHome(settings.home / "server", host, port)
