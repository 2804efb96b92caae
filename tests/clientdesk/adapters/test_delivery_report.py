"""A delivery report is read for what it says; nothing in it is believed, and nothing breaks the reader."""

import time

import pytest
from fakes.reports import ORIGINAL, report
from fakes.samples import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st

from clientdesk.adapters.delivery_report import LARGEST, notices_in
from clientdesk.ports.mail import DeliveryAction


@pytest.mark.parametrize("quoted", ["message/rfc822", "text/rfc822-headers"])
def test_original_is_known_by_the_message_id_in_what_is_enclosed(quoted):
    (notice,) = notices_in(report(quoted=quoted), "a.eml")

    assert notice.message_ids[0] == ORIGINAL
    assert (notice.action, notice.recipient, notice.status) == (DeliveryAction.FAILED, "nora@harbour.example", "5.1.1")
    assert (notice.diagnostic, notice.place) == ("550 5.1.1 <nora@harbour.example>: no such user", "a.eml")


@pytest.mark.parametrize(
    ("action", "meant"),
    [
        ("Failed", DeliveryAction.FAILED),
        ("delayed", DeliveryAction.DELAYED),
        ("relayed", DeliveryAction.OTHER),
        ("\u202efailed", DeliveryAction.OTHER),
    ],
)
def test_action_is_told_apart(action, meant):
    (notice,) = notices_in(report(action=action), "a.eml")

    assert notice.action is meant


def test_report_without_the_original_is_matched_by_what_it_refers_to():
    bare = report().replace(b"Message-ID: <1a2b@atenbi.example>\r\n", b"")
    referring = b"In-Reply-To: <1a2b@atenbi.example>\r\n" + bare

    assert notices_in(referring, "a.eml")[0].message_ids == (ORIGINAL,)
    assert notices_in(bare, "a.eml")[0].message_ids == ()


def test_original_recipient_counts_before_the_one_it_was_forwarded_to():
    forwarded = report().replace(
        b"Final-Recipient:", b"Original-Recipient: rfc822;Nora@harbour.example\r\nFinal-Recipient:"
    )

    assert notices_in(forwarded, "a.eml")[0].recipient == "Nora@harbour.example"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 1000,
        b"Subject: I am on holiday\r\n\r\nBack on Monday\r\n",
        b"Content-Type: multipart/report; boundary=b1\r\n\r\n--b1\r\n",
        b"Content-Type: message/delivery-status\r\n\r\nAction",
        b"From: \xff\xfe\r\nContent-Type: multipart/report; boundary=\xff\r\n\r\n",
    ],
)
def test_what_is_no_report_gives_nothing(content):
    assert notices_in(content, "a.eml") == ()


def test_hostile_words_are_made_fit_to_print_and_short():
    nasty = report(
        diagnostic=f"smtp; {HOSTILE}".replace("\x1b", "\\x1b") * 50, recipient="<" + "x" * 5000 + "@h.example>"
    )

    (notice,) = notices_in(nasty, "a.eml")

    assert len(notice.diagnostic) <= 200
    assert len(notice.recipient) <= 254
    assert "\u202e" not in notice.diagnostic


def test_endless_nesting_and_many_recipients_are_bounded():
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(3000))
    many = report().replace(
        b"--b1\r\nContent-Type: message/rfc822",
        b"Final-Recipient: rfc822;x@y.example\r\nAction: failed\r\n\r\n" * 5000
        + b"--b1\r\nContent-Type: message/rfc822",
    )
    began = time.perf_counter()

    assert notices_in(deep, "a.eml") == ()
    assert len(notices_in(many, "a.eml")) <= 20
    assert len(notices_in(report() + b"x" * (LARGEST * 2), "a.eml")) == 1
    assert time.perf_counter() - began < 20


@settings(deadline=None, max_examples=80)
@given(st.binary(max_size=400), st.integers(0, 900))
def test_no_bytes_break_the_reader(noise, place):
    whole = report()

    for notice in notices_in(whole[:place] + noise + whole[place:], "a.eml"):
        assert len(notice.diagnostic) <= 200
        assert all("\n" not in each for each in notice.message_ids)
