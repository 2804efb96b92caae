"""A whole kick-off and a whole closing in this process; each can be broken off and run again."""

from __future__ import annotations

from clientdesk.ports.sprints import Moment, SprintRecord
from clientdesk.steps import outbox
from clientdesk.steps.desk import Desk
from clientdesk.steps.sprint_audits import audit_here
from clientdesk.steps.sprint_end import close, must_have_begun
from clientdesk.steps.sprint_outcome import publish_outcome
from clientdesk.steps.sprint_plan import plan
from clientdesk.steps.sprint_sheet import publish_sheet


def kick_off(desk: Desk, window: str) -> SprintRecord:
    """Audit, choose, write the sheet, hand the mails over. The sprint has begun already."""
    must_have_begun(desk, window)
    audit_here(desk, window, Moment.START)
    plan(desk, window)
    for mail in publish_sheet(desk, window):
        outbox.deliver_mail(desk, mail)
    return desk.sprints.sprint(window)


def close_up(desk: Desk, window: str) -> SprintRecord:
    """Audit again, roll what is unfinished, write the report, tell the team."""
    must_have_begun(desk, window)
    audit_here(desk, window, Moment.END)
    close(desk, window)
    for mail in publish_outcome(desk, window):
        outbox.deliver_mail(desk, mail)
    return desk.sprints.sprint(window)
