"""Tasks of booking: each client's windows in one transaction and one line of the run's page."""

from collections.abc import Sequence

from prefect import State, get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.states import Completed, Failed

from clientdesk.ports.windows import Agreement
from clientdesk.steps import booking
from clientdesk.steps.booking import ClientBooking
from clientdesk.steps.booking_summary import booking_markdown, in_a_sentence
from clientdesk.wiring import desk


@task(name="find what is due", persist_result=False)
def due_agreements() -> tuple[Agreement, ...]:
    """Everything up to the end of the next quarter, whichever run should have booked it."""
    return booking.due_agreements(desk())


@task(name="book windows", task_run_name="book {agreement.company}", persist_result=False)
def book_windows_of(agreement: Agreement) -> ClientBooking:
    """What is due for one client. Run again, it books nothing twice; it never raises, so that the others go on."""
    return booking.book_one(desk(), agreement)


@task(name="show what was booked", persist_result=False)
def show_bookings(bookings: Sequence[ClientBooking]) -> None:
    """The table is kept under one key, so that its history shows."""
    rows = booking_markdown(desk(), bookings)
    if rows:
        create_markdown_artifact(rows, key="windows-booked", description=in_a_sentence(bookings))


def ended(bookings: Sequence[ClientBooking]) -> State[None]:
    """The run's last word. Whoever could not be booked needs a person, and so the run does not pass."""
    sentence = in_a_sentence(bookings)
    get_run_logger().info(sentence)
    needs_a_person = any(each.needs_a_person for each in bookings)
    return Failed(message=sentence) if needs_a_person else Completed(message=sentence)
