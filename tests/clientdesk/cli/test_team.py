"""The team's processes: only once, never half."""

import fcntl
import os
import sys
import threading

import pytest

from clientdesk.cli import team
from clientdesk.cli.child import Child
from clientdesk.cli.team_home import TeamHome


def a_child(tmp_path, code):
    return Child([sys.executable, "-c", code], os.environ, tmp_path / "log", tmp_path)


def test_second_start_is_refused(tmp_path):
    home = TeamHome(tmp_path / "server", "127.0.0.1", 9)
    home.prepare()
    with (home.folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        with pytest.raises(team.NotUp, match="runs already"), team._alone(home):
            pass


def test_process_that_ends_while_starting_is_named_with_its_log(tmp_path):
    child = a_child(tmp_path, "raise SystemExit(1)")

    with pytest.raises(team.NotUp, match=r"the worker did not start: see .*log"):
        team._until(lambda: False, 20, child, threading.Event(), "the worker")
    child.stop(1)


def test_being_told_to_stop_ends_the_waiting(tmp_path):
    stop, child = threading.Event(), a_child(tmp_path, "import time; time.sleep(60)")
    stop.set()

    team._until(lambda: False, 20, child, stop, "the worker")

    assert team._watched(stop, {"the worker": child}) == 0
    child.stop(5)


def test_process_that_ends_later_ends_the_whole(tmp_path, capsys):
    child = a_child(tmp_path, "")

    assert team._watched(threading.Event(), {"the worker": child}) == 1
    assert "the worker has ended" in capsys.readouterr().err
    child.stop(1)


def test_refused_deployments_are_named_with_their_log(tmp_path, monkeypatch):
    home = TeamHome(tmp_path / "server", "127.0.0.1", 9)
    home.prepare()
    monkeypatch.setattr(TeamHome, "deploy_command", lambda _: [sys.executable, "-c", "raise SystemExit(1)"])

    with pytest.raises(team.NotUp, match=r"refused: see .*deploy\.log"):
        team._deployed(home, dict(os.environ), threading.Event())
