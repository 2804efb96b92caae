import io
import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pypdf
import pytest
from fakes import samples
from fakes.agency import AGENCY
from fakes.pdf_faults import faults

from clientdesk.adapters.pdf import NativeLibraryMissing
from clientdesk.adapters.press import TemplatePress
from clientdesk.adapters.templates import Templates
from clientdesk.audit.report import numbered
from clientdesk.audit.result import judged
from clientdesk.documents.answers import accepted_letter, declined_letter, reminder_letter
from clientdesk.documents.audit_report import audit_view
from clientdesk.documents.letters import audit_letter, proposal_letter
from clientdesk.documents.notices import notice_letter, wait_letter
from clientdesk.documents.portfolio import portfolio_letter
from clientdesk.documents.proposal import proposal_view
from clientdesk.documents.window_letters import declined_window_letter, window_letter
from clientdesk.domain.pricing import Discount, PlanKind, PriceList
from clientdesk.ports.documents import Attachment

FOLDER = Path(__file__).parents[3] / "report_templates"
LOCALES = ("en_IE", "de_DE")
DATA = Attachment("proposal.json", b'{"number": "P-2026-0042"}', "application/json", "The proposal's data")


@pytest.fixture(scope="module")
def press() -> TemplatePress:
    return TemplatePress(FOLDER)


@pytest.fixture(scope="module")
def pdfs(press) -> dict[tuple[str, str], bytes]:
    """Both documents in both languages, printed once for all tests that only read them."""
    printed = {}
    for locale in LOCALES:
        printed["proposal", locale] = press.pdf("proposal", _proposal(locale), samples.MADE_AT, (DATA,))
        printed["audit-report", locale] = press.pdf("audit-report", _audit(locale), samples.MADE_AT)
    return printed


def _proposal(locale: str = "en_IE", count: int = 9, **more) -> dict[str, object]:
    report = samples.audit(count)
    return proposal_view(samples.proposal(report, samples.call(locale=locale), **more), AGENCY, [report])


def _audit(locale: str = "en_IE", count: int = 9) -> dict[str, object]:
    report = samples.audit(count)
    return audit_view(report, AGENCY, locale, samples.estimate_for(report))


def _text(pdf: bytes) -> str:
    pages = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", " ".join(pages).replace("\u2010\n", "").replace("\u00a0", " "))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("document", "view"), [("proposal", _proposal), ("audit-report", _audit)])
def test_pages_are_as_they_were_reviewed(document, view, locale, golden, monkeypatch) -> None:
    # What checks are called is their own affair; pictures have tests of their own.
    monkeypatch.setattr("clientdesk.documents.topics._TITLES", {})
    monkeypatch.setattr("clientdesk.documents.audit_report.CHECKS", ())

    page = Templates(FOLDER).filled(f"documents/{document}/page.html", {**view(locale), "made_at": ""})

    golden(f"{document}.{locale}.html", re.sub("<svg.*?</svg>", "<svg></svg>", page, flags=re.DOTALL))


@pytest.mark.parametrize("locale", LOCALES)
def test_mails_are_as_they_were_reviewed(press, golden, locale) -> None:
    report = samples.audit()
    agency = replace(AGENCY, proposals=replace(AGENCY.proposals, locale=locale))
    offered = samples.proposal(report, samples.call(locale=locale))
    letters = {
        "proposal-sent": proposal_letter(offered, agency, "P.pdf"),
        "audit-finished": audit_letter(report, agency, "audits/booking.pdf", "http://desk/run"),
        "accepted": accepted_letter(offered, agency, "Nora Feld", samples.MADE_AT, "5ha" * 20, offered.offer.first),
        "declined": declined_letter(offered, agency),
        "reminder": reminder_letter(offered, agency, offered.drafted_on),
        "portfolio-audited": portfolio_letter(samples.portfolio(), agency),
        "team-notice": notice_letter(samples.notices(), agency),
        "decision-waits": wait_letter(samples.wait(), agency, is_last=False),
    }
    following, until = offered.offer.following[0], offered.drafted_on
    for name in ("window-booked", "window-moved", "window-cancelled"):
        letters[name] = window_letter(
            offered.call, agency, offered.offer.first, reschedule_until=until, next_one=following
        )
    letters["window-declined"] = declined_window_letter(
        offered.call, agency, offered.offer.first, "nora@harbour.example", "We release on that day."
    )

    for name, letter in letters.items():
        mail = press.email(name, letter)
        golden(f"{name}.{locale}.txt", f"Subject: {mail.subject}\n\n{mail.text}")
        golden(f"{name}.{locale}.html", mail.html)


