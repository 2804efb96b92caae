"""What a person types is found, or said to be missing or unclear."""

from dataclasses import replace

import pytest
from fakes.business import a_client, agreed
from fakes.desk import a_desk
from fakes.offers import an_offer
from fakes.store import MemoryStore

from clientdesk.steps.looking_up import (
    NotFound,
    agreement_named,
    audit_named,
    client_named,
    kept_audits,
    mail_named,
    proposal_named,
    short,
    window_named,
)


def test_proposal_is_found_by_its_number_however_it_is_written():
    desk, record = an_offer()

    assert proposal_named(desk.store, " p-2026-0001 ") == record


def test_client_is_found_by_name_or_id():
    desk, _ = an_offer()
    (client,) = desk.store.clients()

    assert client_named(desk.store, "harbour bookings GMBH") == client
    assert client_named(desk.store, client.id) == client


def test_client_is_found_by_words_of_its_name_or_by_a_repository():
    desk, _ = an_offer()
    (client,) = desk.store.clients()

    assert client_named(desk.store, "Harbour") == client
    assert client_named(desk.store, client.repositories[0].address) == client


def test_name_of_two_clients_is_refused_with_both():
    store = MemoryStore()
    for company in ("Harbour GmbH", "Harbour Bookings AG", "Curlew Ltd"):
        a_client(store, company)

    with pytest.raises(NotFound, match=r"may mean Harbour Bookings AG \(\S+\) and Harbour GmbH \(\S+\)") as refused:
        client_named(store, "harbour")

    assert [each.name for each in refused.value.choices] == ["Harbour Bookings AG", "Harbour GmbH"]
    assert client_named(store, "harbour gmbh").company == "Harbour GmbH"


def test_unknown_client_is_refused_with_the_nearest_names_and_all_may_be_chosen_from():
    store = MemoryStore()
    for company in ("Curlew Ltd", "Harbour GmbH"):
        a_client(store, company)

    with pytest.raises(NotFound, match=r"no client 'Harbor': did you mean Harbour GmbH") as refused:
        client_named(store, "Harbor")
    with pytest.raises(NotFound, match=r"no client 'Zebra': there are Curlew Ltd \(\S+\) and Harbour GmbH"):
        client_named(store, "Zebra")
    with pytest.raises(NotFound, match="there is none yet"):
        client_named(MemoryStore(), "Zebra")

    assert [each.name for each in refused.value.choices] == ["Harbour GmbH", "Curlew Ltd"]


def test_many_clients_are_not_all_listed():
    store = MemoryStore()
    for number in range(30):
        a_client(store, f"Client {number} Ltd")

    with pytest.raises(NotFound, match="and 24 more"):
        client_named(store, "client")


def test_window_and_agreement_are_found_by_words_of_the_clients_name():
    desk = a_desk()
    agreed(desk.store)
    (window,) = desk.windows.windows()

    assert window_named(desk.windows, "Harbour", desk.today()) == window
    assert window_named(desk.windows, window.id, desk.today()) == window
    assert agreement_named(desk.windows, "harbour").company == "Harbour Bookings GmbH"
    with pytest.raises(NotFound, match="there is no window 'Curlew': there is Harbour Bookings GmbH"):
        window_named(desk.windows, "Curlew", desk.today())


def test_things_are_found_by_their_id_or_its_beginning():
    desk, record = an_offer()
    audit, mail = kept_audits(desk.store)[0], desk.store.messages()[0]

    assert proposal_named(desk.store, record.id) == record
    assert proposal_named(desk.store, record.id[:-1]) == record
    assert audit_named(desk.store, audit.id) == audit
    assert mail_named(desk.store, mail.id[:-1]) == mail


def test_what_begins_like_two_things_is_refused():
    desk, record = an_offer()
    for name in ("abcdef01", "abcdef02"):
        desk.store._t.proposals[name] = replace(record, id=name, number="")

    with pytest.raises(NotFound, match="2 proposals begin with 'abcd'"):
        proposal_named(desk.store, "abcd")


@pytest.mark.parametrize("text", ["", "P", "P-2026-0099", "x" * 5000])
def test_what_is_not_there_is_said_to_be_missing_and_where_to_look(text):
    with pytest.raises(NotFound, match="clientdesk proposal list"):
        proposal_named(MemoryStore(), text)


def test_lists_print_as_much_of_an_id_as_tells_it_from_the_others():
    assert short("a" * 32) == "a" * 8
    assert short("abcdefgh1234", ["abcdefgh1234", "abcdefgh9999"]) == "abcdefgh1234"
