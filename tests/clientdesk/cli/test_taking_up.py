"""What was left behind goes on, and nothing seems to run that does not."""

import os
import signal
import socket
import subprocess
import sys

import pytest
from fakes.lost import BEGAN, a_run, a_task
from fakes.team_server import a_team

from clientdesk.cli.taking_up import close_tasks, end_orphans, settled, take_up_again

HERE = socket.gethostname()
GONE = "99999999"


@pytest.fixture
def alive():
    """The process of the run `alive`."""
    command = [sys.executable, "-c", "print(flush=True); import time; time.sleep(60)"]
    environment = {**os.environ, "PREFECT__FLOW_RUN_ID": "alive"}
    with subprocess.Popen(command, env=environment, start_new_session=True, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        yield process
        process.kill()


def test_processes_that_outlived_their_worker_are_ended_and_their_runs_left_to_be_taken_up(tmp_path, alive):
    with a_team(tmp_path) as (home, server):
        server.runs = [
            a_run("alive", pid=str(alive.pid), worker=HERE),
            a_run("gone", pid=GONE, worker=HERE),
            a_run("elsewhere", pid=str(os.getpid()), worker="another-machine"),
        ]

        assert end_orphans(home) == 1

    assert alive.wait(10) == -signal.SIGKILL
    assert server.states == {}


def test_runs_whose_process_is_gone_go_on_and_others_are_left_alone(tmp_path, alive):
    with a_team(tmp_path) as (home, server):
        server.runs = [
            a_run("gone", pid=GONE, worker=HERE),
            a_run("cancelling", "CANCELLING", pid=GONE, worker=HERE),
            a_run("alive", pid=str(alive.pid), worker=HERE),
            a_run("elsewhere", pid=GONE, worker="another-machine"),
            a_run("not-begun", worker=HERE),
        ]

        assert take_up_again(home) == 2

    assert server.states == {"gone": "SCHEDULED", "cancelling": "CANCELLED"}


def test_parts_of_a_lost_run_no_longer_seem_to_run(tmp_path):
    with a_team(tmp_path) as (home, server):
        server.runs = [a_run("run"), a_run("inside", deployment=None, parent="run", task="stands-for-it")]
        server.tasks = [a_task("clone", "run"), a_task("check", "inside"), a_task("other", "x")]

        told = settled(home, server.runs[0])

    assert told == "run: Its machine was lost; taken up again (1 of 3)"
    assert server.states == {"clone": "CRASHED", "check": "CRASHED", "inside": "CRASHED", "run": "SCHEDULED"}


def test_run_that_loses_machine_after_machine_is_given_up(tmp_path):
    with a_team(tmp_path) as (home, server):
        server.runs = [a_run("poison")]

        states = [(settled(home, server.runs[0]), server.states["poison"])[1] for _ in range(4)]

    assert states == ["SCHEDULED", "SCHEDULED", "SCHEDULED", "CRASHED"]
    assert server.messages["poison"][-1] == "Its machine was lost 4 times: given up"


def test_stopping_all_on_purpose_never_uses_up_the_attempts(tmp_path):
    with a_team(tmp_path) as (home, server):
        server.runs = [a_run("long", pid=GONE, worker=HERE)]

        for _ in range(5):
            take_up_again(home)

    assert server.states == {"long": "SCHEDULED"}


def test_run_that_somebody_else_has_moved_on_is_left_alone(tmp_path):
    with a_team(tmp_path) as (home, server):
        seen = a_run("run")
        server.runs = [a_run("run", "SCHEDULED")]

        assert settled(home, seen) == ""

    assert server.states == {}


def test_run_of_somebodys_terminal_is_not_ours_to_end(tmp_path):
    with a_team(tmp_path) as (home, server):
        server.runs = [a_run("command", deployment=None)]

        assert settled(home, server.runs[0]) == ""

    assert server.states == {}


def test_part_ends_with_the_run_around_it_and_not_before(tmp_path):
    with a_team(tmp_path) as (home, server):
        server.runs = [a_run("around", "COMPLETED"), a_run("part", deployment=None, parent="around", task="t")]
        server.tasks = [a_task("t", "around")]

        assert settled(home, server.runs[1]) == "part: The run around it is over"
        server.runs[0] = a_run("around", "RUNNING")
        assert settled(home, server.runs[1]) == ""

    assert server.states == {"part": "CRASHED"}


def test_tasks_whose_end_was_never_heard_of_end_like_their_run(tmp_path):
    with a_team(tmp_path) as (home, server):
        server.runs = [a_run("done", "COMPLETED"), a_run("failed", "FAILED")]
        server.tasks = [a_task("clone", "done"), a_task("check", "failed")]

        told = close_tasks(home, BEGAN)

    assert told == "2 tasks of runs that are over: ended like these"
    assert server.states == {"clone": "COMPLETED", "check": "FAILED"}


def test_nothing_to_close_is_not_told(tmp_path):
    with a_team(tmp_path) as (home, _):
        assert close_tasks(home, BEGAN) == ""
