"""The sheet as it was reviewed, in both languages; hostile names are only names; no value of a secret anywhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes.agency import AGENCY
from fakes.pdf_faults import faults
from fakes.samples import HOSTILE
from fakes.sprint_samples import BOOKING, START, sheet_facts, survey

from clientdesk.adapters.press import TemplatePress
from clientdesk.documents.sprint_facts import AuditedRepository
from clientdesk.documents.sprint_sheet import sheet_view, started_letter

LOCALES = ("en_IE", "de_DE")


@pytest.fixture(scope="module")
def press():
    return TemplatePress(Path(__file__).parents[3] / "report_templates")


def page(press, facts):
    return press._templates.filled("documents/sprint-sheet/page.html", {**sheet_view(facts, AGENCY), "made_at": ""})


@pytest.mark.parametrize("locale", LOCALES)
def test_sheet_is_as_it_was_reviewed(press, golden, locale):
    golden(f"sprint-sheet.{locale}.html", page(press, sheet_facts(locale)))


@pytest.mark.parametrize("locale", LOCALES)
def test_pdf_is_tagged_for_those_who_do_not_see_it(press, locale):
    pdf = press.pdf("sprint-sheet", sheet_view(sheet_facts(locale), AGENCY), START)

    assert faults(pdf) == []
    assert pdf == press.pdf("sprint-sheet", sheet_view(sheet_facts(locale), AGENCY), START)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("to_team", [False, True])
def test_mails_are_as_they_were_reviewed(press, golden, locale, to_team):
    mail = press.email("sprint-started", started_letter(sheet_facts(locale), AGENCY, "sheet.pdf", to_team=to_team))

    name = "sprint-started-team" if to_team else "sprint-started"
    golden(f"{name}.{locale}.txt", f"Subject: {mail.subject}\n\n{mail.text}")
    golden(f"{name}.{locale}.html", mail.html)


def test_where_no_index_was_asked_the_sheet_says_so(press):
    facts = sheet_facts(repositories=(AuditedRepository(BOOKING, None, survey(asked=False), "gone"),))

    told = page(press, facts)

    assert "The newest versions are not measured" in told
    assert "CLIENTDESK_PACKAGE_INDEXES" in told
    assert "are the newest there is" not in told


def test_steps_are_grouped_by_the_care_they_ask_for():
    (library, unaudited) = sheet_view(sheet_facts(), AGENCY)["libraries"]

    assert [(group["care"], [row["name"] for row in group["rows"]]) for group in library["groups"]] == [
        ("safe", ["click", "django", "stripe"]),
        ("care", ["stripe"]),
        ("project", ["django"]),
    ]
    assert [row["name"] for row in library["watch"]] == ["nose"]
    assert not unaudited["is_known"]


def test_sheet_without_anything_says_so(press):
    told = page(press, sheet_facts(items=(), repositories=(), secrets=(), late=None, next_window=None))

    for words in ("Nothing waits for this window.", "No repository is registered", "none is booked yet"):
        assert words in told
    assert "not measured" in told


def test_hostile_names_are_only_names(press):
    told = page(press, sheet_facts(said=HOSTILE))

    assert "<script" not in told
    assert "<img" not in told
    assert "\u202e" not in told


def test_mail_counts_what_the_sheet_lists():
    letter = started_letter(replace(sheet_facts(), late=None), AGENCY, "", to_team=False)

    assert letter["updates"] == {"safe": 3, "care": 1, "project": 1}
    assert (letter["planned_hours"], letter["beyond_count"], letter["secrets"]) == ("6.25", 2, 2)
