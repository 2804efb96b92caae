"""What a person types is found, or said to be missing or unclear."""

from dataclasses import replace

import pytest
from fakes.offers import an_offer
from fakes.store import MemoryStore

from clientdesk.steps.looking_up import (
    NotFound,
    audit_named,
    client_named,
    kept_audits,
    mail_named,
    proposal_named,
    short,
)


def test_proposal_is_found_by_its_number_however_it_is_written():
    desk, record = an_offer()

    assert proposal_named(desk.store, " p-2026-0001 ") == record


def test_client_is_found_by_name_or_id():
    desk, _ = an_offer()
    (client,) = desk.store.clients()

    assert client_named(desk.store, "harbour bookings GMBH") == client
    assert client_named(desk.store, client.id) == client


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
