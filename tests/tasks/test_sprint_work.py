"""What people put down goes through the forms, and the run's last word says how the sprint stands."""

import pytest
from fakes.sprint_runs import started

from clientdesk.domain.sprint import BoxFull
from clientdesk.forms.sprint import DoneForm, ExtensionForm, TicketForm, TimeForm
from clientdesk.steps.looking_up import NotFound
from clientdesk.wiring import using
from tasks import choosing, sprint_work
from tasks.sprint_work import collected, done, extended, logged

CLIENT = "Harbour Bookings GmbH"


@pytest.fixture(autouse=True)
def outside_of_runs(monkeypatch):
    monkeypatch.setattr(choosing, "find", choosing.find.fn)
    monkeypatch.setattr(choosing, "can_wait", lambda: False)
    for name in ("log_time", "mark_done", "extend", "collect"):
        monkeypatch.setattr(sprint_work, name, getattr(sprint_work, name).fn)


def test_work_is_put_down_by_forms():
    desk, window = started()
    item = desk.sprints.items_in(window.id)[0].id
    with using(desk):
        assert "1.5 of 8 h" in logged(TimeForm(item=item, minutes=90, by="Ada"))
        assert "1 done" in done(DoneForm(item=item, evidence="merge 41", by="Ada"))
        approved = ExtensionForm(sprint=CLIENT, minutes=60, approved_by="Nora Feld", how="mail", by="Max")
        assert "1.5 of 9 h" in extended(approved)
        ticket = TicketForm(client=CLIENT, title="The logo is blurred", minutes=30, by="Max")
        assert collected(ticket) == "The logo is blurred: waits for the next sprint"


def test_time_beyond_the_box_is_refused():
    desk, window = started()
    item = desk.sprints.items_in(window.id)[0].id

    with using(desk), pytest.raises(BoxFull):
        logged(TimeForm(item=item, minutes=481, by="Ada"))


def test_item_that_is_not_clear_is_chosen_from_those_of_the_sprint(monkeypatch):
    desk, window = started()
    item = desk.sprints.items_in(window.id)[-1]
    offered = []

    def filled_in(form, description, key, within):
        offered.extend(form.model_json_schema()["properties"]["choice"]["enum"])
        return form(choice=next(word for word in offered if word.endswith(f"({item.id[:8]})")))

    monkeypatch.setattr(choosing, "can_wait", lambda: True)
    monkeypatch.setattr(choosing, "filled_in", filled_in)
    with using(desk):
        logged(TimeForm(item="Harbour", minutes=30, by="Ada"))

    assert len(offered) == len(desk.sprints.items_in(window.id)) > 1
    assert [entry.item for entry in desk.sprints.times(window.id)] == [item.id]


def test_where_nobody_can_be_asked_an_unclear_name_is_refused():
    desk, _ = started()

    with using(desk):
        for put_down, form in (
            (logged, TimeForm(item="no such", minutes=30, by="Ada")),
            (done, DoneForm(item="no such", evidence="merge 41", by="Ada")),
            (extended, ExtensionForm(sprint="Nobody", minutes=60, approved_by="Nora", how="mail", by="Max")),
            (collected, TicketForm(client="Nobody", title="Logo", minutes=30, by="Max")),
        ):
            with pytest.raises(NotFound):
                put_down(form)
