"""Letters about windows: days and hours as the reader writes them, and client text made harmless."""

from dataclasses import replace
from datetime import date

from fakes import samples
from fakes.agency import AGENCY

from clientdesk.documents.window_letters import declined_window_letter, window_letter

OFFER = samples.proposal(samples.audit()).offer
UNTIL = date(2026, 3, 30)  # a Monday


def letter(call=None, **said):
    given = {"reschedule_until": UNTIL, "next_one": None, **said}
    return window_letter(call or samples.call(), AGENCY, OFFER.first, **given)


def test_day_and_hours_are_local_with_the_zone_as_it_is_on_that_day():
    assert letter()["window"] == {"day": "Tuesday 7 April 2026", "opens": "09:00", "closes": "17:00", "zone": "CEST"}
    assert letter()["reschedule_until"] == "Monday 30 March 2026"


def test_window_that_is_too_near_to_move_promises_no_move():
    assert letter(reschedule_until=None)["reschedule_until"] == ""


def test_german_reader_gets_german_days():
    assert letter(samples.call(locale="de_DE"))["window"]["day"] == "Dienstag, 7. April 2026"


def test_next_window_is_named_only_where_there_is_one():
    assert letter()["next_window"] is None
    assert letter(next_one=OFFER.following[0])["next_window"]["day"] == "Tuesday 7 July 2026"


def test_who_declined_and_their_words_are_one_line_each():
    said = declined_window_letter(
        replace(samples.call(), company="Harbour\r\nBcc: x"), AGENCY, OFFER.first, "nora@x.example", "no\r\n\x1b[31mred"
    )

    assert said["company"] == "Harbour Bcc: x"
    assert "\n" not in said["words"]
    assert "\x1b" not in said["words"]
