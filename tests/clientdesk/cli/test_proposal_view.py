"""What `list` and `show` print."""

from fakes.command import said
from fakes.offers import an_offer, an_order


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