@pytest.mark.parametrize("locale", LOCALES)
def test_answers_are_told_also_where_a_day_is_another_or_none_is_free(press, locale) -> None:
    offered = samples.proposal(samples.audit(), samples.call(locale=locale))
    later = offered.offer.following[0]
    told = {
        name: press.email("accepted", accepted_letter(offered, AGENCY, "Nora", samples.MADE_AT, "5ha", window)).text
        for name, window in (("another", later), ("none", None))
    }
    late = press.email("reminder", reminder_letter(offered, AGENCY, offered.valid_until)).text

    assert "2026" in told["another"]
    assert ("this is the next one" in told["another"]) or ("dies ist der nächste" in told["another"])
    assert ("no free day" in told["none"]) or ("keinen freien Tag" in told["none"])
    assert ("next free day" in late) or ("nächsten freien Tag" in late)


def test_a_discount_has_its_own_line_with_its_reason_and_is_taken_off_the_sum(press) -> None:
    report = samples.audit()
    offered = samples.proposal(report)
    plan = PriceList(AGENCY.rates, offered.quote.tax).plan(
        PlanKind.SPRINT_THEN_RETAINER,
        "because",
        offered.estimate.items,
        12,
        Discount(Decimal(10), "For the second repository."),
    )
    view = proposal_view(replace(offered, quote=replace(offered.quote, recommended=plan)), AGENCY, [report])

    text = _text(press.pdf("proposal", view, samples.MADE_AT))

    assert text.count("Discount of 10 %") == 2
    assert text.count("For the second repository.") == 2
    assert "-€540.00" in text
    assert "-€108.00" in text


@pytest.mark.parametrize("locale", LOCALES)
def test_the_proposal_has_five_pages_and_all_that_a_client_decides_on(pdfs, locale) -> None:
    pdf = pdfs["proposal", locale]

    text = _text(pdf)

    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 5
    for promised in ("Harbour Bookings GmbH", "P-2026-0042", "5", "Night Owl Ltd", "F-01", "Ada Engineer"):
        assert promised in text


@pytest.mark.parametrize("locale", LOCALES)
def test_long_names_and_a_long_story_leave_five_pages_none_of_them_nearly_empty(press, locale) -> None:
    report = samples.audit(9, name=f"https://git.example.com/{'verylongnameofarepository' * 4}.git")
    intro = samples.call(company="Donaudampfschifffahrtsgesellschaftskapitänswitwen" * 2, locale=locale)
    story = "Jedes Release macht etwas kaputt, und niemand traut sich mehr an die Abrechnung. " * 12
    view = proposal_view(samples.proposal(report, replace(intro, pains=story)), AGENCY, [report])

    pages = pypdf.PdfReader(io.BytesIO(press.pdf("proposal", view, samples.MADE_AT))).pages

    assert len(pages) == 5
    assert all(len(page.extract_text()) > 600 for page in pages)


def test_the_text_can_be_read_out_of_the_pdf(pdfs) -> None:
    assert "€6,426.00" in _text(pdfs["proposal", "en_IE"])
    assert "6.426,00 €" in _text(pdfs["proposal", "de_DE"])
    assert "The history holds more than 200,000 files" in _text(pdfs["audit-report", "en_IE"])


