"""What a sprint takes, and what becomes of the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from clientdesk.domain.sprint import (
    MOST_ROLLS,
    BadEntry,
    BoxFull,
    Item,
    ItemState,
    NotNow,
    Priority,
    Source,
    Work,
    fitting,
    in_order,
    lateness,
    moved,
    must_fit,
    rolled,
    taken_up,
    why_rolled,
    work_key,
)

TUESDAY = datetime(2026, 4, 7, 7, tzinfo=UTC)


def work(key="ticket:1", minutes=60, priority=Priority.NORMAL, source=Source.TICKET, **more):
    return Work(key, source, f"Do {key}", minutes, priority, **more)


def item(key="ticket:1", minutes=60, priority=Priority.NORMAL, **more):
    return Item(f"id-{key}", "client", "proposal", work(key, minutes, priority), **more)


ITEMS = some.lists(
    some.builds(
        item,
        some.uuids().map(str),
        some.integers(1, 900),
        some.sampled_from(Priority),
        rolls=some.integers(0, 3),
    ),
    max_size=20,
)


def test_box_is_filled_by_priority_and_then_by_what_rolled_most():
    items = [
        item("a", priority=Priority.COSMETIC),
        item("b", priority=Priority.NORMAL),
        item("c", priority=Priority.STANDING),
        item("d", priority=Priority.NORMAL, rolls=1),
        item("e", priority=Priority.CRITICAL),
    ]

    assert [each.work.key for each in in_order(items)] == ["e", "c", "d", "b", "a"]


def test_what_does_not_fit_is_passed_over_for_what_does():
    items = [item("large", 400), item("first", 300, Priority.STANDING), item("small", 60, Priority.COSMETIC)]

    assert fitting(items, 480) == {"id-first", "id-small"}


@given(ITEMS, some.integers(0, 2000))
def test_box_is_never_overfilled_and_nothing_that_fits_is_left_out(items, box):
    taken = fitting(items, box)
    used = sum(each.work.minutes for each in items if each.id in taken)

    assert used <= box
    assert all(each.work.minutes > box - used for each in items if each.id not in taken)


@given(ITEMS)
def test_order_does_not_depend_on_the_order_of_arrival(items):
    assert in_order(items) == in_order(reversed(items))


def test_unfinished_work_rolls_with_its_count_and_then_becomes_a_project():
    first = rolled(item(state=ItemState.IN_SPRINT, window="w1", is_planned=True), "w2")
    second = rolled(replace(first, state=ItemState.IN_SPRINT), "w3")

    assert (first.state, first.window, first.rolls, first.is_planned) == (ItemState.WAITING, "w2", 1, False)
    assert (second.state, second.window, second.rolls) == (ItemState.MINI_PROJECT, "", MOST_ROLLS)


def test_without_a_next_window_the_item_waits_and_is_kept():
    kept = rolled(item(state=ItemState.IN_SPRINT, window="w1"), "")

    assert (kept.state, kept.window, kept.rolls) == (ItemState.WAITING, "", 1)


def test_reasons_why_an_item_rolls():
    planned = item(is_planned=True)

    assert [why_rolled(planned, 30), why_rolled(planned, 0), why_rolled(item(), 0)] == [
        "begun",
        "not_reached",
        "no_room",
    ]


def test_known_work_is_not_taken_up_twice():
    done = replace(item("p1:upgrade:rails", state=ItemState.DONE), work=work("p1:upgrade:rails"))

    renewed, new = taken_up([done], [work("p1:upgrade:rails"), work("p1:split:billing"), work("p1:split:billing")])

    assert renewed == []
    assert [each.key for each in new] == ["p1:split:billing"]


def test_work_that_an_item_covers_is_not_taken_beside_it():
    standing = work("libraries:app@w2", source=Source.STANDING, covers=("p1:upgrade:minor",))

    _, new = taken_up([], [standing, work("p1:upgrade:minor")])

    assert [each.key for each in new] == ["libraries:app@w2"]


def test_standing_work_left_over_is_renewed_and_keeps_its_count():
    left = item("libraries:app@w1", rolls=1)
    left = replace(left, work=replace(left.work, source=Source.STANDING, covers=("a",)))
    today = work("libraries:app@w2", 240, source=Source.STANDING, covers=("b",))

    (renewed,), new = taken_up([left], [today])

    assert new == []
    assert (renewed.rolls, renewed.work.key, renewed.work.minutes) == (1, "libraries:app@w1", 240)
    assert renewed.work.covers == ("a", "b")


def test_standing_work_that_was_done_comes_again():
    done = item("libraries:app@w1", state=ItemState.DONE)

    _, new = taken_up([done], [work("libraries:app@w2", source=Source.STANDING)])

    assert [each.key for each in new] == ["libraries:app@w2"]


def test_time_beyond_box_and_extension_is_refused_with_what_to_do():
    must_fit(60, 420, 0, 480, ())
    must_fit(61, 420, 0, 480, (30,))

    with pytest.raises(BoxFull, match=r"420 of 480 minutes are used, so 61 more .* extend"):
        must_fit(61, 420, 0, 480, ())


@pytest.mark.parametrize(("minutes", "on_item"), [(0, 0), (-31, 30)])
def test_entry_that_cannot_be_meant_is_refused(minutes, on_item):
    with pytest.raises(BadEntry):
        must_fit(minutes, 100, on_item, 480, ())


def test_correction_is_taken_even_where_the_box_is_full():
    must_fit(-30, 480, 30, 480, ())


def test_illegal_move_says_what_is_possible():
    with pytest.raises(NotNow, match="is done and can't become waiting; that is final"):
        moved(item(state=ItemState.DONE), ItemState.WAITING)

    with pytest.raises(NotNow, match="it can become: dropped, ordered, waiting"):
        moved(item(state=ItemState.MINI_PROJECT), ItemState.DONE)


def test_start_within_minutes_is_on_time():
    assert lateness(TUESDAY, TUESDAY + timedelta(minutes=10)) == timedelta()
    assert lateness(TUESDAY, TUESDAY + timedelta(hours=3)) == timedelta(hours=3)


@pytest.mark.parametrize("wrong", [{"minutes": 0}, {"key": "  "}])
def test_work_without_title_or_size_is_refused(wrong):
    with pytest.raises(BadEntry):
        Work("k", Source.TICKET, wrong.get("key", "Do it"), wrong.get("minutes", 1), Priority.NORMAL)


def test_work_of_a_proposal_has_one_name():
    assert work_key("p1", "complexity.split", "billing") == "p1:complexity.split:billing"
