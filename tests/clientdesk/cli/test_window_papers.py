"""Feed, year and answers from the terminal."""

from dataclasses import replace
from datetime import date, timedelta

import icalendar
import pytest
from fakes.command import refused, said
from fakes.desk import a_call, a_desk
from fakes.replies import reply_mail
from fakes.windows import room

from clientdesk.domain.maintenance import window_on
from clientdesk.domain.windows import WindowState

TUESDAY = date(2026, 4, 7)


@pytest.fixture
def desk():
    made = a_desk()
    client = made.store.register(a_call(), made.clock.now()).id
    now = made.clock.now()
    held = made.store.hold_window(client, (window_on(TUESDAY, made.calendar),), room(), now + timedelta(days=5), now)
    booked = replace(made.windows.window(held.id), state=WindowState.BOOKED, uid="u-1")
    made.windows._t.windows[held.id] = booked
    return made


def test_feed_is_a_calendar_file_and_the_same_again_is_the_same(desk, tmp_path):
    out = tmp_path / "windows.ics"

    assert said(desk, "window", "feed", "--out", str(out)) == f"written: {out}\n"

    (event,) = icalendar.Calendar.from_ical(out.read_bytes()).walk("VEVENT")
    assert (str(event["uid"]), event.decoded("dtstart").date()) == ("u-1", TUESDAY)
    before = out.read_bytes()
    desk.clock.advance(hours=1)
    said(desk, "window", "feed", "--out", str(out))
    assert out.read_bytes() == before


def test_window_that_is_only_held_is_nobody_s_news(desk, tmp_path):
    (record,) = desk.windows.windows()
    desk.windows._t.windows[record.id] = replace(record, state=WindowState.HELD)

    said(desk, "window", "feed", "--out", str(tmp_path / "windows.ics"))

    assert icalendar.Calendar.from_ical((tmp_path / "windows.ics").read_bytes()).walk("VEVENT") == []


@pytest.mark.parametrize("name", ["2026.pdf", "2026.html"])
def test_year_is_drawn(desk, tmp_path, name):
    said(desk, "window", "year", "2026", "--out", str(tmp_path / name))

    assert (tmp_path / name).stat().st_size > 0


def test_other_kinds_of_files_are_refused(desk, tmp_path):
    assert "neither in .pdf nor in .html" in refused(desk, "window", "year", "2026", "--out", str(tmp_path / "a.svg"))


def test_file_that_can_not_be_written_is_said(desk, tmp_path):
    (tmp_path / "file").touch()

    assert "can't be written" in refused(desk, "window", "feed", "--out", str(tmp_path / "file" / "a.ics"))


def test_answers_are_read_from_a_folder_and_shown_with_their_window(desk, tmp_path, monkeypatch):
    monkeypatch.setenv("CLIENTDESK_HOME", str(tmp_path / "home"))
    address = a_call().contacts[0].email
    (tmp_path / "a.eml").write_bytes(reply_mail(uid="u-1", attendee=f"mailto:{address}", stamp="20260324T090000Z"))
    (tmp_path / "b.eml").write_bytes(reply_mail(uid="guessed"))

    first = said(desk, "window", "replies", str(tmp_path))
    again = said(desk, "window", "replies", str(tmp_path))
    shown = said(desk, "window", "show", desk.windows.windows()[0].id)

    assert first == f"{address.casefold()}: accepted\n1 recorded, 0 known, 1 of others.\n"
    assert again == "0 recorded, 1 known, 1 of others.\n"
    assert f"{address.casefold()}: accepted, 24" in shown
