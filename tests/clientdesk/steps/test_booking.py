"""Booking what is due. 16 March 2026, when the clock stands, is a Monday."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from fakes.agency import AGENCY
from fakes.business import ZONE, a_client, agreed, an_acceptance, booking, confirmed, sent, tuesday
from fakes.clock import FixedClock
from fakes.desk import a_desk
from fakes.windows import Damaged

from clientdesk.domain.windows import WindowState
from clientdesk.ports.windows import Change
from clientdesk.steps.booking import book_all, book_one, due_agreements


def in_april(**parts):
    """A desk on Wednesday 1 April 2026, and its store; July is within the horizon."""
    clock = FixedClock()
    desk = a_desk(clock=clock, **parts)
    return desk, desk.store, clock


def booked_days(desk):
    return [each.window.day for each in desk.windows.windows(states={WindowState.BOOKED})]


def test_every_client_gets_the_window_of_the_next_quarter():
    desk, store, clock = in_april()
    agreed(store, "Albatross", tuesday())
    agreed(store, "Bittern", tuesday(1))
    clock.advance(days=16)

    done = book_all(desk)

    assert [(each.agreement.company, [w.window.day for w in each.done.booked]) for each in done] == [
        ("Albatross", [date(2026, 7, 7)]),
        ("Bittern", [date(2026, 7, 14)]),
    ]


def test_booking_again_books_nothing_and_says_so():
    desk, store, clock = in_april()
    agreed(store)
    clock.advance(days=16)
    book_all(desk)

    assert book_all(desk) == ()
    assert due_agreements(desk) == ()
    assert len(booked_days(desk)) == 2


def test_booking_is_kept_as_the_programs_work():
    desk, store, clock = in_april()
    agreed(store)
    clock.advance(days=16)

    ((window,),) = [each.done.booked for each in book_all(desk)]

    (move,) = desk.windows.moves_of(window.id)
    assert (move.by, move.at, move.why) == ("clientdesk", clock.now(), "it fell due")


def test_full_days_move_the_windows_of_those_who_come_later():
    desk, store, clock = in_april()
    for name in ("Albatross", "Bittern", "Curlew"):
        agreed(store, name, *(tuesday(each) for each in range(3)))
    for record in desk.windows.windows():  # all three are anchored on the same Tuesday
        desk.store.window_tables.agreements[record.proposal] = replace(
            desk.store.window_tables.agreements[record.proposal], anchor=date(2026, 4, 7)
        )
    clock.advance(days=16)

    done = book_all(desk)

    assert [each.done.booked[0].window.day for each in done] == [
        date(2026, 7, 7),
        date(2026, 7, 7),
        date(2026, 7, 8),
    ]


def test_one_client_that_fails_stops_none_of_the_others():
    desk, store, clock = in_april()
    broken, sound = agreed(store, "Albatross", tuesday()), agreed(store, "Bittern", tuesday(1))
    desk = replace(desk, windows=Damaged(desk.windows, broken.id))
    clock.advance(days=16)

    failed, done = book_all(desk)

    assert failed.problem == "a defect in clientdesk: ZeroDivisionError: the record is damaged"
    assert failed.needs_a_person
    assert done.agreement.proposal == sound.id
    assert len(done.done.booked) == 1


def test_client_without_a_free_day_needs_a_person():
    cramped = replace(AGENCY, windows=replace(AGENCY.windows, capacity_hours=Decimal(4)))
    desk, store, clock = in_april(agency=cramped)
    agreed(store)
    clock.advance(days=16)

    (one,) = book_all(desk)

    assert [due.slot for due in one.done.without_room] == ["1/1"]
    assert one.needs_a_person


def test_missed_quarters_are_caught_up_and_what_has_passed_is_said():
    desk, store, clock = in_april()
    agreed(store)
    clock.advance(days=200)  # Friday 2 October 2026

    (one,) = book_all(desk)

    assert [each.slot for each in one.done.passed] == ["1/1"]
    assert [each.window.day for each in one.done.booked] == [date(2026, 10, 9), date(2027, 1, 5)]


def test_client_who_found_no_day_at_acceptance_gets_the_first_window_and_those_after_it():
    desk, store, clock = in_april()
    agreed(store, "First", tuesday())
    agreed(store, "Second", tuesday())
    clock.advance(days=16)

    second = next(each for each in book_all(desk) if each.agreement.company == "Second")

    assert [each.slot for each in second.done.booked] == ["0/1", "1/1"]
    anchor = next(each for each in desk.windows.agreements() if each.company == "Second").anchor
    assert anchor == second.done.booked[0].nominal == date(2026, 4, 21)


def test_larger_retainer_has_more_windows():
    often = replace(AGENCY, windows=replace(AGENCY.windows, per_period=((16, 3),)))
    desk, store, _ = in_april(agency=often)
    record = sent(store, a_client(store))
    store.accept(record.id, an_acceptance(record), replace(booking(), retainer_hours=16), ZONE, confirmed)

    (one,) = book_all(desk)

    assert [each.window.day for each in one.done.booked] == [date(2026, 5, 5), date(2026, 6, 2)]


def test_agreement_that_has_ended_books_nothing_more():
    desk, store, clock = in_april()
    record = agreed(store)
    desk.windows.end(record.id, date(2026, 6, 30), Change("Max Lead", clock.now(), "they leave"))
    clock.advance(days=16)

    assert book_all(desk) == ()


def test_one_client_is_booked_by_itself():
    desk, store, clock = in_april()
    agreed(store)
    clock.advance(days=16)
    (agreement,) = due_agreements(desk)

    assert [each.window.day for each in book_one(desk, agreement).done.booked] == [date(2026, 7, 7)]
    assert book_one(desk, agreement).done.booked == ()


def test_client_whose_document_is_lost_is_named_and_the_others_are_booked():
    desk, store, clock = in_april()
    lost = agreed(store, "Albatross", tuesday())
    agreed(store, "Bittern", tuesday(1))
    agreements = store.window_tables.agreements
    agreements[lost.id] = replace(agreements[lost.id], retainer_hours=None)
    clock.advance(days=16)

    failed, done = (book_one(desk, each) for each in due_agreements(desk))

    assert (failed.agreement.company, bool(failed.problem)) == ("Albatross", True)
    assert len(done.done.booked) == 1
