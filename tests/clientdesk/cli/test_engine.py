"""Runs of the engine end in a state that is true, also when a person stops them."""

import os
import signal
import sqlite3

import pytest
from fakes.desk import a_desk, a_form, shop

from clientdesk.cli import engine
from clientdesk.cli.local_server import local_server
from clientdesk.wiring import using

ADDRESS = "https://example.com/shop.git"


@pytest.fixture(autouse=True)
def as_it_was(monkeypatch):
    """Signals, tools and the environment are the process's own: what a run changes is put back."""
    before = {stop: signal.getsignal(stop) for stop in engine._STOPS}
    monkeypatch.setattr(engine, "stop_tools", lambda: None)
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)
    yield
    for stop, handler in before.items():
        signal.signal(stop, handler)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("prefect")


def _states(home):
    with sqlite3.connect(home / "prefect.db") as database:
        return dict(database.execute("SELECT name, state_name FROM flow_run WHERE state_name != 'Completed'"))


class StoppedAtTheQuestion:
    """Somebody presses Ctrl-C where they are asked."""

    def sign_off(self, facts, documents):
        os.kill(os.getpid(), signal.SIGINT)
        raise AssertionError("the signal comes first")


@pytest.mark.engine
def test_run_that_a_person_stops_is_cancelled(home):
    desk = a_desk({ADDRESS: shop(ADDRESS)}, decisions=StoppedAtTheQuestion())

    with local_server(home) as server, using(desk), pytest.raises(KeyboardInterrupt):
        engine.run_onboarding(a_form(ADDRESS), server)

    assert set(_states(home).values()) == {"Cancelled"}
