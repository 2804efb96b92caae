"""What `list` and `show` print."""

from dataclasses import replace

from fakes.command import said
from fakes.desk import a_call, a_desk
from fakes.offers import an_offer, an_order
from fakes.onboarding import onboarded
from fakes.samples import HOSTILE


def test_show_tells_price_work_moves_mails_and_the_answer():
    desk, record = an_order()

    shown = said(desk, "proposal", "show", record.number).replace("\u00a0", " ")

    for words in (
        "P-2026-0001    accepted",
        "For            Harbour Bookings GmbH, Nora Feld <nora.feld@harbour.example>",
        f"SHA-256 {record.pdf_sha256}",
        "Work, by the numbers that `revise` and `actuals` take",
        "  1  ",
        "  sent         16 March 2026, 09:00 CET, clientdesk",
        "proposal-sent: rejected: held back: the proposal is accepted",
        "  evidence     We accept.",
        "  yes          Nora Feld, 16 March 2026, 09:00 CET, by mail, put down by Max Lead",
        ", booked",
    ):
        assert words in shown, shown


def test_list_tells_number_state_last_day_price_and_client():
    desk, record = an_offer()

    (line,) = said(desk, "proposal", "list").splitlines()

    for words in (record.number, "sent", f"until {record.valid_until}", "net", "Harbour Bookings GmbH"):
        assert words in line


def test_lost_document_hides_no_other_proposal():
    desk, record = an_offer()
    other = onboarded(desk, replace(a_call(), company="Second Client")).proposal
    del desk.documents.kept[record.document]

    lines = said(desk, "proposal", "list").splitlines()

    assert "price unknown" in next(line for line in lines if record.number in line)
    assert "net" in next(line for line in lines if other.number in line)


def test_hostile_text_reaches_no_terminal():
    desk = a_desk()
    done = onboarded(desk, replace(a_call(), company=HOSTILE + "x" * 10_000, pains=HOSTILE))

    printed = said(desk, "proposal", "show", done.proposal.proposal) + said(desk, "proposal", "list")

    assert not {"\x1b", "\x07", "\u202e"} & set(printed)
    assert max(len(line) for line in printed.splitlines()) < 600
