"""Whom a form means: looked up, and where that is not clear and nobody can be asked, refused in words."""

import pytest
from fakes.business import a_client
from fakes.desk import SHOP, a_call, a_desk
from fakes.onboarding import audited

from clientdesk.forms.intake import RepositoryForm
from clientdesk.steps.intake import hold_intro_call
from clientdesk.steps.looking_up import NotFound
from clientdesk.wiring import using
from tasks import choosing
from tasks.choosing import CLIENT, all_known, audits_for, known, registered


@pytest.fixture
def desk(monkeypatch):
    monkeypatch.setattr(choosing, "find", choosing.find.fn)
    monkeypatch.setattr(choosing, "can_wait", lambda: False)
    with using(a_desk()) as desk:
        yield desk


def test_id_and_name_are_known(desk):
    client = a_client(desk.store)

    assert known(CLIENT, client) == known(CLIENT, "Harbour") == client


def test_where_nobody_can_be_asked_an_unclear_name_is_refused(desk):
    a_client(desk.store)

    with pytest.raises(NotFound, match="did you mean Harbour Bookings GmbH"):
        known(CLIENT, "Harbor")


def test_whoever_can_be_asked_chooses_from_a_list(desk, monkeypatch):
    asked = []

    def filled_in(form, description, key, within):
        asked.append((key, description, form.model_json_schema()["properties"]["choice"]["enum"], within.days))
        return form()

    monkeypatch.setattr(choosing, "can_wait", lambda: True)
    monkeypatch.setattr(choosing, "filled_in", filled_in)
    client = a_client(desk.store)

    assert known(CLIENT, "[Harbor](x)") == client
    ((key, description, words, days),) = asked
    assert (key, days) == ("which-client-1", 14)
    assert "](" not in description
    assert words == [f"Harbour Bookings GmbH ({client})"]


def test_with_nobody_to_choose_from_the_run_ends(desk, monkeypatch):
    monkeypatch.setattr(choosing, "can_wait", lambda: True)

    with pytest.raises(NotFound, match="there is none yet"):
        known(CLIENT, "Harbour")


def test_repository_is_named_by_its_last_part(desk):
    client = hold_intro_call(desk, a_call()).client

    assert registered(client, RepositoryForm(address="shop")) == RepositoryForm(address=SHOP)


def test_several_names_are_asked_for_one_by_one(desk, monkeypatch):
    asked = []

    def filled_in(form, description, key, within):
        asked.append(key)
        return form()

    monkeypatch.setattr(choosing, "can_wait", lambda: True)
    monkeypatch.setattr(choosing, "filled_in", filled_in)
    client = a_client(desk.store)

    assert all_known(CLIENT, ["Harbor", " ", "Habour"]) == [client, client]
    assert asked == ["which-client-1-1", "which-client-2-1"]


def test_audit_of_another_client_is_asked_for_again_with_the_clients_own(desk, monkeypatch):
    client = hold_intro_call(desk, a_call()).client
    (own,) = audited(desk, client, a_call())
    (theirs,) = audited(desk, a_client(desk.store, "Curlew Ltd"), a_call())
    with pytest.raises(NotFound, match="of another client"):
        audits_for(client, [theirs])

    monkeypatch.setattr(choosing, "can_wait", lambda: True)
    monkeypatch.setattr(choosing, "filled_in", lambda form, *_: form())

    assert audits_for(client, [theirs, own]) == [own]
