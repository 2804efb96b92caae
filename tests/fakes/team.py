"""`clientdesk up` as a team runs it: real processes on their own ports, with a client's code, advisories and mail."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from fakes.git_http import repositories_under, served
from fakes.git_source import GitSource
from fakes.mail_server import Inbox, mail_server
from fakes.osv_service import OsvService, advisory, serving

from clientdesk.cli.team_home import TeamHome
from clientdesk.cli.team_state import asked

CLIENTDESK = Path(sys.executable).with_name("clientdesk")
READY = "Ctrl-C stops everything"
_BOOKING = {
    "requirements.txt": "flask==2.0.0\n",
    "app.py": "import subprocess\n\n\ndef run(name):\n    subprocess.call('convert ' + name, shell=True)\n",
    "README.md": "# Booking\n",
}


@dataclass
class Team:
    """`folder` holds all it keeps; `settings` are variables beside those that keep it to itself."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = 0
    inbox: Inbox = field(default_factory=Inbox)
    repository: str = ""
    _process: subprocess.Popen[bytes] | None = None

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def pages(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def login(self) -> str:
        """`user:password`, as the pages ask for it."""
        return (self.home / "server" / "login").read_text(encoding="utf-8").strip()

    @property
    def said(self) -> str:
        return (self.folder / "up.log").read_text(encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("CLIENTDESK_", "PREFECT_"))}
        own = {"CLIENTDESK_HOME": str(self.home), "CLIENTDESK_PACKAGE_INDEXES": "off"}
        return {**inherited, **own, **self.settings}

    def start(self, *, seconds: float = 400) -> None:
        """Until it has said where its pages are; what it says instead is raised."""
        self.port = self.port or free_port()
        with (self.folder / "up.log").open("wb") as log:
            self._process = subprocess.Popen(
                [str(CLIENTDESK), "up", "--port", str(self.port)],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        end = time.monotonic() + seconds
        while READY not in self.said:
            assert self._process.poll() is None, self.said
            assert time.monotonic() < end, f"not up within {seconds:.0f} s: {self.said}"
            time.sleep(0.1)

    def stop(self, number: int = signal.SIGINT) -> int:
        """Its status; nothing where it does not run."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.send_signal(number)
        try:
            return process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise

    def kill(self) -> None:
        """The command alone, at once: what it has started is left to itself."""
        process, self._process = self._process, None
        assert process is not None
        process.kill()
        process.wait()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def server(self) -> TeamHome:
        """Where its server keeps its things, and is asked."""
        return TeamHome(self.home / "server", "127.0.0.1", self.port)

    def asked(self, method: str, path: str, body: object = None) -> Any:
        return asked(self.server, method, path, body)

    def checked(self) -> tuple[int, str]:
        """What `clientdesk up --check` ends with, and says."""
        command = [str(CLIENTDESK), "up", "--port", str(self.port), "--check"]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    def processes(self, *words: str) -> list[psutil.Process]:
        """All of its that live, whoever is their parent; those with these words in their command."""
        return [each for each in psutil.process_iter() if self._is_ours(each, words)]

    def _is_ours(self, process: psutil.Process, words: Sequence[str]) -> bool:
        try:
            ours = process.environ().get("CLIENTDESK_HOME") == str(self.home)
            return ours and process.status() != psutil.STATUS_ZOMBIE and set(words) <= set(process.cmdline())
        except psutil.Error:
            return False


@contextmanager
def a_team_at_work(folder: Path, **settings: str) -> Iterator[Team]:
    """Up, with a client's repository, an advisory about it, and a mail server, all on loopback."""
    source = GitSource(folder / "repositories" / "booking.git")
    source.commit(_BOOKING, message="Begin")
    team = Team(folder, dict(settings))
    with ExitStack() as kept:
        known = kept.enter_context(serving(OsvService({"flask": [advisory("flask", "2.2.5")]})))
        mail = kept.enter_context(mail_server(team.inbox))
        code = kept.enter_context(served(repositories_under(source.path.parent)))
        team.repository = f"{code}/{source.path.name}"
        team.settings |= {
            "CLIENTDESK_OSV_URL": known.address,
            "CLIENTDESK_SMTP_HOST": "127.0.0.1",
            "CLIENTDESK_SMTP_PORT": str(mail),
            "CLIENTDESK_SMTP_TLS": "none",
            **settings,
        }
        kept.callback(team.stop)
        team.start()
        yield team


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
