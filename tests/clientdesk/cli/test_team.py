"""The team's processes: only once, never half."""

import os
import socket
import sys
import threading
import time

import pytest
from fakes.lost import a_run
from fakes.team import free_port
from fakes.team_server import a_team

from clientdesk.cli import team
from clientdesk.cli.child import Child
from clientdesk.cli.team_home import TeamHome

SLEEPS = "import time; time.sleep(60)"
ENDS_AT_FIRST = """
import pathlib, time
seen = pathlib.Path("seen")
if seen.exists():
    time.sleep(60)
seen.touch()
"""


def a_child(tmp_path, code):
    return Child([sys.executable, "-c", code], os.environ, tmp_path / "log", tmp_path)


def test_second_start_is_refused(tmp_path):
    home = TeamHome(tmp_path / "server", "127.0.0.1", 9)
    home.prepare()
    with team._alone(home), pytest.raises(team.NotUp, match="runs already"), team._alone(home):
        pass


def test_port_of_somebody_else_is_refused_before_anything_is_started_there(tmp_path):
    with a_team(tmp_path) as (home, _), pytest.raises(team.NotUp, match=rf"nothing can listen at .*:{home.port} "):
        team._must_be_free(home)


def test_port_that_nobody_has_is_free(tmp_path):
    team._must_be_free(TeamHome(tmp_path, "localhost", free_port()))


def test_processes_of_a_start_that_was_killed_are_ended(tmp_path, capsys):
    home = TeamHome(tmp_path, "127.0.0.1", 9)
    left = Child([sys.executable, "-c", SLEEPS], os.environ, tmp_path / "log", tmp_path, home.held("worker"))
    of_a_run = {**os.environ, "PREFECT__FLOW_RUN_ID": "run", "PREFECT_HOME": str(home.folder)}
    run = Child([sys.executable, "-c", SLEEPS], of_a_run, tmp_path / "log", tmp_path)

    team._end_left_over(home)

    assert left.has_ended
    run._process.wait(10)  # and it had a server no more
    assert capsys.readouterr().err == "The worker of an earlier start was still there, and was ended.\n"


def test_process_that_ends_while_starting_is_named_with_its_log(tmp_path):
    child = a_child(tmp_path, "raise SystemExit(1)")

    with pytest.raises(team.NotUp, match=r"the worker did not start: see .*log"):
        team._until(lambda: False, 20, child, threading.Event(), "the worker")
    child.stop(1)


def test_being_told_to_stop_ends_the_waiting(tmp_path, capsys):
    stop, child = threading.Event(), a_child(tmp_path, SLEEPS)
    stop.set()

    with pytest.raises(team.ToldToStop):
        team._until(lambda: False, 20, child, stop, "the worker")

    assert team._watched(None, stop, child, child) == 0
    assert capsys.readouterr().err == "Stopping …\n" * 2
    child.stop(5)


def stop_when(is_so, stop, seconds=60):
    """However slow the machine: when it has come about, or when nobody can wait any longer."""
    until = time.monotonic() + seconds
    while not is_so() and not stop.is_set() and time.monotonic() < until:
        time.sleep(0.05)
    stop.set()


def test_what_ends_by_itself_is_started_again_and_its_runs_are_taken_up(tmp_path, capsys):
    with a_team(tmp_path) as (home, known):
        known.runs = [a_run("dead", pid="99999999", worker=socket.gethostname())]
        server, worker, stop = a_child(tmp_path, SLEEPS), a_child(tmp_path, ENDS_AT_FIRST), threading.Event()
        watching = threading.Thread(target=stop_when, args=(lambda: known.states, stop))
        watching.start()
        try:
            assert team._watched(home, stop, server, worker) == 0
            assert not worker.has_ended
        finally:
            stop.set()
            watching.join()
            server.stop(5)
            worker.stop(5)
    assert capsys.readouterr().err.count("the worker has ended, and was started again") == 1
    assert known.states == {"dead": "SCHEDULED"}


def test_process_that_ends_again_and_again_ends_the_whole(tmp_path, capsys):
    with a_team(tmp_path) as (home, _):
        server, worker = a_child(tmp_path, SLEEPS), a_child(tmp_path, "")

        assert team._watched(home, threading.Event(), server, worker) == 1
        for child in (server, worker):
            child.stop(5)
    assert "the worker has ended again and again" in capsys.readouterr().err
    server.stop(5)


def a_home_that_deploys_by(code, tmp_path, monkeypatch):
    home = TeamHome(tmp_path / "server", "127.0.0.1", 9)
    home.prepare()
    monkeypatch.setattr(TeamHome, "deploy_command", lambda _: [sys.executable, "-c", code])
    return home


def test_refused_deployments_are_named_with_their_log(tmp_path, monkeypatch):
    home = a_home_that_deploys_by("raise SystemExit(1)", tmp_path, monkeypatch)

    with pytest.raises(team.NotUp, match=r"refused: see .*deploy\.log"):
        team._deployed(home, dict(os.environ), threading.Event())


def test_deployments_that_take_too_long_are_ended_and_named_with_their_log(tmp_path, monkeypatch):
    monkeypatch.setattr(team, "_DEPLOY_SECONDS", 0.0)
    home = a_home_that_deploys_by(SLEEPS, tmp_path, monkeypatch)

    with pytest.raises(team.NotUp, match=r"longer than 0 s: see .*deploy\.log"):
        team._deployed(home, dict(os.environ), threading.Event())


def test_being_told_to_stop_ends_the_deploying(tmp_path, monkeypatch):
    home, stop = a_home_that_deploys_by(SLEEPS, tmp_path, monkeypatch), threading.Event()
    stop.set()

    with pytest.raises(team.ToldToStop):
        team._deployed(home, dict(os.environ), stop)


def test_server_that_is_lost_while_starting_is_named_with_its_log(tmp_path):
    home = TeamHome(tmp_path, "127.0.0.1", 9)

    with pytest.raises(team.NotUp, match=r"ConnectionRefusedError.*: see .*server\.log"), team._answering(home):
        team.ensure_pool(home)
