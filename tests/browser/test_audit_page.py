"""The audit as a page to keep: it sorts, prints, fits a phone, and goes nowhere."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from fakes import samples
from fakes.agency import AGENCY

from clientdesk.adapters.press import TemplatePress
from clientdesk.audit.report import numbered
from clientdesk.audit.result import judged
from clientdesk.documents.audit_report import audit_view

TEMPLATES = Path(__file__).parents[2] / "report_templates"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def press():
    return TemplatePress(TEMPLATES)


@pytest.fixture
def opened(page, press, tmp_path):
    """Opens a report without a network, and says what the page asked for and which dialogs it showed."""

    def show(report, locale="en_IE"):
        path = tmp_path / "audit.html"
        view = audit_view(report, AGENCY, locale, samples.estimate_for(report))
        path.write_text(press.html("audit-page", view), encoding="utf-8")
        asked, dialogs = [], []
        page.on("request", lambda request: asked.append(request.url.split(",")[0][:80]))
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.context.set_offline(True)
        page.goto(path.as_uri())
        return asked, dialogs

    return show


def _column(page, place):
    return page.locator(f"table.register tbody tr > :nth-child({place})").all_inner_texts()


def _press(page, heading):
    page.locator("table.register thead").get_by_role("button", name=heading).click()


def _in_order(words, order):
    places = [order.index(word.strip().lower()) for word in words]
    return places == sorted(places)


def test_a_press_on_a_heading_sorts_by_it_and_another_turns_the_order_round(page, opened, shot):
    opened(samples.audit(60))
    severities = ["critical", "high", "medium", "low", "info"]

    _press(page, "Place")
    by_place = _column(page, 6)
    _press(page, "Severity")
    worst_first = _column(page, 2)
    _press(page, "Severity")
    worst_last = _column(page, 2)

    numbers = [int(re.search(r"module_(\d+)", each)[1]) for each in by_place if "area_0" in each]
    assert numbers == sorted(numbers)
    assert _in_order(worst_first, severities)
    assert _in_order(worst_last, severities[::-1])
    assert page.locator("th[aria-sort]").count() == 1
    assert page.locator("th[aria-sort=descending]").inner_text().strip().startswith("Severity")
    shot(page, "audit-page-sorted", whole=True)


def test_a_keyboard_sorts_too(page, opened):
    opened(samples.audit(60))

    page.locator("table.register thead").get_by_role("button", name="Finding", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")

    ids = _column(page, 1)
    assert ids == sorted(ids, reverse=True)


def test_findings_open_and_close(page, opened):
    opened(samples.audit(60))
    third, fourth = page.locator("details").nth(2), page.locator("details").nth(3)

    assert third.locator("p").first.is_visible()
    assert not fourth.locator("p").first.is_visible()
    fourth.locator("summary").click()

    assert fourth.locator("p").first.is_visible()


@pytest.mark.parametrize("locale", ["en_IE", "de_DE"])
def test_it_fits_a_phone(page, opened, shot, locale):
    page.set_viewport_size(PHONE)

    opened(samples.second_audit(name="https://git.example.com/" + "averylongname" * 7), locale)

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    shot(page, f"audit-page-phone-{locale}", whole=True)


def test_printed_it_has_every_finding_and_no_signs_of_sorting(page, opened):
    opened(samples.audit(60))

    printed = page.pdf(format="A4", prefer_css_page_size=True, print_background=True)

    pages = [each.extract_text() for each in pypdf.PdfReader(io.BytesIO(printed)).pages]
    text = " ".join(pages)
    assert text.count("What it means") == page.locator("details").count() > 4
    assert not {"↕", "↑", "↓"} & set(text)
    assert "Click a column" not in text
    assert all(len(each.strip()) > 200 for each in pages)


def test_hostile_text_runs_nothing_and_nothing_is_fetched(page, opened):
    nasty = replace(samples.finding(0), title=samples.HOSTILE, evidence=samples.HOSTILE, path=samples.HOSTILE, cause="")
    results = (judged("security", (nasty,), samples.HOSTILE, gaps=(samples.HOSTILE,)),)
    report = replace(samples.audit(0, name=samples.HOSTILE), results=results, findings=numbered(results))

    asked, dialogs = opened(report)

    assert dialogs == []
    assert [each for each in asked if not each.startswith(("file:", "data:font"))] == []
    assert page.locator("img, iframe, link").count() == 0
