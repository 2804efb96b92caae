"""A person moves a maintenance window, calls it off, or books one more."""

from typing import Annotated

from prefect import State, flow
from prefect.states import Completed

from clientdesk.forms.titles import form
from clientdesk.forms.windows import CallOffForm, ExtraWindowForm, RescheduleForm
from tasks.window_changes import booked, called_off, moved


@flow(name="reschedule-window", flow_run_name="reschedule/{change.window}", persist_result=False)
def reschedule_window(change: Annotated[RescheduleForm, form("Move a window")]) -> State[None]:
    """Move a window to another day, as long as there is time for it. A day that will not do is asked for again.

    Args:
        change: Which window, to which day, who decides and why.
    """
    return Completed(message=moved(change))


@flow(name="call-off-window", flow_run_name="call off/{change.window}", persist_result=False)
def call_off_window(change: Annotated[CallOffForm, form("Call a window off")]) -> State[None]:
    """Skip or cancel a window; those after it stay where they are.

    Args:
        change: Which window, who decides and why.
    """
    return Completed(message=called_off(change))


@flow(name="book-extra-window", flow_run_name="book/{wanted.client}", persist_result=False)
def book_extra_window(wanted: Annotated[ExtraWindowForm, form("Book one more window")]) -> State[None]:
    """Book one more window for a client, beside those that fall due.

    Args:
        wanted: For whom, on which day, who decides and why.
    """
    return Completed(message=booked(wanted))
