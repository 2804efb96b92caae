"""What people do in a sprint. No task is tried again: time that was put down must not be put down twice."""

from prefect import task

from clientdesk.forms.sprint import DoneForm, ExtensionForm, TicketForm, TimeForm
from clientdesk.steps import sprint_showing, sprint_work
from clientdesk.wiring import desk
from tasks.choosing import CLIENT, ITEM, SPRINT, known


@task(name="put down time", persist_result=False)
def log_time(item: str, form: TimeForm) -> str:
    """Refused beyond the box and what was approved."""
    kept = sprint_work.log(desk(), item, form.minutes, form.by, form.note)
    return sprint_showing.in_a_sentence(desk(), kept.window)


@task(name="mark done", persist_result=False)
def mark_done(item: str, form: DoneForm) -> str:
    """With what shows it."""
    done = sprint_work.finish(desk(), item, form.by, form.evidence)
    return sprint_showing.in_a_sentence(desk(), done.window)


@task(name="lengthen the box", persist_result=False)
def extend(sprint: str, form: ExtensionForm) -> str:
    """As somebody at the client approved."""
    kept = sprint_work.extend(desk(), sprint, form.minutes, form.approved_by, form.how, form.by)
    return sprint_showing.in_a_sentence(desk(), kept.window)


@task(name="collect for the next sprint", persist_result=False)
def collect(client: str, form: TicketForm) -> str:
    """It waits for the client's next window."""
    item = sprint_work.report(desk(), client, form.title, form.minutes, form.priority.value, form.by, form.note)
    return f"{item.work.title}: waits for the next sprint"


def logged(form: TimeForm) -> str:
    """How the sprint stands after it."""
    return log_time(known(ITEM, form.item), form)


def done(form: DoneForm) -> str:
    """How the sprint stands after it."""
    return mark_done(known(ITEM, form.item), form)


def extended(form: ExtensionForm) -> str:
    """How the sprint stands after it."""
    return extend(known(SPRINT, form.sprint), form)


def collected(form: TicketForm) -> str:
    """What waits for which sprint."""
    return collect(known(CLIENT, form.client), form)
