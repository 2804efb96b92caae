"""`clientdesk sprint start` and `close`: once each, and one that fails stops none of the others."""

import pytest
from fakes.command import refused, run, said
from fakes.sprint_runs import an_agreed_window, go_to

from clientdesk import wiring
from clientdesk.domain.refusal import Refusal
from clientdesk.steps import sprint_runs

CLIENT = "Harbour Bookings GmbH"


@pytest.fixture
def here(monkeypatch):
    """Puts a desk of fakes where the command makes its own."""

    def put(desk):
        monkeypatch.setattr(wiring, "make_desk", lambda *_, **__: desk)
        monkeypatch.setattr(wiring, "prepare_records", lambda _: None)
        return desk

    return put


def test_due_sprints_start_once(here):
    desk, window = an_agreed_window()
    go_to(here(desk), window)

    first, second = (said(desk, "sprint", "start", "--due") for _ in range(2))

    assert f"{window.window.day}: " in first
    assert "-sheet.pdf" in first
    assert second.endswith("nothing is due\n")


def test_one_sprint_is_started_by_the_clients_name_and_not_before_its_time(here):
    desk, window = an_agreed_window()
    here(desk)
    assert f"begins on {window.window.day}" in refused(desk, "sprint", "start", CLIENT)

    go_to(desk, window, hours=1)
    said(desk, "sprint", "start", CLIENT)

    assert "by hand" in said(desk, "sprint", "show", CLIENT)


def test_nothing_is_started_without_saying_which(here):
    desk, _ = an_agreed_window()
    here(desk)

    for wrong in (("start",), ("start", CLIENT, "--due"), ("close",)):
        assert "--due" in refused(desk, "sprint", *wrong)


def test_one_that_fails_is_named_and_ends_with_status_1(here, monkeypatch):
    desk, window = an_agreed_window()
    go_to(here(desk), window)

    def fail(*_):
        raise Refusal("the disk is full")

    monkeypatch.setattr(sprint_runs, "kick_off", fail)
    result = run(desk, "sprint", "start", "--due")

    assert result.exit_code == 1
    assert "the disk is full" in result.output
