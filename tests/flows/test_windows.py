"""Windows changed with the engine: the last word is the run's, a refusal names what is possible."""

from datetime import date

import pytest
from fakes.business import agreed
from fakes.clock import FixedClock
from fakes.desk import a_desk
from fakes.waiting_runs import asked_in, said, started, went_on

from clientdesk.domain.windows import WindowState
from clientdesk.forms.windows import CallOffForm, ExtraWindowForm, RescheduleForm
from clientdesk.wiring import using
from flows.windows import book_extra_window, call_off_window, reschedule_window

pytestmark = pytest.mark.engine
WHO = {"by": "Max Lead", "why": "they asked"}
HARBOUR = "Harbour Bookings GmbH"


def test_runs_say_what_they_changed_and_a_refusal_what_is_possible():
    desk = a_desk(clock=FixedClock())
    agreed(desk.store)
    with using(desk):
        booked = book_extra_window(ExtraWindowForm(client=HARBOUR, on=date(2026, 5, 12), **WHO), return_state=True)
        clash = reschedule_window(RescheduleForm(window=HARBOUR, to=date(2026, 5, 12), **WHO), return_state=True)
        moved = reschedule_window(RescheduleForm(window=HARBOUR, to=date(2026, 5, 13), **WHO), return_state=True)
        skipped = call_off_window(CallOffForm(window=HARBOUR, **WHO), return_state=True)

    assert booked.message == "Harbour Bookings GmbH: Tuesday 12 May 2026, booked"
    assert clash.is_failed()
    assert "days with room: Mon 2026-05-11, Wed 2026-05-13, Fri 2026-05-15" in clash.message
    assert moved.message == "Harbour Bookings GmbH: Wednesday 13 May 2026, booked"
    assert skipped.message == "Harbour Bookings GmbH: Tuesday 12 May 2026, skipped"


def test_clash_is_asked_for_again_with_three_days_and_nothing_that_was_said_is_lost():
    desk = a_desk(clock=FixedClock())
    agreed(desk.store)
    with using(desk):
        booked = book_extra_window(ExtraWindowForm(client="Harbour", on=date(2026, 5, 12), **WHO), return_state=True)
        change = {"window": "Harbour", "to": "2026-05-12", **WHO}
        run = started(reschedule_window, "reschedule-window", change=change)
        assert went_on(reschedule_window, run).name == "Suspended"
        assert "another window on Tuesday 12 May 2026" in asked_in(run).replace("\\", "")
        assert "Monday 11 May 2026" in asked_in(run, "schema")
        call_off_window(CallOffForm(window=extra_id(desk), **WHO))  # free meanwhile, yet another day is chosen

        said(run, day="Wednesday 13 May 2026")
        done = went_on(reschedule_window, run)

    assert booked.is_completed()
    assert done.message == "Harbour Bookings GmbH: Wednesday 13 May 2026, booked"
    (moved,) = desk.windows.windows(states={WindowState.BOOKED})
    assert [(move.by, move.why) for move in desk.windows.moves_of(moved.id)][-1] == (WHO["by"], WHO["why"])


def extra_id(desk):
    return next(each.id for each in desk.windows.windows() if each.window.day == date(2026, 5, 12))
