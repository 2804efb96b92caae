"""A sprint on its run's page: rows with the ids that people need, and one sentence."""

from fakes.sprint_runs import closed, started

from clientdesk.steps.sprint_showing import in_a_sentence, item_table


def test_items_stand_with_their_ids_hours_and_state():
    desk, window = started()
    item = desk.sprints.items_in(window.id)[0]
    desk.sprints.log(item.id, 90, "Ada", desk.clock.now())

    row = item_table(desk, window.id)[0]

    assert row == {
        "Item": item.id[:12],
        "Work": "Security scan of shop",
        "State": "in sprint",
        "Estimate": "0.5 h",
        "Logged": "1.5 h",
        "Rolled": "0",
    }


def test_sentence_tells_what_fits_and_how_it_ended():
    desk, window = started()
    day = window.window.day
    assert in_a_sentence(desk, window.id).startswith(f"Harbour Bookings GmbH, {day}: ")
    assert "items fit, 0 done, 0 of 8 h." in in_a_sentence(desk, window.id)

    closed(desk, window.id)

    assert "closed, 0 done, 3 left, 0 of 8 h." in in_a_sentence(desk, window.id)
    assert len(item_table(desk, window.id)) == 3


def test_hostile_title_is_only_text():
    desk, window = started()
    item = desk.sprints.items_in(window.id)[0]
    desk.sprints._items[item.id] = _renamed(item, "[x](javascript:alert(1))")

    assert "](javascript" not in item_table(desk, window.id)[0]["Work"]


def _renamed(item, title):
    from dataclasses import replace  # noqa: PLC0415 (one test)

    return replace(item, work=replace(item.work, title=title))
