"""The command in real processes, with a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fakes.git_source import GitSource
from fakes.osv_service import OsvService, advisory, serving

CLIENTDESK = Path(sys.executable).with_name("clientdesk")
WHO = ("--company", "Harbour Bookings GmbH", "--contact", "Nora Feld", "--email", "nora@harbour-bookings.com")
FILES = {
    "requirements.txt": "flask==2.0.0\n",
    "app.py": "import subprocess\n\n\ndef run(name):\n    subprocess.call('convert ' + name, shell=True)\n",
    "README.md": "# Booking\n",
}


@dataclass
class Command:
    """Runs `clientdesk` in a folder, with nothing of this machine's own settings."""

    cwd: Path
    settings: dict[str, str] = field(default_factory=dict)
    program: Path = CLIENTDESK

    @property
    def home(self) -> Path:
        return self.cwd / "home"

    @property
    def environment(self) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("CLIENTDESK_", "PREFECT_"))}
        own = {"CLIENTDESK_HOME": str(self.home), "CLIENTDESK_PACKAGE_INDEXES": "off", "COLUMNS": "200"}
        return {**inherited, **own, **self.settings}

    def __call__(self, *arguments: str, text: bool = True, timeout: float = 110) -> subprocess.CompletedProcess:
        return subprocess.run(
            [str(CLIENTDESK), *arguments],
            cwd=self.cwd,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=text,
            timeout=timeout,
            check=False,
        )

    def started(self, *arguments: str) -> subprocess.Popen[str]:
        """In a process group of its own, so that a signal to the group is what Ctrl-C is on a terminal."""
        return subprocess.Popen(
            [str(CLIENTDESK), *arguments],
            cwd=self.cwd,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )


@pytest.fixture
def clientdesk(tmp_path: Path) -> Command:
    return Command(tmp_path)


@pytest.fixture(scope="session")
def client_code(tmp_path_factory: pytest.TempPathFactory) -> GitSource:
    """A client's repository, with a shell injection, a vulnerable package and no pipeline."""
    source = GitSource(tmp_path_factory.mktemp("client") / "booking")
    source.commit(FILES, message="Begin")
    return source


@pytest.fixture(scope="session")
def advisories():
    """A service that knows one vulnerability."""
    with serving(OsvService({"flask": [advisory("flask", "2.2.5")]})) as service:
        yield service.address


@pytest.fixture(scope="session")
def onboarded(
    tmp_path_factory: pytest.TempPathFactory,
    client_code: GitSource,
    advisories: str,
    prefect_home: Callable[[Path], Path],
):
    """The command as it left its home after `onboard --yes`, and what it said. Don't change what is in there."""
    command = Command(tmp_path_factory.mktemp("onboarded"), {"CLIENTDESK_OSV_URL": advisories})
    prefect_home(command.home / "prefect")
    return command, command("onboard", client_code.address, *WHO, "--interest", "retainer", "--yes")


@pytest.fixture
def ready(clientdesk: Command, advisories: str, prefect_home: Callable[[Path], Path]) -> Command:
    """With a Prefect database that is made already, which saves seconds; without a client."""
    clientdesk.settings["CLIENTDESK_OSV_URL"] = advisories
    prefect_home(clientdesk.home / "prefect")
    return clientdesk


@pytest.fixture
def without_pango(tmp_path: Path) -> dict[str, str]:
    """Settings under which WeasyPrint does what it does where its libraries are missing."""
    package = tmp_path / "stub" / "weasyprint"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")\n", encoding="utf-8")
    return {"PYTHONPATH": str(package.parent)}
