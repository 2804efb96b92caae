"""Answers of calendars, read out of mails that anybody may have written."""

from datetime import UTC, datetime

import pytest
from fakes.replies import reply_mail
from hypothesis import given, settings
from hypothesis import strategies as st

from clientdesk.adapters.calendar_reply import replies_in
from clientdesk.ports.invitations import CalendarAnswer, InvitationReply


def read(**said):
    return replies_in(reply_mail(**said), "a.eml")


def test_answer_is_read_once_though_it_lies_beside_as_a_file_too():
    assert read(comment="See you") == (
        InvitationReply(
            place="a.eml",
            uid="u-1",
            sequence=0,
            attendee="nora@harbour.example",
            answer=CalendarAnswer.ACCEPTED,
            at=datetime(2026, 9, 1, 12, 30, tzinfo=UTC),
            words="See you",
        ),
    )


@pytest.mark.parametrize("answer", list(CalendarAnswer))
def test_each_answer_is_told_apart(answer):
    assert read(partstat=answer.value.upper())[0].answer is answer


def test_address_is_compared_without_its_capitals():
    assert read(attendee="MAILTO:Nora@Harbour.Example")[0].attendee == "nora@harbour.example"


@pytest.mark.parametrize(
    "said",
    [
        {"method": "REQUEST"},
        {"partstat": "NEEDS-ACTION"},
        {"partstat": "DELEGATED"},
        {"attendee": "mailto:"},
        {"attendee": "https://harbour.example"},
        {"attendee": "mailto:a@b.example,c@d.example"},
        {"sequence": "-1"},
        {"sequence": "99999999999"},
        {"sequence": "two"},
        {"stamp": "yesterday"},
        {"stamp": "20260901"},
    ],
)
def test_what_is_no_answer_says_nothing(said):
    assert read(**said) == ()


def test_mail_without_a_calendar_says_nothing():
    assert replies_in(b"Subject: away\r\n\r\nBack on Monday\r\n", "a.eml") == ()


def test_words_are_one_printable_line():
    (reply,) = read(comment="no\\n\x1b[31mred " + "x" * 2000)

    assert "\n" not in reply.words
    assert "\x1b" not in reply.words
    assert len(reply.words) <= 300


def test_very_large_calendar_is_not_read():
    assert read(comment="x" * 200_000) == ()


@settings(max_examples=150, deadline=None)
@given(noise=st.binary(max_size=40), place=st.integers(0, 1200))
def test_mail_that_is_broken_anywhere_breaks_nothing(noise, place):
    mail = reply_mail()

    found = replies_in(mail[:place] + noise + mail[place:], "a.eml")

    assert all(isinstance(each, InvitationReply) for each in found)
