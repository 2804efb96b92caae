"""The printer serves its own folder and nothing else; what it prints repeats byte for byte."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clientdesk.adapters.pdf import PdfPrinter
from clientdesk.ports.documents import Attachment

FOLDER = Path(__file__).parents[3] / "report_templates"
MADE_AT = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
PAGE = '<html lang="en"><title>Trial</title><p>Trial {}'
DATA = Attachment("data.json", b"{}", "application/json")


@pytest.fixture(scope="module")
def printer():
    return PdfPrinter(FOLDER)


def printed(printer, text="", made_at=MADE_AT, attachments=()):
    return printer.printed(PAGE.format(text), "documents/proposal/page.html", made_at, attachments)


def test_same_page_and_instant_give_the_same_bytes(printer):
    assert printed(printer, attachments=(DATA,)) == printed(PdfPrinter(FOLDER), attachments=(DATA,))


@pytest.mark.parametrize(
    "other",
    [{"text": "other"}, {"made_at": MADE_AT + timedelta(seconds=1)}, {"attachments": (DATA,)}],
)
def test_another_page_instant_or_attachment_is_another_document(printer, other):
    assert printed(printer, **other) != printed(printer)


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:1/x.png", "/..%2fpyproject.toml"])
def test_address_outside_the_folder_is_left_out(printer, address, caplog):
    content = printed(printer, f'<img src="{address}" alt="x">')

    assert content.startswith(b"%PDF-")
    assert any("not one of the templates' files" in record.getMessage() for record in caplog.records)
