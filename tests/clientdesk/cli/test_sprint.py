"""`clientdesk sprint`: from the kick-off to the outcome at the terminal."""

import pytest
from fakes.command import refused, run, said
from fakes.sprint_runs import an_agreed_window, book_next, started

from clientdesk import wiring

CLIENT = "Harbour Bookings GmbH"


@pytest.fixture
def here(monkeypatch):
    """Puts a desk of fakes where the command makes its own."""

    def put(desk):
        monkeypatch.setattr(wiring, "make_desk", lambda *_, **__: desk)
        monkeypatch.setattr(wiring, "prepare_records", lambda _: None)
        return desk

    return put


def items(desk, window):
    return desk.sprints.items_in(window.id)


def test_sprint_is_worked_on_from_the_terminal(here):
    desk, window = started()
    book_next(desk, window)
    item, *_ = items(desk, window)

    assert "1.5 of 8 h" in said(desk, "sprint", "log", item.id, "90", "--by", "Ada")
    assert "1 of 8 h" in said(desk, "sprint", "log", "--note", "typing error", "--by", "Ada", item.id, "--", "-30")
    assert "do not fit the box" in refused(desk, "sprint", "log", item.id, "450", "--by", "Ada")
    extended = ("--minutes", "120", "--approved-by", "Nora Feld", "--how", "mail", "--by", "Max")
    assert "1 of 10 h" in said(desk, "sprint", "extend", CLIENT, *extended)
    assert "done" in said(desk, "sprint", "done", item.id, "--evidence", "merge 41", "--by", "Ada")
    shown = said(desk, "sprint", "show", CLIENT)
    assert "1 of 10 h" in shown
    assert "2 h, approved by Nora Feld (mail)" in shown
    assert "running" in said(desk, "sprint", "list", "--client", CLIENT)

    here(desk)
    desk.clock.advance(hours=9)
    assert "-outcome.pdf" in said(desk, "sprint", "close", "--due")
    assert "closed" in said(desk, "sprint", "list")
    assert "Not finished in it" in said(desk, "sprint", "show", window.id)


def test_what_waits_is_listed_added_and_decided_on(here):
    desk, _ = started()

    added = said(desk, "sprint", "add", "The logo is blurred", "--client", CLIENT, "--minutes", "30", "--by", "Max")
    assert "waits for the next sprint" in added
    (ticket,) = [each for each in desk.sprints.items() if each.work.title == "The logo is blurred"]
    assert "The logo is blurred" in said(desk, "sprint", "waiting", "--client", CLIENT)
    assert "dropped" in said(desk, "sprint", "decide", ticket.id, "--as", "dropped", "--why", "gone", "--by", "Max")
    assert "The logo is blurred" not in said(desk, "sprint", "waiting")


def test_no_sprint_says_where_to_look():
    desk, _ = an_agreed_window()

    assert "clientdesk window list" in said(desk, "sprint", "list")
    assert run(desk, "sprint", "waiting").output == "no item\n"
