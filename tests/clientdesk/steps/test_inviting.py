"""A change of a window is a mail with an entry for the client's calendar, once."""

from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy

import icalendar
import pytest
from fakes.desk import a_call, a_desk
from fakes.windows import a_window

from clientdesk.domain.windows import WindowState
from clientdesk.ports.records import BookedWindow
from clientdesk.steps.inviting import first_invitation, invitations

TUESDAY = date(2026, 10, 6)


@pytest.fixture
def desk():
    return a_desk()


@pytest.fixture
def client(desk):
    return desk.store.register(a_call(), desk.clock.now()).id


def mailed(desk, client, *, goes_on=True, **said):
    record = replace(a_window(TUESDAY, **said), client=client)
    if record.state is not WindowState.BOOKED and goes_on:
        desk.windows.next_after = lambda _window: None
    (message,) = invitations(desk, goes_on=goes_on)(record)
    return message


def calendar_of(message):
    mail = message_from_bytes(message.source, policy=policy.default)
    (part,) = [each for each in mail.walk() if each.get_content_type() == "text/calendar"]
    return part, icalendar.Calendar.from_ical(part.get_content())


@pytest.mark.parametrize(
    ("said", "purpose", "method"),
    [
        ({}, "window-booked", "REQUEST"),
        ({"sequence": 1}, "window-moved", "REQUEST"),
        ({"sequence": 1, "state": WindowState.SKIPPED}, "window-cancelled", "CANCEL"),
        ({"sequence": 2, "state": WindowState.CANCELLED}, "window-cancelled", "CANCEL"),
    ],
)
def test_each_change_has_its_letter_and_its_method(desk, client, said, purpose, method):
    message = mailed(desk, client, **said)
    part, calendar = calendar_of(message)

    assert message.key.purpose == purpose
    assert message.key.version == str(said.get("sequence", 0))
    assert (part.get_param("method"), str(calendar["method"])) == (method, method)
    (event,) = calendar.walk("VEVENT")
    assert int(event["sequence"]) == said.get("sequence", 0)


def test_same_window_keeps_its_name_in_calendars_through_moves(desk, client):
    uids = {
        str(calendar_of(mailed(desk, client, sequence=n, uid="kept"))[1].walk("VEVENT")[0]["uid"]) for n in range(3)
    }

    assert uids == {"kept"}


def test_invitation_lies_beside_as_a_file_too(desk, client):
    mail = message_from_bytes(mailed(desk, client).source, policy=policy.default)

    (attachment,) = mail.iter_attachments()
    assert (attachment.get_filename(), attachment.get_content_type()) == ("invite.ics", "application/ics")


def test_ended_agreement_promises_no_next_window(desk, client):
    message = mailed(desk, client, goes_on=False, sequence=1, state=WindowState.CANCELLED)

    assert message.key.purpose == "window-cancelled"


def test_organizer_is_the_agency_and_the_guest_the_first_contact(desk, client):
    (event,) = calendar_of(mailed(desk, client))[1].walk("VEVENT")

    assert str(event["organizer"]) == f"mailto:{desk.agency.seller.email}"
    assert str(event["attendee"]) == f"mailto:{a_call().contacts[0].email}"


def test_first_window_s_invitation_is_that_of_the_window_booked(desk, client):
    record = a_window(TUESDAY, uid="first")

    part = first_invitation(desk, BookedWindow("w", client, "p", record.window, "first"), a_call())

    (event,) = icalendar.Calendar.from_ical(part.calendar).walk("VEVENT")
    assert (part.method, str(event["uid"]), int(event["sequence"])) == ("REQUEST", "first", 0)
