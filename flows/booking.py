"""The windows of the coming quarter, booked for every client."""

from prefect import State, flow

from tasks.booking import book_windows_of, due_agreements, ended, show_bookings


@flow(name="book-windows", persist_result=False)
def book_windows() -> State[None]:
    """Book every window that falls due until the end of the next quarter.

    A client that fails stops none of the others. What an earlier run missed is caught up; run again, nothing is booked
    twice.
    """
    bookings = [book_windows_of(agreement) for agreement in due_agreements()]
    show_bookings(bookings)
    return ended(bookings)
