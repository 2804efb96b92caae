from __future__ import annotations

import os
import sys
import time

import psutil
import pytest

from clientdesk.adapters.analysers import bounded_command
from clientdesk.adapters.analysers.bounded_command import CommandFailed


def run(code, files=None, seconds=20.0):
    return bounded_command.run([sys.executable, "-c", code], files or {}, seconds, {"PATH": os.environ["PATH"]})


def is_gone(number):
    """Killed processes go when the machine finds time for it."""
    for _ in range(600):
        try:
            if psutil.Process(number).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.1)
    return False


def test_command_sees_its_files_and_nothing_else():
    answer = run("import os; print(open('a').read(), sorted(os.listdir('.')), 'HOME' in os.environ)", {"a": "hello"})

    assert answer.output.split(b"\n")[0] == b"hello ['a'] False"


def test_status_and_errors_are_given():
    answer = run("import sys; print('why', file=sys.stderr); sys.exit(3)")

    assert (answer.code, answer.errors) == (3, "why\n")


def test_slow_command_is_killed_with_its_children(tmp_path):
    note = tmp_path / "child"
    command = ["sh", "-c", f"sleep 600 & echo $! > '{note}'; wait"]  # up in no time, also on a busy machine
    began = time.monotonic()

    with pytest.raises(CommandFailed, match="longer than 3 seconds"):
        bounded_command.run(command, {}, 3, {"PATH": os.environ["PATH"]})

    assert time.monotonic() - began < 300
    assert is_gone(int(note.read_text()))


def test_output_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(bounded_command, "_OUTPUT_LIMIT", 1000)

    with pytest.raises(CommandFailed, match="wrote more"):
        run("while True: print('x' * 1000)")


def test_missing_command_is_said():
    with pytest.raises(CommandFailed, match="could not be started"):
        bounded_command.run(["/no/such/command"], {}, 5, {})
