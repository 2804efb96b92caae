"""`clientdesk up --check` says what runs."""

import os
from contextlib import ExitStack, contextmanager

import pytest
from click.testing import CliRunner
from fakes.team_server import a_team

from clientdesk import wiring
from clientdesk.cli.held import held, name_holder
from clientdesk.cli.up import up
from clientdesk.settings import read_settings


@pytest.fixture(autouse=True)
def _settings(tmp_path, monkeypatch):
    chosen = read_settings({"CLIENTDESK_HOME": str(tmp_path)}, tmp_path)
    monkeypatch.setattr(wiring, "the_settings", lambda: chosen)


@contextmanager
def living(home, *names):
    with ExitStack() as kept:
        for name in names:
            name_holder(kept.enter_context(held(home.held(name))), os.getpid())
        yield


def test_what_is_up_is_listed_and_the_login_is_not_printed(tmp_path):
    with a_team(tmp_path) as (home, _), living(home, "up", "server", "worker"):
        done = CliRunner().invoke(up, ["--check", "--port", str(home.port)])

    assert done.exit_code == 0
    assert "1 online" in done.output
    assert str(home.login_file) in done.output
    assert home.login() not in done.output


def test_process_that_is_gone_is_named_though_the_server_answers(tmp_path):
    with a_team(tmp_path) as (home, _), living(home, "up", "server"):
        done = CliRunner().invoke(up, ["--check", "--port", str(home.port)])

    assert done.exit_code == 1
    assert "Not running: the worker on this machine" in done.output
    assert done.output.count("Not running") == 1


def test_nothing_running_is_status_1():
    done = CliRunner().invoke(up, ["--check", "--port", "9"])

    assert done.exit_code == 1
    assert "Not running" in done.output
