"""A process that is stopped leaves nothing behind."""

import os
import sys
import time
from pathlib import Path

from clientdesk.cli.child import Child
from clientdesk.cli.held import holder

STARTS_ANOTHER = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""

LEAVES_ANOTHER = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
"""


def test_what_it_started_ends_with_it(tmp_path):
    child = Child([sys.executable, "-c", STARTS_ANOTHER], os.environ, tmp_path / "log", tmp_path)
    pid = int(first_line(tmp_path / "log"))

    child.stop(5)

    assert child.has_ended
    assert not alive(pid)


def test_stopping_twice_does_no_harm(tmp_path):
    child = Child([sys.executable, "-c", ""], os.environ, tmp_path / "log", tmp_path)

    child.stop(5)
    child.stop(5)

    assert child.has_ended


def test_what_has_ended_begins_again_without_what_it_left_but_not_for_ever(tmp_path):
    child = Child([sys.executable, "-c", LEAVES_ANOTHER], os.environ, tmp_path / "log", tmp_path)
    pid = int(first_line(tmp_path / "log"))
    while not child.has_ended:
        time.sleep(0.05)

    assert child.restart()
    assert not alive(pid)
    assert [child.restart() for _ in range(5)] == [True, True, True, True, False]
    child.stop(5)


def test_who_held_its_file_before_is_ended_first(tmp_path):
    def begun():
        command = [sys.executable, "-c", "import time; time.sleep(60)"]
        return Child(command, os.environ, tmp_path / "log", tmp_path, tmp_path / "held")

    first = begun()
    second = begun()

    assert first.has_ended
    assert holder(tmp_path / "held") == second.pid
    for child in (first, second):
        child.stop(5)
    assert holder(tmp_path / "held") is None


def test_interrupts_are_obeyed_even_where_we_ignore_them(tmp_path):
    code = "import signal; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler, flush=True)"
    child = Child([sys.executable, "-c", code], os.environ, tmp_path / "log", tmp_path)

    assert first_line(tmp_path / "log") == "True"
    child.stop(5)


def first_line(log):
    for _ in range(200):
        if "\n" in log.read_text():
            return log.read_text().splitlines()[0]
        time.sleep(0.05)
    raise AssertionError("nothing was written")


def alive(pid):
    """A zombie whose parent has not looked yet is dead."""
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return False
        except OSError:
            return False
        time.sleep(0.05)
    return True
