"""Runs of the engine end in a state that is true, also when a person stops them."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from fakes.desk import a_desk, a_form, shop

from clientdesk.cli import engine
from clientdesk.cli.local_server import local_server
from clientdesk.wiring import using

ADDRESS = "https://example.com/shop.git"
TESTS = Path(__file__).parents[2]


class StoppedAtTheQuestion:
    """Somebody presses Ctrl-C where they are asked."""

    are_read = True

    def sign_off(self, facts, documents):
        os.kill(os.getpid(), signal.SIGINT)
        raise AssertionError("the signal comes first")


def stopped_onboarding(home):
    """In a process of its own: signals, tools that are ended and Prefect's threads are the whole process's."""
    desk = a_desk({ADDRESS: shop(ADDRESS)}, decisions=StoppedAtTheQuestion())
    with local_server(home) as server, using(desk):
        engine.run_onboarding(a_form(ADDRESS), server)


def test_run_that_a_person_stops_is_cancelled(tmp_path, prefect_home):
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}

    stopped = subprocess.run(
        [sys.executable, __file__, str(prefect_home(tmp_path))],
        env={**environ, "PYTHONPATH": str(TESTS)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )

    assert "KeyboardInterrupt" in stopped.stderr
    with sqlite3.connect(tmp_path / "prefect.db") as database:
        states = database.execute("SELECT state_name FROM flow_run").fetchall()
    assert ("Cancelled",) in states
    assert set(states) <= {("Cancelled",), ("Completed",)}


if __name__ == "__main__":
    stopped_onboarding(Path(sys.argv[1]))
