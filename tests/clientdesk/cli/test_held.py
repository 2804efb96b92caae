"""A file is held by a process for exactly as long as it lives."""

import os
import signal
import subprocess
import sys

import pytest

from clientdesk.cli.held import AlreadyHeld, end_holder, held, holder, name_holder

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def child(tmp_path):
    """Holds `file`, and this process does so no more."""
    with held(tmp_path / "file") as file:
        process = subprocess.Popen(SLEEPS, pass_fds=[file.fileno()], start_new_session=True)
        name_holder(file, process.pid)
    yield process
    process.kill()
    process.wait()


def test_nobody_holds_what_was_never_held(tmp_path):
    assert holder(tmp_path / "file") is None


def test_file_is_held_as_long_as_it_is_open(tmp_path):
    with held(tmp_path / "file") as file:
        name_holder(file, os.getpid())
        assert holder(tmp_path / "file") == os.getpid()

    assert holder(tmp_path / "file") is None


def test_second_holder_is_refused(tmp_path):
    with held(tmp_path / "file"), pytest.raises(AlreadyHeld), held(tmp_path / "file"):
        pass


def test_child_goes_on_holding_what_it_inherited(tmp_path, child):
    assert holder(tmp_path / "file") == child.pid


def test_process_that_was_killed_holds_nothing(tmp_path, child):
    os.kill(child.pid, signal.SIGKILL)
    child.wait()

    assert holder(tmp_path / "file") is None


def test_holder_is_ended_where_there_is_one(tmp_path, child):
    assert end_holder(tmp_path / "file")

    assert child.wait(10) == -signal.SIGKILL
    assert not end_holder(tmp_path / "file")
    with held(tmp_path / "file"):
        pass
