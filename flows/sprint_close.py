"""Sprints end with their box: audited again, what is unfinished rolled on, the outcome told."""

from typing import Annotated

from prefect import State, flow

from clientdesk.forms.titles import titled
from flows.light_audit import audit_repository
from tasks.choosing import SPRINT, known
from tasks.sending import deliver_mail
from tasks.sprints import (
    END,
    all_ended,
    client_of,
    close_sprint,
    keep_audited,
    publish_outcome,
    shown,
    sprints_to_close,
    to_audit,
)


@flow(name="close-due-sprints", persist_result=False)
def close_due_sprints() -> State[None]:
    """Close every sprint whose box is over for an hour, each once, and go on with those that were broken off.

    One that fails stops none of the others.
    """
    return all_ended("closed", [end_sprint(window, return_state=True) for window in sprints_to_close()])


@flow(name="sprint-close", flow_run_name="sprint-close/{window}", persist_result=False)
def end_sprint(window: Annotated[str, titled("Window")]) -> State[None]:
    """Close one sprint: audit again, roll what is unfinished, write the outcome report.

    The client's mail is a draft: the account lead approves it. Run again, it does nothing twice.

    Args:
        window: The client's name (the sprint that runs is meant), or the window's id.
    """
    window = known(SPRINT, window)
    client = client_of(window)
    for repository in to_audit(window, END):
        audit = audit_repository(client, repository, announce=False, return_state=True)
        keep_audited(window, END, repository, audit)
    close_sprint(window)
    for mail in publish_outcome(window):
        deliver_mail(mail)
    return shown(window)
