"""A mail on the terminal: its headers, text, attachments and history, and nothing that a terminal obeys."""

from dataclasses import replace

from fakes.command import said
from fakes.desk import a_call, a_desk
from fakes.offers import an_offer
from fakes.onboarding import onboarded
from fakes.samples import HOSTILE


def test_headers_text_attachment_hash_and_history_are_shown():
    desk, record = an_offer(mails=True)
    (mail,) = desk.store.messages()

    shown = said(desk, "outbox", "show", mail.id)

    for words in (
        "To             Nora Feld <nora.feld@harbour.example>",
        f"Attached       {record.number}.pdf, ",
        f"SHA-256        {mail.sha256}",
        "number: P-2026-0001",
        "  sent         2026-03-16 08:00 UTC, 250 taken",
    ):
        assert words in shown, shown


def test_hostile_text_reaches_no_terminal():
    desk = a_desk()
    onboarded(desk, replace(a_call(), company=HOSTILE, pains=HOSTILE * 20))
    (mail,) = desk.store.messages()

    shown = said(desk, "outbox", "show", mail.id)

    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown
