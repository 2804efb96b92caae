"""People put down what happens in a sprint."""

from typing import Annotated

from prefect import State, flow
from prefect.states import Completed

from clientdesk.forms.sprint import DoneForm, ExtensionForm, TicketForm, TimeForm
from clientdesk.forms.titles import form
from tasks.sprint_work import collected, done, extended, logged


@flow(name="sprint-log", flow_run_name="log/{worked.item}", persist_result=False)
def log_sprint_time(worked: Annotated[TimeForm, form("Put down time")]) -> State[None]:
    """Put down minutes worked on an item; beyond the box and what was approved they are refused.

    Args:
        worked: On which item, how long, by whom.
    """
    return Completed(message=logged(worked))


@flow(name="sprint-done", flow_run_name="done/{finished.item}", persist_result=False)
def mark_sprint_item_done(finished: Annotated[DoneForm, form("Mark an item done")]) -> State[None]:
    """Mark an item done, with what shows it.

    Args:
        finished: Which item, by whom, and the evidence.
    """
    return Completed(message=done(finished))


@flow(name="sprint-extend", flow_run_name="extend/{approved.sprint}", persist_result=False)
def extend_sprint(approved: Annotated[ExtensionForm, form("Lengthen the box")]) -> State[None]:
    """Lengthen the box of a sprint that runs, as somebody at the client has approved.

    Args:
        approved: Which sprint, how much longer, who approved it and how.
    """
    return Completed(message=extended(approved))


@flow(name="sprint-add", flow_run_name="collect/{reported.client}", persist_result=False)
def collect_for_sprint(reported: Annotated[TicketForm, form("Collect for the next sprint")]) -> State[None]:
    """Collect something small for a client's next sprint.

    Args:
        reported: Whose, what, how long it will likely take.
    """
    return Completed(message=collected(reported))
