"""Tasks of people in a sprint. None is tried again: time that was put down must not be put down twice."""

from prefect import task

from clientdesk.forms.sprint import DoneForm, ExtensionForm, TicketForm, TimeForm
from clientdesk.steps import sprint_showing, sprint_work
from clientdesk.wiring import desk


@task(name="put down time", persist_result=False)
def log_time(form: TimeForm) -> str:
    """Refused beyond the box and what was approved."""
    kept = sprint_work.log(desk(), form.item, form.minutes, form.by, form.note)
    return sprint_showing.in_a_sentence(desk(), kept.window)


@task(name="mark done", persist_result=False)
def mark_done(form: DoneForm) -> str:
    """With what shows it."""
    done = sprint_work.finish(desk(), form.item, form.by, form.evidence)
    return sprint_showing.in_a_sentence(desk(), done.window)


@task(name="lengthen the box", persist_result=False)
def extend(form: ExtensionForm) -> str:
    """As somebody at the client approved."""
    kept = sprint_work.extend(desk(), form.sprint, form.minutes, form.approved_by, form.how, form.by)
    return sprint_showing.in_a_sentence(desk(), kept.window)


@task(name="collect for the next sprint", persist_result=False)
def collect(form: TicketForm) -> str:
    """It waits for the client's next window."""
    item = sprint_work.report(desk(), form.client, form.title, form.minutes, form.priority.value, form.by, form.note)
    return f"{item.work.title}: waits for the next sprint"
