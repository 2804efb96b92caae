"""Sprints begin when their windows do: audited, planned, written down and mailed."""

from typing import Annotated

from prefect import State, flow

from clientdesk.forms.titles import titled
from flows.light_audit import audit_repository
from tasks.choosing import WINDOW, known
from tasks.sending import deliver_mail
from tasks.sprints import (
    START,
    all_ended,
    begin_due_sprints,
    begin_sprint,
    keep_audited,
    plan_sprint,
    publish_sheet,
    shown,
    to_audit,
)


@flow(name="start-due-sprints", persist_result=False)
def start_due_sprints() -> State[None]:
    """Start every sprint whose window has begun, each once, and go on with those that were broken off.

    One that fails stops none of the others. After a time without a server they start late, and say so.
    """
    due = begin_due_sprints()
    runs = [kick_off_sprint(window, return_state=True) for window in due.windows]
    return all_ended("started", runs, due.refused)


@flow(name="sprint-kickoff", flow_run_name="sprint-kickoff/{window}", persist_result=False)
def kick_off_sprint(window: Annotated[str, titled("Window")]) -> State[None]:
    """Kick one sprint off: audit, choose what fits the box, write the sheet, mail client and team.

    Run again, it does nothing twice.

    Args:
        window: The client's name (its next window is meant), or the window's id. Its time has come.
    """
    window = known(WINDOW, window)
    client = begin_sprint(window)
    for repository in to_audit(window, START):
        audit = audit_repository(client, repository, announce=False, return_state=True)
        keep_audited(window, START, repository, audit)
    plan_sprint(window)
    for mail in publish_sheet(window):
        deliver_mail(mail)
    return shown(window)
