"""Windows booked on agreements: once per slot, within the room there is, each change with its mails."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from fakes import rivals as rival
from fakes.business import NOW, a_mail, agreed, tuesday
from fakes.windows import room

from clientdesk.domain.windows import Due, IllegalWindowMove, WindowState
from clientdesk.ports.records import NoFreeWindow, UnknownRecord
from clientdesk.ports.windows import Change

S = WindowState
BY_MAX = Change("Max Lead", NOW, "by phone")
JULY = (tuesday(13), tuesday(14))  # 7 and 14 July 2026
DUE = Due("1/1", date(2026, 7, 7), JULY)


def mailed(record):
    """The mail about a window as it is now."""
    mail = a_mail(record.uid)
    key = replace(mail.key, document=f"window:{record.id}", version=str(record.sequence), purpose="window")
    return (replace(mail, key=key, subject=f"{record.state} {record.window.day}"),)


def broken_letter(_record):
    raise OSError("the template is gone")


def subjects(store):
    return [message.subject for message in store.messages() if message.key.purpose == "window"]


def booked(store, windows, company="Harbour Bookings GmbH"):
    """The window of July of a client who has agreed."""
    record = agreed(store, company)
    return windows.book_due(record.id, (DUE,), room(), BY_MAX).booked[0]


def test_window_that_falls_due_is_booked_on_its_first_day_with_room(store, windows):
    record = agreed(store)

    done = windows.book_due(record.id, (DUE,), room(), BY_MAX, mailed)

    (window,) = done.booked
    assert (window.window, window.state, window.slot, window.nominal) == (JULY[0], S.BOOKED, "1/1", date(2026, 7, 7))
    assert (window.client, window.proposal, window.hours, window.sequence) == (record.client, record.id, 8, 0)
    assert window == windows.window(window.id)
    assert subjects(store) == ["booked 2026-07-07"]


def test_booking_twice_books_nothing_twice(store, windows):
    record = agreed(store)
    windows.book_due(record.id, (DUE,), room(), BY_MAX, mailed)

    again = windows.book_due(record.id, (DUE,), room(), BY_MAX, mailed)

    assert again.booked == ()
    assert len(windows.windows(states={S.BOOKED})) == 2
    assert subjects(store) == ["booked 2026-07-07"]


def test_full_day_moves_the_window_and_keeps_its_nominal_day(store, windows):
    booked(store, windows)

    moved = booked(store, windows, "Late GmbH")

    assert (moved.window, moved.nominal) == (JULY[1], date(2026, 7, 7))


def test_window_without_a_free_day_is_said_and_the_others_are_booked(store, windows):
    booked(store, windows)
    late = agreed(store, "Late GmbH")
    full = replace(DUE, candidates=JULY[:1])
    later = Due("2/1", date(2026, 10, 6), (tuesday(26),))

    done = windows.book_due(late.id, (full, later), room(), BY_MAX)

    assert done.without_room == (full,)
    assert [window.slot for window in done.booked] == ["2/1"]


def test_two_windows_of_a_client_never_share_a_day(store, windows):
    record = agreed(store)

    done = windows.book_due(record.id, (DUE, replace(DUE, slot="1/2")), room(8, 80), BY_MAX)

    assert [window.window for window in done.booked] == [*JULY]


def test_window_whose_days_have_passed_is_kept_as_skipped_without_mail(store, windows):
    record = agreed(store)

    done = windows.book_due(record.id, (replace(DUE, has_passed=True),), room(), BY_MAX, mailed)

    (passed,) = done.passed
    assert (passed.state, passed.slot, done.booked) == (S.SKIPPED, "1/1", ())
    assert "passed" in windows.moves_of(passed.id)[0].why
    assert subjects(store) == []
    assert windows.book_due(record.id, (DUE,), room(), BY_MAX).booked == ()


def test_first_window_found_later_becomes_the_anchor(store, windows):
    agreed(store, "First", tuesday())
    second = agreed(store, "Second", tuesday())

    windows.book_due(second.id, (Due("0/1", None, (tuesday(), tuesday(2)), weekday=1),), room(), BY_MAX)

    agreement = next(each for each in windows.agreements() if each.company == "Second")
    assert agreement.anchor == tuesday(2).day


def test_mail_that_can_not_be_written_leaves_nothing_booked(store, windows):
    record = agreed(store)

    with pytest.raises(OSError, match="template"):
        windows.book_due(record.id, (DUE,), room(), BY_MAX, broken_letter)

    assert len(windows.windows()) == 1


def test_nothing_is_booked_on_what_was_not_accepted(windows):
    with pytest.raises(UnknownRecord):
        windows.book_due("nothing", (DUE,), room(), BY_MAX)


def test_one_beside_those_that_fall_due_is_booked_once(store, windows):
    record = agreed(store)

    extra = windows.book(record.id, tuesday(4), room(), BY_MAX, mailed)

    assert (extra.slot, extra.nominal, extra.state) == ("+2026-05-05", date(2026, 5, 5), S.BOOKED)
    assert windows.book(record.id, tuesday(4), room(), BY_MAX, mailed) == extra
    assert subjects(store) == ["booked 2026-05-05"]


def test_day_that_was_called_off_can_be_booked_once_more(store, windows):
    record = agreed(store)
    windows.cancel(windows.book(record.id, tuesday(4), room(), BY_MAX).id, BY_MAX)

    assert windows.book(record.id, tuesday(4), room(), BY_MAX).slot == "+2026-05-05.1"


def test_one_on_a_full_day_is_refused(store, windows):
    booked(store, windows)

    with pytest.raises(NoFreeWindow, match="2026-07-07 has no room"):
        windows.book(agreed(store, "Late GmbH").id, JULY[0], room(), BY_MAX)


def test_move_keeps_the_uid_counts_the_sequence_and_says_who_and_why(store, windows):
    before = booked(store, windows)

    after = windows.reschedule(before.id, JULY[1], room().staffing, BY_MAX, mailed)

    assert (after.uid, after.sequence, after.window) == (before.uid, 1, JULY[1])
    assert (after.slot, after.nominal, after.state) == (before.slot, before.nominal, S.BOOKED)
    move = windows.moves_of(before.id)[-1]
    assert (move.was, move.day, move.by, move.at, move.why) == (
        JULY[0].day,
        JULY[1].day,
        "Max Lead",
        NOW,
        "by phone",
    )
    assert subjects(store) == ["booked 2026-07-14"]


def test_move_to_the_same_day_changes_nothing(store, windows):
    before = booked(store, windows)

    assert windows.reschedule(before.id, JULY[0], room().staffing, BY_MAX, mailed) == before
    assert subjects(store) == []


def test_move_frees_the_day_it_leaves(store, windows):
    windows.reschedule(booked(store, windows).id, JULY[1], room().staffing, BY_MAX)

    assert booked(store, windows, "Late GmbH").window == JULY[0]


def test_move_to_a_full_day_is_refused_and_changes_nothing(store, windows):
    booked(store, windows)
    late = booked(store, windows, "Late GmbH")

    with pytest.raises(NoFreeWindow, match="2026-07-07 has no room"):
        windows.reschedule(late.id, JULY[0], room().staffing, BY_MAX)

    assert windows.window(late.id) == late


def test_move_to_the_day_of_another_window_of_the_client_is_refused(store, windows):
    july = booked(store, windows)

    with pytest.raises(NoFreeWindow, match="another window on 2026-04-07"):
        windows.reschedule(july.id, tuesday(), room(8, 80).staffing, BY_MAX)


@pytest.mark.parametrize(("call_off", "state"), [("skip", S.SKIPPED), ("cancel", S.CANCELLED)])
def test_window_called_off_gives_its_day_back_and_tells_calendars(store, windows, call_off, state):
    window = booked(store, windows)

    done = getattr(windows, call_off)(window.id, BY_MAX, mailed)

    assert (done.state, done.sequence, done.uid) == (state, 1, window.uid)
    assert subjects(store) == [f"{state} 2026-07-07"]
    assert getattr(windows, call_off)(window.id, BY_MAX, mailed) == done
    assert booked(store, windows, "Late GmbH").window == JULY[0]


def test_skipped_window_is_not_booked_again_when_it_falls_due(store, windows):
    window = booked(store, windows)
    windows.skip(window.id, BY_MAX)

    assert windows.book_due(window.proposal, (DUE,), room(), BY_MAX).booked == ()


def test_window_called_off_can_not_be_moved(store, windows):
    window = booked(store, windows)
    windows.skip(window.id, BY_MAX)

    with pytest.raises(IllegalWindowMove, match="that is final"):
        windows.reschedule(window.id, JULY[1], room().staffing, BY_MAX)


def test_window_is_started_and_closed_once(store, windows):
    window = booked(store, windows)

    started = [windows.start(window.id, JULY[0].starts_at) for _ in range(2)]
    closed = [windows.close(window.id, JULY[0].ends_at) for _ in range(2)]

    assert [each.state for each in (*started, *closed)] == [S.STARTED, S.STARTED, S.CLOSED, S.CLOSED]
    assert windows.start(window.id, JULY[0].ends_at).state is S.CLOSED
    assert [move.after for move in windows.moves_of(window.id)] == [S.BOOKED, S.STARTED, S.CLOSED]


def test_window_that_has_not_started_is_not_closed(store, windows):
    with pytest.raises(IllegalWindowMove, match="that is booked can't become closed"):
        windows.close(booked(store, windows).id, JULY[0].ends_at)


def test_window_is_due_to_start_from_its_start_on_until_it_has(store, windows):
    window = booked(store, windows)
    others = {each.id for each in windows.windows()} - {window.id}
    late = JULY[0].starts_at + timedelta(days=3)

    def due(at):
        return [each.id for each in windows.due_to_start(at) if each.id not in others]

    assert due(JULY[0].starts_at - timedelta(seconds=1)) == []
    assert due(JULY[0].starts_at) == due(late) == [window.id]
    windows.start(window.id, late)
    assert due(late) == []


def test_window_is_due_to_close_from_its_end_on_once_it_has_started(store, windows):
    window = booked(store, windows)

    assert windows.due_to_close(JULY[0].ends_at) == ()
    windows.start(window.id, JULY[0].starts_at)
    assert windows.due_to_close(JULY[0].ends_at - timedelta(seconds=1)) == ()
    assert [each.id for each in windows.due_to_close(JULY[0].ends_at)] == [window.id]


def test_next_window_is_the_clients_next_one_that_is_booked(store, windows):
    july = booked(store, windows)
    booked(store, windows, "Late GmbH")
    april = next(each for each in windows.windows(client=july.client) if each.slot == "0/1")

    assert windows.next_after(april.id) == july
    assert windows.next_after(july.id) is None
    windows.skip(july.id, BY_MAX)
    assert windows.next_after(april.id) is None


def test_windows_are_listed_by_day_client_and_state(store, windows):
    july = booked(store, windows)
    other = booked(store, windows, "Late GmbH")

    assert [each.window.day for each in windows.windows()] == [tuesday().day, tuesday(1).day, JULY[0].day, JULY[1].day]
    assert [each.id for each in windows.windows(since=JULY[0].day)] == [july.id, other.id]
    assert [each.id for each in windows.windows(since=JULY[0].day, until=JULY[0].day)] == [july.id]
    assert [each.id for each in windows.windows(since=JULY[0].day, client=other.client)] == [other.id]
    assert windows.windows(states={S.CLOSED}) == ()


def test_hold_says_when_it_ends_and_a_booked_window_nothing(store, windows):
    rival.hold(store, "Asks", tuesday(2))
    booked(store, windows)

    ends = {each.state: each.held_until for each in windows.windows()}

    assert ends == {S.HELD: NOW + timedelta(days=5), S.BOOKED: None}


def test_slots_are_those_booked_and_those_called_off_but_no_holds(store, windows):
    july = booked(store, windows)
    windows.skip(july.id, BY_MAX)
    rival.hold(store, "Asks", tuesday(2))

    assert windows.slots() == {july.proposal: {"0/1", "1/1"}}


def test_unknown_window_is_refused(windows):
    for ask in (windows.window, windows.next_after, windows.moves_of):
        with pytest.raises(UnknownRecord):
            ask("nothing")


def test_processes_that_book_the_last_day_at_once_give_it_once(database_url, rivals, sql_store):
    records = [agreed(sql_store, f"Client {each}", tuesday(each)) for each in range(8)]

    at_once = [rivals.submit(rival.book_the_last_day, database_url, record.id) for record in records]

    given = sorted(future.result() for future in at_once)
    assert given == ["2026-07-07", "2026-07-14"] + ["without room"] * 6


def test_processes_that_book_the_same_client_at_once_book_it_once(database_url, rivals, sql_store):
    record = agreed(sql_store)

    at_once = [rivals.submit(rival.book_the_last_day, database_url, record.id) for _ in range(8)]

    assert sorted(future.result() for future in at_once) == ["2026-07-07"] + ["there already"] * 7


def test_processes_that_move_windows_to_one_day_at_once_move_one(database_url, rivals, sql_store):
    for each in range(5):
        agreed(sql_store, f"Client {each}", tuesday(each))

    at_once = [rivals.submit(rival.move_to_july, database_url, f"Client {each}") for each in range(5)]

    assert sorted(future.result() for future in at_once) == ["2026-07-07"] + ["NoFreeWindow"] * 4
