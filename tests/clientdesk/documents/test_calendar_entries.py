"""Invitations and the feed, read back by two libraries that know nothing of each other."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from clientdesk.documents.calendar_entries import CalendarEntry, Method, entry_title, feed, invitation
from clientdesk.domain.intake import Contact

ZONE = "Europe/Berlin"
AGENCY = Contact("Atenbi", "contact@atenbi.example")
NORA = Contact("Nora Feld", "nora@harbour.example")
# Tuesday 6 October 2026, 09:00 CEST; Tuesday 5 January 2027, 09:00 CET
OCTOBER = datetime(2026, 10, 6, 7, tzinfo=UTC)
JANUARY = datetime(2027, 1, 5, 8, tzinfo=UTC)
CHANGED = datetime(2026, 9, 1, 12, 30, tzinfo=UTC)


def entry(starts_at=OCTOBER, *, uid="u-1", sequence=0, title="Maintenance", details="Atenbi", is_off=False):
    return CalendarEntry(uid, sequence, starts_at, starts_at + timedelta(hours=8), title, details, is_off, CHANGED)


def invited(one, method=Method.REQUEST, guest=NORA):
    return invitation(one, method, AGENCY, guest, ZONE)


def by_icalendar(text):
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return event.decoded("dtstart"), event.decoded("dtend"), str(event["summary"]), str(event["description"])


def by_vobject(text):
    event = vobject.readOne(text if isinstance(text, str) else text.decode()).vevent
    return event.dtstart.value, event.dtend.value, event.summary.value, event.description.value


@pytest.mark.parametrize("read", [by_icalendar, by_vobject])
@pytest.mark.parametrize("starts_at", [OCTOBER, JANUARY])
def test_window_is_from_nine_to_five_by_the_wall_clock_in_summer_and_in_winter(read, starts_at):
    starts, ends, _, _ = read(invited(entry(starts_at)))

    assert (starts.astimezone(UTC), ends.astimezone(UTC)) == (starts_at, starts_at + timedelta(hours=8))
    assert (starts.astimezone(ZoneInfo(ZONE)).hour, ends.astimezone(ZoneInfo(ZONE)).hour) == (9, 17)


def test_invitation_says_who_asks_whom_and_for_which_version():
    calendar = icalendar.Calendar.from_ical(invited(entry(sequence=2)))
    (event,) = calendar.walk("VEVENT")

    assert str(calendar["method"]) == "REQUEST"
    assert (str(event["uid"]), int(event["sequence"]), str(event["status"])) == ("u-1", 2, "CONFIRMED")
    assert str(event["organizer"]) == "mailto:contact@atenbi.example"
    assert str(event["attendee"]) == "mailto:nora@harbour.example"
    assert event["attendee"].params["RSVP"] == "TRUE"
    assert event.decoded("dtstamp") == CHANGED


def test_cancellation_takes_it_out_and_asks_for_no_answer():
    calendar = icalendar.Calendar.from_ical(invited(entry(sequence=3, is_off=True), Method.CANCEL))
    (event,) = calendar.walk("VEVENT")

    assert (str(calendar["method"]), str(event["status"])) == ("CANCEL", "CANCELLED")
    assert "RSVP" not in event["attendee"].params


@pytest.mark.parametrize("read", [by_icalendar, by_vobject])
def test_commas_semicolons_backslashes_emoji_and_lines_come_back_right(read):
    title = 'Wartung: Häfen, Söhne; "Ltd" \\ 🚢 ' + "x" * 100

    _, _, summary, details = read(invited(entry(title=title, details="one\ntwo, three; four\\five")))

    assert summary == title
    assert details == "one\ntwo, three; four\\five"


def test_lines_are_folded_at_75_octets():
    text = invited(entry(title="ü" * 150, details="🚢" * 300))

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_names_can_add_no_line_to_it():
    hostile = Contact('Nora"\r\nATTENDEE:mailto:thief@evil.example', "nora@harbour.example")

    text = invited(entry(title="x\r\nMETHOD:CANCEL\r\n", details="y\r\nEND:VEVENT"), guest=hostile)

    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(event["attendee"]) == "mailto:nora@harbour.example"
    assert "\r\nMETHOD:CANCEL" not in text
    assert text.count("\r\nEND:VEVENT\r\n") == 1


@settings(max_examples=60, deadline=None)
@given(title=st.text(max_size=300), details=st.text(max_size=300), name=st.text(max_size=100))
def test_whatever_is_said_both_libraries_read_it(title, details, name):
    text = invited(entry(title=title, details=details), guest=Contact(name, "nora@harbour.example"))

    assert by_icalendar(text)[2] == by_vobject(text)[2]


def test_same_values_give_the_same_text():
    assert invited(entry()) == invited(entry())


def test_feed_holds_every_window_once_in_order_and_marks_what_is_off():
    entries = [entry(JANUARY, uid="b"), entry(OCTOBER, uid="a"), entry(OCTOBER, uid="c", is_off=True)]

    events = icalendar.Calendar.from_ical(feed(entries, "Windows", ZONE)).walk("VEVENT")

    assert [(str(each["uid"]), str(each["status"])) for each in events] == [
        ("a", "CONFIRMED"),
        ("c", "CANCELLED"),
        ("b", "CONFIRMED"),
    ]
    assert len(list(vobject.readOne(feed(entries, "Windows", ZONE).decode()).vevent_list)) == 3


def test_feed_of_nothing_is_a_calendar():
    assert icalendar.Calendar.from_ical(feed([], "Windows", ZONE)).walk("VEVENT") == []


def test_title_is_in_the_reader_s_language():
    assert entry_title("de_DE", "Hafen GmbH", "Atenbi") == "Wartungsfenster: Hafen GmbH, Atenbi"
    assert entry_title("en_IE", "Harbour", "Atenbi") == "Maintenance window: Harbour, Atenbi"
