"""The client's yes: kept whole, with its window, once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import rivals as rival
from fakes.business import (
    NOW,
    ZONE,
    a_client,
    a_mail,
    an_acceptance,
    approved,
    booking,
    confirmed,
    drafted,
    sent,
    tuesday,
)
from fakes.windows import room

from clientdesk.domain.proposal import IllegalMove, NoLongerValid, ProposalState
from clientdesk.ports.mail import MessageState, about_proposal
from clientdesk.ports.records import AnotherDocument, UnknownRecord

S = ProposalState
UNTIL = NOW + timedelta(days=5)


def offered(store, company="Harbour Bookings GmbH", capacity=8.0):
    """A proposal sent, with its window held."""
    client = a_client(store, company)
    store.hold_window(client, (tuesday(),), room(8, capacity), UNTIL, NOW)
    return sent(store, client)


def accept(store, record, wanted=None, **said):
    given = an_acceptance(record, **said)
    return store.accept(record.id, given, wanted or booking(), ZONE, confirmed)


def test_acceptance_keeps_who_when_how_evidence_and_hash_and_moves_the_proposal(store):
    record = offered(store)

    done = accept(store, record)

    assert done.proposal == store.proposal(record.id)
    assert done.proposal.state is S.ACCEPTED
    assert store.accepted(record.id) == done
    last = store.moves_of(record.id)[-1]
    assert (last.after, last.by, last.why) == (S.ACCEPTED, "Max Lead", "accepted by Nora Feld (mail)")


def test_held_window_is_booked_in_the_same_step(store):
    record = offered(store)

    done = accept(store, record)

    assert (done.window.window, done.window.proposal, done.window_note) == (tuesday(), record.id, "")
    assert rival.room_left(store, tuesday()) is False


def test_hold_that_ran_out_is_followed_by_the_next_day_with_room(store):
    record = offered(store)
    rival.hold(store, "Quick", tuesday(), now=UNTIL)

    done = accept(store, record, booking(tuesday(), tuesday(1)), at=UNTIL)

    assert done.window.window == tuesday(1)


def test_hold_that_ran_out_is_booked_again_where_its_day_is_still_free(store):
    done = accept(store, offered(store), booking(tuesday(), tuesday(1)), at=UNTIL)

    assert done.window.window == tuesday()


def test_no_free_day_does_not_cost_the_yes_and_is_said(store):
    record = offered(store)
    rival.hold(store, "Quick", tuesday(), now=UNTIL)

    done = accept(store, record, booking(tuesday()), at=UNTIL)

    assert done.proposal.state is S.ACCEPTED
    assert done.window is None
    assert "room" in done.window_note
    assert store.accepted(record.id) == done


def test_another_hold_of_the_client_is_given_back(store):
    record = offered(store)
    later = accept(store, record, replace(booking(tuesday(1)), offered=tuesday(1)))

    assert later.window.window == tuesday(1)
    assert rival.room_left(store, tuesday()) is True


def test_confirmation_is_put_in_the_outbox_and_knows_the_window(store):
    record = offered(store)

    accept(store, record)

    mail = store.messages()[-1]
    assert (mail.state, mail.subject) == (MessageState.DRAFT, "booked 2026-04-07")


def test_confirmation_that_can_not_be_written_leaves_everything_as_it_was(store):
    record = offered(store)

    with pytest.raises(OSError, match="template"):
        store.accept(record.id, an_acceptance(record), booking(), ZONE, rival.broken_letter)

    assert store.proposal(record.id) == record
    assert store.accepted(record.id) is None
    assert accept(store, record).window.window == tuesday()


def test_yes_on_the_last_day_counts_even_when_put_down_later(store):
    record = offered(store)
    last_evening = NOW + (record.valid_until - NOW.date()) + timedelta(hours=12)

    done = accept(store, record, at=last_evening, recorded_at=last_evening + timedelta(days=2))

    assert done.proposal.state is S.ACCEPTED


def test_yes_after_the_last_day_is_refused_and_changes_nothing(store):
    record = offered(store)
    too_late = NOW + (record.valid_until - NOW.date()) + timedelta(days=1)

    with pytest.raises(NoLongerValid, match="send a revision"):
        accept(store, record, at=too_late)

    assert store.proposal(record.id) == record


def test_another_pdf_than_the_one_sent_is_refused(store):
    record = offered(store)

    with pytest.raises(AnotherDocument, match="P-2026-0001"):
        accept(store, record, pdf_sha256="0" * 64)

    assert store.proposal(record.id) == record


@pytest.mark.parametrize("make", [drafted, approved])
def test_only_what_was_sent_is_accepted(store, make):
    record = make(store, a_client(store))

    with pytest.raises(IllegalMove, match="can't become accepted"):
        accept(store, record)


def test_second_yes_is_refused_and_the_first_one_stays(store):
    record = offered(store)
    first = accept(store, record)

    with pytest.raises(IllegalMove, match="already"):
        accept(store, record, by="Somebody Else")

    assert store.accepted(record.id) == first


def test_nothing_is_accepted_of_what_is_unknown_or_open(store):
    assert store.accepted(offered(store).id) is None
    with pytest.raises(UnknownRecord):
        store.accepted("nothing")


def test_nothing_becomes_accepted_without_its_acceptance(store):
    record = offered(store)

    with pytest.raises(IllegalMove, match="who accepted"):
        store.move(record.id, S.ACCEPTED, "Max", NOW)


def test_processes_that_accept_at_once_keep_one_yes_and_book_one_window(database_url, rivals, sql_store):
    record = offered(sql_store)

    at_once = [rivals.submit(rival.accept_same, database_url, record.id, f"Nora {each}") for each in range(6)]

    assert sorted(future.result() for future in at_once) == ["2026-04-07"] + ["IllegalMove"] * 5


def test_processes_that_accept_for_different_clients_never_share_the_last_day(database_url, rivals, sql_store):
    records = [sent(sql_store, a_client(sql_store, f"Client {each}")) for each in range(5)]

    at_once = [rivals.submit(rival.accept_same, database_url, record.id, "Nora") for record in records]

    assert sorted(future.result() for future in at_once) == ["", "", "", "2026-04-07", "2026-04-14"]


def test_confirmation_made_twice_is_one_mail(store):
    first = store.add_message(a_mail("P-1"), NOW)

    assert store.add_message(a_mail("P-1"), NOW) == first
    assert store.messages() == (first,)


def test_reminder_that_has_not_gone_out_stays_here_after_the_yes(store):
    record = offered(store)
    mail = a_mail("reminder")
    waiting = store.add_message(replace(mail, key=replace(mail.key, document=about_proposal(record.id))), NOW)

    accept(store, record)

    held = store.message(waiting.id)
    assert (held.state, held.detail) == (
        MessageState.REJECTED,
        "held back: the proposal is accepted (accepted by Nora Feld (mail))",
    )
