"""Whether the process of a run lives is not mistaken for another with its number."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.lost import a_run

from clientdesk.cli import run_process
from clientdesk.cli.run_process import end_left_over, end_process, is_alive, is_here

GONE = "99999999"


@pytest.fixture
def process():
    """Of the run `run`, as a worker of the home folder `/home/ours` begins it."""
    command = [sys.executable, "-c", "print(flush=True); import time; time.sleep(60)"]
    environment = {**os.environ, "PREFECT__FLOW_RUN_ID": "run", "PREFECT_HOME": "/home/ours"}
    with subprocess.Popen(command, env=environment, start_new_session=True, stdout=subprocess.PIPE) as begun:
        begun.stdout.readline()  # until then it is a copy of this process
        yield begun
        begun.kill()


def test_run_is_here_where_its_worker_is_named_for_this_machine():
    assert is_here(a_run("run", pid="1", worker=socket.gethostname()))
    assert not is_here(a_run("run", pid="1", worker="another-machine"))
    assert not is_here(a_run("not-begun", worker=socket.gethostname()))


def test_run_with_its_process_is_alive(process):
    assert is_alive(a_run("run", pid=str(process.pid)))
    assert not is_alive(a_run("run", pid=GONE))


def test_process_of_another_with_the_same_number_is_not_taken_for_the_runs(process):
    assert not is_alive(a_run("another", pid=str(process.pid)))


def test_system_that_does_not_tell_counts_every_process_as_the_runs_and_ends_none(process, tmp_path, monkeypatch):
    monkeypatch.setattr(run_process, "_PROCESSES", tmp_path)

    assert is_alive(a_run("run", pid=str(process.pid)))
    assert not end_process(a_run("run", pid=str(process.pid)))
    assert process.poll() is None


def test_process_is_ended_where_it_is_surely_the_runs(process):
    assert not end_process(a_run("another", pid=str(process.pid)))
    assert process.poll() is None

    assert end_process(a_run("run", pid=str(process.pid)))
    assert process.wait(10) == -signal.SIGKILL
    assert not end_process(a_run("run", pid=str(process.pid)))


def test_left_over_runs_of_our_folder_are_ended_and_no_others(process):
    assert end_left_over(Path("/home/our")) == 0
    assert process.poll() is None

    assert end_left_over(Path("/home/ours")) == 1
    assert process.wait(10) == -signal.SIGKILL


def test_process_of_our_folder_that_is_no_run_lives_on(process):
    environment = {**os.environ, "PREFECT_HOME": "/home/ours"}
    environment.pop("PREFECT__FLOW_RUN_ID", None)
    with subprocess.Popen(process.args, env=environment, start_new_session=True, stdout=subprocess.PIPE) as other:
        other.stdout.readline()

        assert end_left_over(Path("/home/ours")) == 1
        assert other.poll() is None
        other.kill()
