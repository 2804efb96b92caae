"""Hours, delays and names as a reader of each language writes them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fakes.sprint_samples import DASH, item

from clientdesk.documents.figures import Figures
from clientdesk.documents.sprint_facts import Late, LateBecause
from clientdesk.documents.sprint_parts import hours_of, item_row, late_view, name_of
from clientdesk.domain.sprint import Source

ENGLISH, GERMAN = Figures("en_IE", "Europe/Berlin"), Figures("de_DE", "Europe/Berlin")


@pytest.mark.parametrize(("minutes", "english", "german"), [(450, "7.5", "7,5"), (15, "0.25", "0,25"), (60, "1", "1")])
def test_minutes_are_printed_as_hours(minutes, english, german):
    assert (hours_of(minutes, ENGLISH), hours_of(minutes, GERMAN)) == (english, german)


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (timedelta(hours=3), "3\u00a0h"),
        (timedelta(hours=3, minutes=4, seconds=59), "3\u00a0h 4\u00a0min"),
        (timedelta(minutes=25), "25\u00a0min"),
        (timedelta(days=2), "48\u00a0h"),
    ],
)
def test_delay_is_told_in_hours_and_minutes(by, words):
    assert late_view(Late(by, LateBecause.FIRST), ENGLISH)["by"] == words


def test_range_of_a_proposal_is_written_in_the_readers_way():
    assert item_row(item(1, "Upgrade", 60, note=f"1.5{DASH}6 h"), GERMAN)["note"] == f"1,5{DASH}6 h"
    assert item_row(item(1, "Logo", 60, note="v1.5", source=Source.TICKET), GERMAN)["note"] == "v1.5"


@pytest.mark.parametrize(
    ("address", "name"),
    [("https://git.example.com/harbour/booking.git", "booking"), ("git@host:a/b.git/", "b"), ("shop", "shop")],
)
def test_repository_is_named_by_the_last_part_of_its_address(address, name):
    assert name_of(address) == name
