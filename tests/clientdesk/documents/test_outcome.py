"""The outcome as it was reviewed, in both languages; what was not measured says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes.agency import AGENCY
from fakes.pdf_faults import faults
from fakes.samples import HOSTILE
from fakes.sprint_samples import START, outcome_facts

from clientdesk.adapters.press import TemplatePress
from clientdesk.documents.outcome import outcome_letter, outcome_view

LOCALES = ("en_IE", "de_DE")


@pytest.fixture(scope="module")
def press():
    return TemplatePress(Path(__file__).parents[3] / "report_templates")


def page(press, facts):
    view = {**outcome_view(facts, AGENCY), "made_at": ""}
    return press._templates.filled("documents/outcome-report/page.html", view)


@pytest.mark.parametrize("locale", LOCALES)
def test_report_is_as_it_was_reviewed(press, golden, locale):
    golden(f"outcome-report.{locale}.html", page(press, outcome_facts(locale)))


@pytest.mark.parametrize("locale", LOCALES)
def test_pdf_is_tagged_for_those_who_do_not_see_it(press, locale):
    pdf = press.pdf("outcome-report", outcome_view(outcome_facts(locale), AGENCY), START)

    assert faults(pdf) == []
    assert pdf == press.pdf("outcome-report", outcome_view(outcome_facts(locale), AGENCY), START)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("to_team", [False, True])
def test_mails_are_as_they_were_reviewed(press, golden, locale, to_team):
    mail = press.email("sprint-outcome", outcome_letter(outcome_facts(locale), AGENCY, "o.pdf", to_team=to_team))

    name = "sprint-outcome-team" if to_team else "sprint-outcome"
    golden(f"{name}.{locale}.txt", f"Subject: {mail.subject}\n\n{mail.text}")
    golden(f"{name}.{locale}.html", mail.html)


def test_hours_count_the_extension_and_name_who_approved_it():
    view = outcome_view(outcome_facts(), AGENCY)

    assert (view["used"], view["agreed"], view["extended"]) == ("8.58", "9", "1")
    assert view["extensions"] == [{"hours": "1", "by": "Nora Feld", "how": "phone"}]


def test_without_a_next_window_what_rolled_waits(press):
    facts = outcome_facts()

    told = page(press, replace(facts, sprint=replace(facts.sprint, next_window=None)))

    assert "No further window is booked. It waits, nothing is lost" in told


def test_without_a_comparison_no_finding_is_counted(press):
    facts = outcome_facts()
    gone = replace(facts, sprint=replace(facts.sprint, repositories=facts.sprint.repositories[1:]))

    assert outcome_view(gone, AGENCY)["findings"] is None
    assert "Findings and libraries are not measured" in page(press, gone)
    assert (
        "Findings: not measured" in press.email("sprint-outcome", outcome_letter(gone, AGENCY, "", to_team=False)).text
    )


def test_libraries_without_two_surveys_are_not_measured(press):
    facts = outcome_facts()
    first = replace(facts.sprint.repositories[0], moved=None)

    told = page(press, replace(facts, sprint=replace(facts.sprint, repositories=(first,))))

    assert "there are no two audits whose dependency files could be compared" in told


def test_empty_sprint_says_that_nothing_was_finished(press):
    facts = outcome_facts(left=(), spent={}, targets=(), rotated=(), extensions=())

    told = page(press, replace(facts, sprint=replace(facts.sprint, items=())))

    assert "Nothing was finished in this window." in told


def test_hostile_words_are_only_words(press):
    told = page(press, outcome_facts(said=HOSTILE))

    assert "<script" not in told
    assert "<img" not in told
