"""What accepted proposals promise."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from fakes.business import NOW, ZONE, a_client, agreed, an_acceptance, booking, confirmed, sent, tuesday

from clientdesk.domain.windows import WindowState
from clientdesk.ports.records import UnknownRecord
from clientdesk.ports.windows import Change

BY_MAX = Change("Max Lead", NOW, "they leave")


def test_acceptance_is_an_agreement_with_its_anchor(store, windows):
    record = agreed(store)

    (agreement,) = windows.agreements()

    assert (agreement.client, agreement.proposal, agreement.number) == (record.client, record.id, record.number)
    assert (agreement.company, agreement.since) == ("Harbour Bookings GmbH", NOW.date())
    assert (agreement.anchor, agreement.retainer_hours, agreement.ends_on) == (date(2026, 4, 7), 0, None)


def test_anchor_is_the_day_before_a_holiday_moved_it(store, windows):
    wednesday = replace(tuesday(), day=date(2026, 4, 8), starts_at=tuesday().starts_at + timedelta(days=1))
    agreed(store, "Moved GmbH", wednesday)

    assert windows.agreements()[0].anchor == date(2026, 4, 7)


def test_retainer_is_kept_with_the_agreement(store, windows):
    record = sent(store, a_client(store))
    store.accept(record.id, an_acceptance(record), replace(booking(), retainer_hours=16), ZONE, confirmed)

    assert windows.agreements()[0].retainer_hours == 16


def test_acceptance_without_a_free_day_is_an_agreement_without_anchor(store, windows):
    agreed(store, "First", tuesday())
    agreed(store, "Second", tuesday())

    assert {each.company: each.anchor for each in windows.agreements()} == {"First": date(2026, 4, 7), "Second": None}


def test_later_proposal_takes_the_place_of_the_earlier_one(store, windows):
    first = agreed(store)
    later = sent(store, first.client, "later")
    store.accept(later.id, an_acceptance(later), booking(tuesday(5)), ZONE, confirmed)

    assert [each.proposal for each in windows.agreements()] == [later.id]


def test_first_window_is_booked_with_who_accepted_it(store, windows):
    record = agreed(store)

    (window,) = windows.windows(client=record.client, states={WindowState.BOOKED})
    (move,) = windows.moves_of(window.id)

    assert (window.slot, window.nominal, window.proposal, window.hours) == ("0/1", date(2026, 4, 7), record.id, 8)
    assert (move.before, move.after, move.was, move.day) == (
        WindowState.HELD,
        WindowState.BOOKED,
        None,
        date(2026, 4, 7),
    )
    assert (move.by, move.why) == ("Max Lead", "accepted by Nora Feld")


def test_end_cancels_what_is_booked_later_and_nothing_earlier(store, windows):
    record = agreed(store)

    assert windows.end(record.id, date(2026, 4, 7), BY_MAX) == ()
    (cancelled,) = windows.end(record.id, date(2026, 4, 6), BY_MAX)

    assert (cancelled.state, cancelled.sequence) == (WindowState.CANCELLED, 1)
    assert windows.agreements()[0].ends_on == date(2026, 4, 6)


def test_nothing_ends_that_was_not_accepted(store, windows):
    record = sent(store, a_client(store))

    with pytest.raises(UnknownRecord):
        windows.end(record.id, date(2026, 4, 6), BY_MAX)
