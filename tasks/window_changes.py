"""Tasks that change one window in a person's name."""

from prefect import get_run_logger, task

from clientdesk.forms.windows import CallOff, CallOffForm, ExtraWindowForm, RescheduleForm
from clientdesk.ports.windows import WindowRecord
from clientdesk.steps import window_changes
from clientdesk.steps.booking_summary import in_a_line
from clientdesk.steps.looking_up import agreement_named, window_named
from clientdesk.wiring import desk


@task(name="move the window", persist_result=False)
def reschedule(form: RescheduleForm) -> str:
    """Where the day is full, the refusal names three others."""
    record = window_named(desk().windows, form.window, desk().today())
    return _said(window_changes.reschedule(desk(), record, form.to, form.by, form.why))


@task(name="call the window off", persist_result=False)
def call_off(form: CallOffForm) -> str:
    """Those after it stay where they are."""
    record = window_named(desk().windows, form.window, desk().today())
    change = window_changes.skip if form.how is CallOff.SKIP else window_changes.cancel
    return _said(change(desk(), record, form.by, form.why))


@task(name="book one more window", persist_result=False)
def book_extra(form: ExtraWindowForm) -> str:
    """Run again, it is the one that is there."""
    agreement = agreement_named(desk().windows, form.client)
    return _said(window_changes.book_extra(desk(), agreement, form.on, form.by, form.why))


def _said(record: WindowRecord) -> str:
    sentence = in_a_line(desk(), record)
    get_run_logger().info(sentence)
    return sentence
