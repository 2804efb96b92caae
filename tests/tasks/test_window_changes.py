"""The tasks that change one window. The clock stands on Monday 16 March 2026; the window is on Tuesday 7 April."""

import logging
from datetime import date

import pytest
from fakes.business import agreed
from fakes.clock import FixedClock
from fakes.desk import a_desk

from clientdesk.domain.windows import WindowState
from clientdesk.forms.windows import CallOff, CallOffForm, ExtraWindowForm, RescheduleForm
from clientdesk.ports.records import NoFreeWindow
from clientdesk.wiring import using
from tasks import choosing, window_changes

WHO = {"by": "Max Lead", "why": "they asked"}
HARBOUR = "Harbour"
HOLIDAY = date(2026, 4, 6)  # Easter Monday


@pytest.fixture
def desk(monkeypatch):
    monkeypatch.setattr(window_changes, "get_run_logger", lambda: logging.getLogger("run"))
    monkeypatch.setattr(window_changes, "can_wait", lambda: False)
    monkeypatch.setattr(choosing, "find", choosing.find.fn)
    for name in ("reschedule", "book_extra", "call_off"):
        monkeypatch.setattr(window_changes, name, getattr(window_changes, name).fn)
    desk = a_desk(clock=FixedClock())
    agreed(desk.store)
    with using(desk):
        yield desk


@pytest.fixture
def answers(monkeypatch, desk):
    """What is said to each question, and what was asked."""
    said, asked = [], []

    def filled_in(form, description, key, within):
        asked.append((key, description, form.model_json_schema()["properties"]["day"]["enum"][0]))
        return form.model_validate(said.pop(0))

    monkeypatch.setattr(window_changes, "can_wait", lambda: True)
    monkeypatch.setattr(window_changes, "filled_in", filled_in)
    return said, asked


@pytest.mark.usefixtures("desk")
def test_window_is_moved():
    form = RescheduleForm(window=HARBOUR, to=date(2026, 4, 9), **WHO)

    assert window_changes.moved(form) == "Harbour Bookings GmbH: Thursday 9 April 2026, booked"


@pytest.mark.usefixtures("desk")
def test_where_nobody_can_be_asked_a_day_that_will_not_do_is_refused():
    with pytest.raises(NoFreeWindow, match="the office is closed on 2026-04-06"):
        window_changes.moved(RescheduleForm(window=HARBOUR, to=HOLIDAY, **WHO))


def test_day_is_asked_for_until_it_will_do(answers):
    said, asked = answers
    said += [{"day": "another day, as below"}, {"day": "another day, as below", "other": "2026-04-11"}, {}]

    sentence = window_changes.moved(RescheduleForm(window=HARBOUR, to=HOLIDAY, **WHO))

    assert [key for key, *_ in asked] == ["another-day-1", "another-day-2", "another-day-3"]
    assert (
        asked[0][1].replace("\\", "").startswith("Harbour Bookings GmbH: the office is closed on Monday 6 April 2026")
    )
    assert "the window of Tuesday 7 April 2026 stays as it is" in asked[0][1]
    assert asked[2][2] == "Thursday 9 April 2026"
    assert sentence == "Harbour Bookings GmbH: Thursday 9 April 2026, booked"


def test_whoever_wants_none_of_the_days_leaves_it_as_it_is(desk, answers):
    answers[0].append({"day": "none: leave it as it is"})

    assert window_changes.booked(ExtraWindowForm(client=HARBOUR, on=HOLIDAY, **WHO)) == "left as it is"
    assert len(desk.windows.windows()) == 1


@pytest.mark.parametrize(
    ("how", "state"), [(CallOff.SKIP, WindowState.SKIPPED), (CallOff.CANCEL, WindowState.CANCELLED)]
)
def test_window_is_called_off(desk, how, state):
    said = window_changes.called_off(CallOffForm(window=HARBOUR, how=how, **WHO))

    assert said.endswith(state.value)
    assert [each.state for each in desk.windows.windows()] == [state]


def test_one_more_window_is_booked_once(desk):
    form = ExtraWindowForm(client=HARBOUR, on=date(2026, 5, 12), **WHO)

    first, second = (window_changes.booked(form) for _ in range(2))

    assert first == second == "Harbour Bookings GmbH: Tuesday 12 May 2026, booked"
    assert len(desk.windows.windows()) == 2
