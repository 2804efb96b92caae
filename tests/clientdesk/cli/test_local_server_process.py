"""Two commands that start on one new folder at once: the database is made by one of them."""

import os
import signal
import subprocess
import sys

import psutil
import pytest

PARENT = """
import sys
from pathlib import Path
from clientdesk.cli.local_server import LocalServer
server = LocalServer(Path(sys.argv[1]))
server.start()
server.wait()
print("ready", flush=True)
sys.stdin.read()
server.stop()
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """New for the first test, and made by it."""
    return tmp_path_factory.mktemp("prefect")


def _started(home):
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return subprocess.Popen(
        [sys.executable, "-c", PARENT, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environ
    )


def test_two_first_starts_at_once_both_succeed(home):
    commands = [_started(home) for _ in range(2)]

    said = [command.stdout.readline() for command in commands]
    servers = [child for command in commands for child in psutil.Process(command.pid).children()]
    for command in commands:
        command.communicate("")

    assert said == ["ready\n", "ready\n"]
    assert len(servers) == 2
    assert psutil.wait_procs(servers, timeout=10)[1] == []


def test_ctrl_c_reaches_the_command_and_not_its_server(home):
    command = _started(home)
    command.stdout.readline()
    (server,) = psutil.Process(command.pid).children()

    server.send_signal(signal.SIGINT)

    assert server.is_running()
    assert server.status() != psutil.STATUS_ZOMBIE
    command.communicate("")
    server.wait(10)
