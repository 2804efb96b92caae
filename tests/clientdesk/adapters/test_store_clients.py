"""Clients: one by its name however it is spelt, and what was said last."""

from dataclasses import replace

import pytest
from fakes import rivals as rival
from fakes.business import NOW, a_client
from fakes.samples import call

from clientdesk.domain.intake import Contact, RepositoryAddress
from clientdesk.ports.records import UnknownRecord


def test_first_call_makes_a_client(store):
    record = store.register(call(), NOW)

    assert record.is_new
    assert record.contacts == call().contacts
    assert record.repositories == call().repositories
    assert store.client(record.id) == replace(record, is_new=False)


def test_second_call_under_another_spelling_makes_no_twin(store):
    first = store.register(call(company="Harbour  Bookings GmbH"), NOW)

    again = store.register(call(company="HARBOUR bookings gmbh "), NOW)

    assert again.id == first.id
    assert not again.is_new


def test_second_call_adds_contacts_and_repositories_and_keeps_the_first(store):
    first = store.register(call(), NOW)
    more = replace(
        call(),
        contacts=(Contact("Nora Feld-Sommer", "NORA.feld@harbour.example"), Contact("Ben", "ben@harbour.example")),
        repositories=(RepositoryAddress("https://git.example.com/harbour/shop.git"), *call().repositories),
    )

    record = store.register(more, NOW)

    assert [contact.name for contact in record.contacts] == ["Nora Feld-Sommer", "Ben"]
    assert [repository.address[-11:] for repository in record.repositories] == ["booking.git", "ur/shop.git"]
    assert record.id == first.id


def test_latest_call_is_what_was_said_last(store):
    client = a_client(store)

    store.register(replace(call(), pains="It is slow now."), NOW)

    assert store.latest_call(client).pains == "It is slow now."


def test_hostile_text_comes_back_as_it_was(store):
    said = replace(call(company="Robert'); DROP TABLE clients;--"), pains="\u202e{{7*7}}<script>\n🚢")

    client = store.register(said, NOW).id

    assert store.latest_call(client) == said


@pytest.mark.parametrize("question", ["client", "latest_call"])
def test_unknown_client_is_refused_by_name(store, question):
    with pytest.raises(UnknownRecord, match="nobody"):
        getattr(store, question)("nobody")


def test_call_recorded_twice_is_one_call(sql_store):
    a_client(sql_store)
    a_client(sql_store)

    with sql_store._database.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM calls").scalar() == 1


def test_processes_that_register_one_client_at_once_make_no_twin(database_url, rivals):
    at_once = [rivals.submit(rival.register, database_url, "Harbour") for _ in range(12)]

    assert len({future.result() for future in at_once}) == 1


def test_clients_come_by_name(store):
    ids = {name: store.register(call(company=name), NOW).id for name in ("zebra ltd", "Alpha GmbH")}

    assert [client.id for client in store.clients()] == [ids["Alpha GmbH"], ids["zebra ltd"]]
    assert not any(client.is_new for client in store.clients())
