"""The team's server keeps its login to its owner, and its processes know only what is theirs."""

import stat

import pytest

from clientdesk.cli.team_home import TeamHome, team_home
from clientdesk.settings import read_settings


def a_home(tmp_path, host="127.0.0.1"):
    home = TeamHome(tmp_path / "server", host, 4321)
    home.prepare()
    return home


def test_login_is_made_once_and_for_the_owner_alone(tmp_path):
    home = a_home(tmp_path)
    first = home.login()
    home.prepare()

    assert first == home.login()
    assert first.startswith("clientdesk:")
    assert len(first) > 30
    assert stat.S_IMODE(home.login_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.folder.stat().st_mode) == 0o700


def test_without_a_first_start_there_is_no_login(tmp_path):
    assert TeamHome(tmp_path, "127.0.0.1", 1).login() == ""


def test_server_has_the_login_and_no_client_settings(tmp_path):
    home = a_home(tmp_path)

    environ = home.server_environment({"PREFECT_API_URL": "http://elsewhere", "PATH": "/bin"})

    assert environ["PREFECT_SERVER_API_AUTH_STRING"] == home.login()
    assert "PREFECT_API_URL" not in environ
    assert environ["PATH"] == "/bin"
    assert environ["PREFECT_SERVER_UI_API_URL"] == "/api"


def test_worker_gets_every_place_in_full(tmp_path):
    settings = read_settings({"CLIENTDESK_HOME": "data", "CLIENTDESK_OUTBOX": "mails"}, tmp_path)
    home = team_home(settings, "127.0.0.1", 4321)

    environ = home.client_environment({"CLIENTDESK_OUTBOX": "mails"}, settings)

    assert environ["CLIENTDESK_OUTBOX"] == str(tmp_path / "mails")
    assert environ["CLIENTDESK_HOME"] == str(tmp_path / "data")
    assert environ["PREFECT_API_URL"] == "http://127.0.0.1:4321/api"


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_server_on_all_interfaces_is_reached_on_this_machine(tmp_path, host):
    assert a_home(tmp_path, host).pages == "http://127.0.0.1:4321"


def test_login_stands_in_no_command(tmp_path):
    home = a_home(tmp_path)

    commands = [*home.server_command(), *home.worker_command(), *home.deploy_command()]

    assert home.login() not in " ".join(commands)
    assert str(home.log("worker")).endswith("server/worker.log")
