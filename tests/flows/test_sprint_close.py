"""The closing with the engine: audited again, rolled once, told once."""

import pytest
from fakes.sprint_runs import go_to, started

from clientdesk.domain.windows import WindowState
from clientdesk.wiring import using
from flows.sprint_close import close_due_sprints, end_sprint

pytestmark = pytest.mark.engine


def test_sprint_whose_box_is_over_is_closed_once():
    desk, window = started()
    go_to(desk, window, hours=9)
    with using(desk):
        first = close_due_sprints(return_state=True)
        second = close_due_sprints(return_state=True)
        by_hand = end_sprint(window.id, return_state=True)

    assert (first.message, second.message) == ("1 closed.", "no sprint was to be closed.")
    assert by_hand.is_completed()
    assert desk.windows.window(window.id).state is WindowState.CLOSED
    assert {each.rolls for each in desk.sprints.items()} == {1}
