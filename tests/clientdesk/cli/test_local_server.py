"""The server of one command: private, quick to be there, and gone with the command however that ends."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from base64 import b64encode

import psutil
import pytest

from clientdesk.cli.local_server import LocalServer, NoLocalServer, local_server

PARENT = """
import os, sys
from pathlib import Path
from clientdesk.cli.local_server import LocalServer
server = LocalServer(Path(sys.argv[1]))
server.start()
server.wait()
print(os.environ["PREFECT_API_URL"], flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def no_server_of_our_own(monkeypatch):
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="module")
def home(tmp_path_factory, prefect_home):
    return prefect_home(tmp_path_factory.mktemp("prefect"))


def _asked(url, login=""):
    request = urllib.request.Request(url)
    if login:
        request.add_header("Authorization", f"Basic {b64encode(login.encode()).decode()}")
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.status


def test_server_answers_its_own_command_and_nobody_else(home):
    with local_server(home) as server:
        server.wait()
        api, login = os.environ["PREFECT_API_URL"], os.environ["PREFECT_API_AUTH_STRING"]

        assert _asked(f"{api}/admin/version", login) == 200
        with pytest.raises(urllib.error.HTTPError, match="401"):
            _asked(f"{api}/admin/version")

    assert "PREFECT_API_URL" not in os.environ
    with pytest.raises(urllib.error.URLError):
        _asked(f"{api}/health")


def test_server_of_the_user_is_used_instead(home, monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:4200/api")

    with local_server(home) as server:
        server.wait()

        assert os.environ["PREFECT_API_URL"] == "http://127.0.0.1:4200/api"
        assert "PREFECT_API_AUTH_STRING" not in os.environ


def test_server_ends_with_a_command_that_was_killed(home):
    command = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    api = command.stdout.readline().strip()
    (server,) = psutil.Process(command.pid).children()

    command.send_signal(signal.SIGKILL)
    command.communicate()

    server.wait(15)
    with pytest.raises(urllib.error.URLError):
        _asked(f"{api}/health")


def test_server_that_does_not_start_names_its_log(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    server = LocalServer(tmp_path)
    server.start()
    try:
        with pytest.raises(NoLocalServer, match=r"server\.log"):
            server.wait()
    finally:
        server.stop()


def test_log_does_not_grow_for_ever(tmp_path, monkeypatch):
    (tmp_path / "server.log").write_bytes(b"x" * 1_000_001)
    monkeypatch.setattr(sys, "executable", "/bin/true")
    server = LocalServer(tmp_path)

    server.start()
    server.stop()

    assert (tmp_path / "server.log").stat().st_size < 1_000
