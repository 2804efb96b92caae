"""Standing work is sized by its rules and has a name that lasts from window to window."""

from decimal import Decimal

import pytest

from clientdesk.domain.sprint import Priority, Source
from clientdesk.domain.standing_work import SAFE, STANDING_EFFORT, minutes_of, standing_work

RULES = {rule.key: rule for rule in STANDING_EFFORT}


def test_item_is_sized_by_its_rule_and_named_for_its_repository():
    work = standing_work(RULES[SAFE], "booking", "https://git.example.com/booking.git", "w1", 5, ("p:1",))

    assert work.title == "Take the safe library updates of booking"
    assert (work.minutes, work.covers) == (60, ("p:1",))
    assert (work.source, work.priority) == (Source.STANDING, Priority.STANDING)


def test_size_is_capped():
    assert standing_work(RULES[SAFE], "booking", "b", "w1", 400).minutes == 4 * 60


def test_next_rounds_item_is_another_of_the_same_topic():
    first, second = (standing_work(RULES[SAFE], "booking", "b", window, 5) for window in ("w1", "w2"))

    assert first.key != second.key
    assert first.topic == second.topic


@pytest.mark.parametrize(("hours", "minutes"), [("1", 60), ("0.01", 1), ("1.255", 76)])
def test_minutes_are_rounded_up(hours, minutes):
    assert minutes_of(Decimal(hours)) == minutes