@pytest.mark.parametrize("key", [(d, x) for d in ("proposal", "audit-report") for x in LOCALES], ids=str)
def test_a_pdf_claims_archive_and_accessibility_and_is_tagged(pdfs, key) -> None:
    with pikepdf.open(io.BytesIO(pdfs[key])) as pdf:
        metadata = pdf.Root.Metadata.read_bytes()

        assert pdf.open_metadata().pdfa_status == "3A"
        assert b'pdfuaid:part="1"' in metadata
        assert metadata.count(b"<rdf:RDF") == 1
        assert str(pdf.Root.Lang) == key[1].replace("_", "-")
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/L"} <= _tags(pdf.Root.StructTreeRoot)
        assert len(pypdf.PdfReader(io.BytesIO(pdfs[key])).outline) > 0


@pytest.mark.parametrize("key", [(d, x) for d in ("proposal", "audit-report") for x in LOCALES], ids=str)
def test_the_structure_of_a_pdf_keeps_the_rules_that_can_be_checked_here(pdfs, key) -> None:
    assert faults(pdfs[key]) == []


def test_pictures_have_a_text_for_those_who_do_not_see_them(pdfs) -> None:
    with pikepdf.open(io.BytesIO(pdfs["audit-report", "en_IE"])) as pdf:
        assert "Findings by check and severity" in _alternatives(pdf.Root.StructTreeRoot)


def test_the_data_is_attached_as_data_and_no_two_times(pdfs) -> None:
    with pikepdf.open(io.BytesIO(pdfs["proposal", "en_IE"])) as pdf:
        attached = pdf.attachments["proposal.json"]

        assert attached.get_file().read_bytes() == DATA.content
        assert [str(file.AFRelationship) for file in pdf.Root.AF] == ["/Data"]


def test_every_font_is_embedded_and_no_sign_is_missing(pdfs) -> None:
    for pdf in pdfs.values():
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            fonts = [each for each in opened.objects if _is(each, "/FontDescriptor")]
            assert len(fonts) >= 4
            assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        assert "\ufffd" not in _text(pdf)


def test_the_same_view_and_instant_give_the_same_bytes(press, pdfs) -> None:
    again = TemplatePress(FOLDER).pdf("proposal", _proposal(), samples.MADE_AT, (DATA,))
    later = press.pdf("proposal", _proposal(), samples.MADE_AT + timedelta(seconds=1), (DATA,))

    assert again == pdfs["proposal", "en_IE"]
    assert later != again


@pytest.mark.parametrize("plan", list(PlanKind))
def test_every_plan_prints_also_as_a_draft(press, plan) -> None:
    draft = press.pdf("proposal", _proposal(number="", plan=plan), samples.MADE_AT)

    assert "DRAFT" in _text(draft).upper()
    assert "has no number" in _text(draft)


@pytest.mark.parametrize("locale", LOCALES)
def test_hostile_text_is_printed_and_nothing_is_fetched_or_run(press, caplog, locale) -> None:
    nasty = replace(samples.finding(0), title=samples.HOSTILE, evidence=samples.HOSTILE, path=samples.HOSTILE, cause="")
    results = (judged("security", (nasty,), samples.HOSTILE, strengths=(samples.HOSTILE,), gaps=(samples.HOSTILE,)),)
    report = replace(samples.audit(0, name=samples.HOSTILE), results=results, findings=numbered(results))
    intro = replace(samples.call(company=samples.HOSTILE + "x" * 10_000, locale=locale), pains=samples.HOSTILE * 200)
    view = proposal_view(samples.proposal(report, intro), AGENCY, [report])

    proposal = press.pdf("proposal", view, samples.MADE_AT)
    audit = press.pdf("audit-report", audit_view(report, AGENCY, locale, None), samples.MADE_AT)
    page = press.html("audit-page", audit_view(report, AGENCY, locale, None))
    mail = press.email("proposal-sent", proposal_letter(samples.proposal(report, intro), AGENCY, "p.pdf"))

    assert "{{ 7*7 }}" in _text(proposal)
    assert "<script>alert(1)</script>" in _text(audit)
    assert not [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]
    assert "root:" not in _text(proposal) + _text(audit)
    assert not pypdf.PdfReader(io.BytesIO(proposal)).attachments
    for html in (page, mail.html):
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "\u202e" not in html
    assert "\n" not in mail.subject


