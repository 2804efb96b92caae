from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from fakes import samples
from fakes.agency import AGENCY

from clientdesk.documents.answers import accepted_letter, declined_letter, reminder_letter

PROPOSAL = samples.proposal(samples.audit())
FIRST = PROPOSAL.offer.first
EVENING = datetime(2026, 3, 25, 22, 30, tzinfo=UTC)  # a Wednesday


def test_the_yes_is_told_with_its_window_in_local_time() -> None:
    letter = accepted_letter(PROPOSAL, AGENCY, "Nora Feld", EVENING, "5ha", FIRST)

    assert letter["accepted_on"].replace("\u00a0", " ") == "25 March 2026, 23:30 CET"
    assert letter["window"] == {"day": "Tuesday 7 April 2026", "opens": "09:00", "closes": "17:00", "zone": "CEST"}
    assert not letter["is_another_day"]


def test_another_day_than_the_one_offered_is_named_as_such() -> None:
    week = timedelta(days=7)
    later = replace(FIRST, day=FIRST.day + week, starts_at=FIRST.starts_at + week, ends_at=FIRST.ends_at + week)

    assert accepted_letter(PROPOSAL, AGENCY, "Nora", EVENING, "5ha", later)["is_another_day"]


def test_no_free_day_is_no_window() -> None:
    assert accepted_letter(PROPOSAL, AGENCY, "Nora", EVENING, "5ha", None)["window"] is None


@pytest.mark.parametrize(("today", "is_held"), [(date(2026, 3, 27), True), (date(2026, 3, 28), False)])
def test_a_reminder_promises_a_window_only_while_it_is_held(today, is_held) -> None:
    assert reminder_letter(PROPOSAL, AGENCY, today)["is_held"] is is_held


def test_the_no_names_the_day_that_is_free_again() -> None:
    assert declined_letter(PROPOSAL, AGENCY)["window"]["day"] == "Tuesday 7 April 2026"


def test_hostile_names_are_made_fit_to_print() -> None:
    nasty = samples.proposal(samples.audit(), samples.call())
    letter = accepted_letter(nasty, AGENCY, samples.HOSTILE * 50, EVENING, "5ha", FIRST)

    assert len(letter["by"]) <= 80
    assert "\u202e" not in letter["by"]
