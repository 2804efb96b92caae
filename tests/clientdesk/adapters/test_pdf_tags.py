"""The structure that WeasyPrint leaves incomplete is complete in what we print."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from fakes.pdf_faults import faults
from weasyprint.pdf import tags

from clientdesk.adapters.pdf import PdfPrinter
from clientdesk.ports.documents import Attachment

FOLDER = Path(__file__).parents[3] / "report_templates"
MADE_AT = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
PAGE = """<!DOCTYPE html><html lang="de-DE"><head><title>Probe</title><meta name="author" content="Atenbi">
<meta name="description" content="Eine Probe"><meta name="generator" content="Clientdesk">
<meta name="dcterms.created" content="2026-03-16T08:00:00+00:00">
<meta name="dcterms.modified" content="2026-03-16T08:00:00+00:00">
<style>@page { @bottom-right { content: counter(page) } }</style></head><body>
<h1>Probe</h1><h2>Teil</h2>
<dl><div><dt>Nummer</dt><dd>P-2026-0042</dd></div><div><dt>Datum</dt><dd>heute</dd><dd>oder morgen</dd></div></dl>
<ul><li>eins</li><li>zwei</li></ul>
<table><thead><tr><th scope="col">Was</th><th scope="col">Wert</th></tr></thead>
<tbody><tr><th scope="row">Zeit</th><td>3</td></tr></tbody></table>
<p>Er sagte <bdi lang="en">hello there</bdi>. <a href="mailto:a@example.com">a@example.com</a></p></body></html>"""


@pytest.fixture(scope="module")
def content() -> bytes:
    data = Attachment("data.json", b"{}", "application/json", "Data")
    return PdfPrinter(FOLDER).printed(PAGE, "documents/proposal/page.html", MADE_AT, (data,))


@pytest.fixture
def elements(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        yield [
            each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem"
        ]


def _of(elements, tag):
    return [each for each in elements if f"/{tag}" == each.S]


def test_a_printed_page_has_no_fault_that_its_structure_tells(content) -> None:
    assert faults(content) == []


def test_words_of_another_language_say_so(elements) -> None:
    assert [str(each.Lang) for each in elements if "/Lang" in each] == ["en"]


def test_header_cells_say_whether_they_head_a_column_or_a_row(elements) -> None:
    assert [str(each.A.Scope) for each in _of(elements, "TH")] == ["/Column", "/Column", "/Row"]


def test_a_term_is_the_label_of_what_is_said_of_it(elements) -> None:
    entries = [each for each in _of(elements, "LI") if each.P.K[0].objgen == each.objgen or len(each.K) > 1]

    assert {"/Lbl /LBody", "/Lbl /LBody /LBody"} <= {" ".join(str(part.S) for part in each.K) for each in entries}


def test_running_lines_are_artifacts(content) -> None:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        painted = pdf.pages[0].Contents.read_bytes()

    assert painted.count(b"/Pagination") == 1


def test_weasyprint_is_left_as_it_was(content) -> None:
    assert content
    assert tags._build_box_tree.__module__ == "weasyprint.pdf.tags"


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("<h2>Teil</h2>", "<h3>Teil</h3>", "H3 after H1"),
        ("<p>Er", '<img alt="" src="x.svg"><ul><p>lose</p></ul><p>Er', "in L"),
        ('<th scope="row">Zeit</th>', "<td>Zeit</td>", ""),
    ],
)
def test_the_faults_looked_for_are_found(good, bad, fault, caplog) -> None:
    page = PAGE.replace(good, bad)
    if not fault:
        page, fault = page.replace('<th scope="col">Was</th><th scope="col">Wert</th>', "<td></td><td></td>"), "a table"

    found = faults(PdfPrinter(FOLDER).printed(page, "documents/proposal/page.html", MADE_AT, ()))

    assert any(fault in each for each in found)
