"""What people put down, with the engine: the last word of the run is how the sprint stands."""

import pytest
from fakes.sprint_runs import started

from clientdesk.domain.sprint import BoxFull
from clientdesk.forms.sprint import DoneForm, ExtensionForm, TicketForm, TimeForm
from clientdesk.wiring import using
from flows.sprint_work import collect_for_sprint, extend_sprint, log_sprint_time, mark_sprint_item_done

pytestmark = pytest.mark.engine
CLIENT = "Harbour Bookings GmbH"


def test_time_done_extension_and_ticket_are_put_down():
    desk, window = started()
    item = desk.sprints.items_in(window.id)[0].id
    approved = ExtensionForm(sprint=CLIENT, minutes=60, approved_by="Nora Feld", how="mail", by="Max")
    with using(desk):
        extended = extend_sprint(approved, return_state=True)
        logged = log_sprint_time(TimeForm(item=item, minutes=500, by="Ada"), return_state=True)
        done = mark_sprint_item_done(DoneForm(item=item, evidence="merge 41", by="Ada"), return_state=True)
        collected = collect_for_sprint(TicketForm(client=CLIENT, title="Logo", minutes=30, by="Max"), return_state=True)
        with pytest.raises(BoxFull):
            log_sprint_time(TimeForm(item=item, minutes=60, by="Ada"))

    assert "0 of 9 h" in extended.message
    assert "8.33 of 9 h" in logged.message
    assert "1 done" in done.message
    assert collected.is_completed()
