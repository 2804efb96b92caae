"""What people put down goes through the forms, and the run's last word says how the sprint stands."""

import pytest
from fakes.sprint_runs import started

from clientdesk.domain.sprint import BoxFull
from clientdesk.forms.sprint import DoneForm, ExtensionForm, TicketForm, TimeForm
from clientdesk.wiring import using
from tasks.sprint_work import collect, extend, log_time, mark_done

CLIENT = "Harbour Bookings GmbH"


def test_work_is_put_down_by_forms():
    desk, window = started()
    item = desk.sprints.items_in(window.id)[0].id
    with using(desk):
        assert "1.5 of 8 h" in log_time.fn(TimeForm(item=item, minutes=90, by="Ada"))
        assert "1 done" in mark_done.fn(DoneForm(item=item, evidence="merge 41", by="Ada"))
        approved = ExtensionForm(sprint=CLIENT, minutes=60, approved_by="Nora Feld", how="mail", by="Max")
        assert "1.5 of 9 h" in extend.fn(approved)
        ticket = TicketForm(client=CLIENT, title="The logo is blurred", minutes=30, by="Max")
        assert collect.fn(ticket) == "The logo is blurred: waits for the next sprint"


def test_time_beyond_the_box_is_refused():
    desk, window = started()
    item = desk.sprints.items_in(window.id)[0].id

    with using(desk), pytest.raises(BoxFull):
        log_time.fn(TimeForm(item=item, minutes=481, by="Ada"))
