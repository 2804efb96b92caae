"""Windows as the terminal shows them."""

from fakes.business import a_client, agreed, tuesday
from fakes.clock import FixedClock
from fakes.desk import a_desk
from fakes.windows import room

from clientdesk.cli.window_view import listed, shown
from clientdesk.ports.windows import Change
from clientdesk.steps.booking_summary import in_a_line
from clientdesk.wiring import using


def test_hostile_name_is_printed_without_its_control_characters():
    desk = a_desk(clock=FixedClock())
    agreed(desk.store, "Evil \x1b[31m\u202eGmbH", tuesday())
    (record,) = desk.windows.windows()

    with using(desk):
        text = "\n".join((*listed([record]), *shown(record), in_a_line(desk, record)))

    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "Evil" in text


def test_window_that_is_over_is_not_said_to_be_movable():
    desk = a_desk(clock=FixedClock())
    agreed(desk.store)
    (record,) = desk.windows.windows()
    skipped = desk.windows.skip(record.id, Change("Max Lead", desk.clock.now(), "holiday"))

    with using(desk):
        lines = list(shown(skipped))

    assert not any(line.startswith("Movable") for line in lines)
    assert lines[-1].endswith("skipped, 2026-04-07, by Max Lead: holiday")


def test_window_that_is_only_held_has_no_agreement_yet():
    desk = a_desk(clock=FixedClock())
    client = a_client(desk.store)
    desk.store.hold_window(client, (tuesday(),), room(), desk.clock.now().replace(day=20), desk.clock.now())
    (record,) = desk.windows.windows()

    with using(desk):
        assert not any(line.startswith("Agreement") for line in shown(record))
        assert listed([]) == []
