"""The tasks that change one window. The clock stands on Monday 16 March 2026; the window is on Tuesday 7 April."""

import logging
from datetime import date

import pytest
from fakes.business import agreed
from fakes.clock import FixedClock
from fakes.desk import a_desk

from clientdesk.domain.windows import WindowState
from clientdesk.forms.windows import CallOff, CallOffForm, ExtraWindowForm, RescheduleForm
from clientdesk.wiring import using
from tasks import window_changes

WHO = {"by": "Max Lead", "why": "they asked"}
HARBOUR = "Harbour Bookings GmbH"


@pytest.fixture
def desk(monkeypatch):
    monkeypatch.setattr(window_changes, "get_run_logger", lambda: logging.getLogger("run"))
    desk = a_desk(clock=FixedClock())
    agreed(desk.store)
    with using(desk):
        yield desk


@pytest.mark.usefixtures("desk")
def test_window_is_moved():
    form = RescheduleForm(window=HARBOUR, to=date(2026, 4, 9), **WHO)

    assert window_changes.reschedule.fn(form) == "Harbour Bookings GmbH: Thursday 9 April 2026, booked"


@pytest.mark.parametrize(
    ("how", "state"), [(CallOff.SKIP, WindowState.SKIPPED), (CallOff.CANCEL, WindowState.CANCELLED)]
)
def test_window_is_called_off(desk, how, state):
    said = window_changes.call_off.fn(CallOffForm(window=HARBOUR, how=how, **WHO))

    assert said.endswith(state.value)
    assert [each.state for each in desk.windows.windows()] == [state]


def test_one_more_window_is_booked_once(desk):
    form = ExtraWindowForm(client=HARBOUR, on=date(2026, 5, 12), **WHO)

    first, second = (window_changes.book_extra.fn(form) for _ in range(2))

    assert first == second == "Harbour Bookings GmbH: Tuesday 12 May 2026, booked"
    assert len(desk.windows.windows()) == 2
