"""`clientdesk up --check` says what runs."""

import pytest
from click.testing import CliRunner
from fakes.team_server import a_team

from clientdesk import wiring
from clientdesk.cli.up import up
from clientdesk.settings import read_settings


@pytest.fixture(autouse=True)
def _settings(tmp_path, monkeypatch):
    chosen = read_settings({"CLIENTDESK_HOME": str(tmp_path)}, tmp_path)
    monkeypatch.setattr(wiring, "the_settings", lambda: chosen)


def test_what_is_up_is_listed_and_the_login_is_not_printed(tmp_path):
    with a_team(tmp_path) as (home, _):
        done = CliRunner().invoke(up, ["--check", "--port", str(home.port)])

    assert done.exit_code == 0
    assert "1 online" in done.output
    assert str(home.login_file) in done.output
    assert home.login() not in done.output


def test_nothing_running_is_status_1():
    done = CliRunner().invoke(up, ["--check", "--port", "9"])

    assert done.exit_code == 1
    assert "Not running" in done.output
