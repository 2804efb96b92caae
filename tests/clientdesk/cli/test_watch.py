"""The watch goes on whatever the server does, and says what it did."""

import threading

import pytest
from click.testing import CliRunner

from clientdesk.cli.main import cli
from clientdesk.cli.watch import watched


def looks(stop, *answers):
    """A look for each answer; then it is told to stop."""
    left = list(answers)

    def look():
        answer = left.pop(0)
        if not left:
            stop.set()
        if isinstance(answer, Exception):
            raise answer
        return answer

    return look


def test_what_was_done_is_told(capsys):
    stop = threading.Event()

    watched(looks(stop, ["audit: taken up"], []), stop, 0)

    assert capsys.readouterr().out == "audit: taken up\n"


def test_server_that_is_gone_for_a_while_is_told_once(capsys):
    stop = threading.Event()

    watched(looks(stop, OSError("no"), TimeoutError("no"), LookupError("no"), [], []), stop, 0)

    told = capsys.readouterr().out.splitlines()
    assert told == ["the server does not answer as it should (OSError: no)", "the server answers again"]


def test_names_of_runs_can_not_steer_the_terminal(capsys):
    stop = threading.Event()

    watched(looks(stop, ["audit/\x1b[2J: taken up"]), stop, 0)

    assert "\x1b" not in capsys.readouterr().out


def test_without_a_server_it_says_what_is_missing(monkeypatch, tmp_path):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("CLIENTDESK_HOME", str(tmp_path))

    result = CliRunner().invoke(cli, ["watch"])

    assert "PREFECT_API_URL is not set" in str(result.exception)


@pytest.mark.parametrize("seconds", ["30", "100000"])
def test_time_in_which_healthy_runs_are_silent_is_refused(seconds):
    assert CliRunner().invoke(cli, ["watch", "--lost-after", seconds]).exit_code == 2
