"""Windows: a slot is given once, and a hold that has run out takes no room."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import rivals as rival
from fakes.business import NOW, a_client, a_proposal, drafted, sent, tuesday
from fakes.windows import room

from clientdesk.domain.proposal import ProposalState
from clientdesk.ports.records import NoFreeWindow, UnknownRecord

UNTIL = NOW + timedelta(days=5)


def hold(store, client, *candidates, hours=8.0, capacity=8.0, now=NOW, until=UNTIL):
    return store.hold_window(client, candidates or (tuesday(), tuesday(1)), room(hours, capacity), until, now)


def test_first_candidate_with_room_is_held(store):
    client = a_client(store)

    held = hold(store, client)

    assert (held.client, held.window, held.held_until, held.proposal) == (client, tuesday(), UNTIL, "")


def test_full_day_is_passed_over(store):
    hold(store, a_client(store, "First"))

    assert hold(store, a_client(store, "Second")).window == tuesday(1)


def test_day_is_shared_while_its_hours_last(store):
    days = [hold(store, a_client(store, name), hours=2.5, capacity=5.0).window.day for name in ("A", "B", "C")]

    assert days == [tuesday().day, tuesday().day, tuesday(1).day]


def test_second_hold_of_a_client_is_the_first_one(store):
    client = a_client(store)

    assert hold(store, client, tuesday(3)) == hold(store, client)


def test_hold_that_has_run_out_takes_no_room(store):
    hold(store, a_client(store, "Slow"))

    held = hold(store, a_client(store, "Quick"), now=UNTIL, until=UNTIL + timedelta(days=5))

    assert held.window == tuesday()


def test_client_whose_hold_has_run_out_gets_a_new_one(store):
    client = a_client(store)
    first = hold(store, client)

    again = hold(store, client, now=UNTIL, until=UNTIL + timedelta(days=5))

    assert again.id != first.id
    assert again.window == first.window


def test_no_room_at_all_is_refused(store):
    hold(store, a_client(store, "First"), tuesday())

    with pytest.raises(NoFreeWindow, match="room"):
        hold(store, a_client(store, "Second"), tuesday())


def test_refused_hold_leaves_the_day_as_it_was(store):
    client = a_client(store)
    with pytest.raises(NoFreeWindow):
        hold(store, client, hours=9.0)

    assert hold(store, client).window == tuesday()


def test_unknown_client_holds_nothing(store):
    with pytest.raises(UnknownRecord, match="nobody"):
        hold(store, "nobody")


def test_held_window_names_the_proposal_that_offers_it(store):
    client = a_client(store)
    hold(store, client)  # Tuesday 7 April 2026 is what the proposal offers

    proposal = drafted(store, client)

    assert hold(store, client).proposal == proposal.id


def test_last_slots_are_given_once_to_processes_that_ask_at_once(database_url, rivals):
    at_once = [rivals.submit(rival.hold_last_slot, database_url, f"Client {place}") for place in range(12)]

    given = Counter(future.result() for future in at_once)

    assert given == {"2026-04-07": 1, "2026-04-14": 1, "NoFreeWindow": 10}


@pytest.mark.parametrize("end", [ProposalState.WITHDRAWN, ProposalState.DECLINED, ProposalState.EXPIRED])
def test_window_of_an_offer_that_ended_is_free_again(store, end):
    client = a_client(store)
    hold(store, client)
    record = sent(store, client)

    store.move(record.id, end, "Max", NOW)

    assert hold(store, a_client(store, "Next"), now=NOW).window == tuesday()


def test_revision_keeps_the_window_that_was_held(store):
    client = a_client(store)
    held = hold(store, client)
    parent = drafted(store, client)

    revision = store.revise(parent.id, a_proposal(store, client), "revised", "r.json", "Max", NOW, "less")

    assert hold(store, client) == replace(held, proposal=revision.id)