@pytest.mark.parametrize("locale", LOCALES)
def test_a_second_audit_says_what_has_changed_as_it_was_reviewed(locale, golden, monkeypatch) -> None:
    monkeypatch.setattr("clientdesk.documents.topics._TITLES", {})
    view = audit_view(samples.second_audit(), AGENCY, locale, None)

    page = Templates(FOLDER).filled("documents/audit-report/page.html", {**view, "made_at": ""})

    tables = ("tally", "hotspots", "knowledge", "aside")
    sections = re.findall(
        "<section.*?</section>", re.sub("<svg.*?</svg>", "<svg></svg>", page, flags=re.DOTALL), re.DOTALL
    )
    told = [each for each in sections if any(f'class="{name}"' in each for name in tables)]
    golden(f"audit-report-again.{locale}.html", "\n".join(told) + "\n")


def test_hostile_text_in_a_second_audit_is_printed_and_nothing_more(press, caplog) -> None:
    view = audit_view(samples.second_audit(said=samples.HOSTILE), AGENCY, "en_IE", None)

    text = _text(press.pdf("audit-report", view, samples.MADE_AT))
    page = press.html("audit-page", view)

    assert text.count("{{ 7*7 }}") >= 5
    assert not [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]
    assert "root:" not in text
    assert not any(trace in page for trace in ("<script>alert", "<img", "\u202e"))


def test_a_page_to_keep_loads_nothing(press) -> None:
    page = press.html("audit-page", _audit("de_DE", 60))

    addresses = re.findall(r"""(?:src|href)\s*=\s*["']([^"']+)|url\(["']?([^"')]{1,40})""", page)
    assert {(a or b).split(";")[0] for a, b in addresses} - {"data:font/ttf"} <= {
        part for part in ((a or b) for a, b in addresses) if part.startswith("#")
    }
    assert "data-sortable" in page
    assert "@import" not in page


def test_pages_grow_no_faster_than_findings(press) -> None:
    pages = [
        len(pypdf.PdfReader(io.BytesIO(press.pdf("audit-report", _audit(count=count), samples.MADE_AT))).pages)
        for count in (40, 160)
    ]

    assert pages[1] <= 4 * pages[0]


def test_missing_native_libraries_are_named_with_the_commands_that_bring_them() -> None:
    program = (
        "import cffi, datetime, pathlib\n"
        "def broken(*_): raise OSError(\"cannot load library 'libpango-1.0-0'\")\n"
        "cffi.FFI.dlopen = broken\n"
        "from clientdesk.adapters.pdf import NativeLibraryMissing, PdfPrinter\n"
        "try:\n"
        "    PdfPrinter(pathlib.Path('.')).printed('', 'x', datetime.datetime.now(datetime.UTC), ())\n"
        "except NativeLibraryMissing as missing:\n"
        "    print(missing)\n"
    )

    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)

    for part in ("libpango-1.0-0", "apt-get install", "dnf install", "brew install"):
        assert part in said.stdout
    assert "cannot load" in str(NativeLibraryMissing(OSError("cannot load it")))


def _is(value, kind: str) -> bool:
    return isinstance(value, pikepdf.Dictionary) and value.get("/Type") == kind


def _tags(node) -> set[str]:
    """The names of all structure elements below a node."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Array):
            waiting.extend(each)
        elif isinstance(each, pikepdf.Dictionary):
            found.add(str(each.get("/S", "")))
            if "/K" in each:
                waiting.append(each.K)
    return found


def _alternatives(node) -> set[str]:
    found: set[str] = set()
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Array):
            waiting.extend(each)
        elif isinstance(each, pikepdf.Dictionary):
            found.add(str(each.get("/Alt", "")))
            if "/K" in each:
                waiting.append(each.K)
    return found


def test_picture_stands_by_itself(press):
    chart = {"kind": "stacked", "series": ["high", "low"], "rows": [{"label": "A & <b>", "counts": [2, 1]}]}

    drawn = press.picture(chart, "Findings")

    root = ET.fromstring(drawn)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "A & <b>" in {each.text for each in root.iter("{http://www.w3.org/2000/svg}text")}
    assert len(drawn) < 20_000
