"""Tasks that change one window in a person's name; a day that will not do is asked for again."""

from collections.abc import Callable
from datetime import date
from itertools import count

from prefect import get_run_logger, task

from clientdesk.documents.markdown import text
from clientdesk.forms.windows import CallOff, CallOffForm, ExtraWindowForm, RescheduleForm, another_day
from clientdesk.ports.records import NoFreeWindow
from clientdesk.steps import another_day as days
from clientdesk.steps import window_changes
from clientdesk.steps.another_day import Tried
from clientdesk.steps.booking_summary import in_a_line, in_words
from clientdesk.steps.looking_up import window_named
from clientdesk.wiring import desk
from tasks.choosing import AGREEMENT, WINDOW, known
from tasks.once import ONCE
from tasks.waiting import can_wait, filled_in, patience

_PROBLEM = 600


@task(name="move the window", task_run_name="move the window to {to}", persist_result=True, cache_policy=ONCE)
def reschedule(turn: int, window: str, to: date, by: str, why: str) -> Tried:  # noqa: ARG001 (`turn` tells two apart)
    """Kept for the run: a day that was full must not be taken once it is free, for another was chosen since."""
    return days.try_to_move(desk(), window, to, by, why)


@task(name="book one more window", task_run_name="book one more window on {on}", persist_result=True, cache_policy=ONCE)
def book_extra(turn: int, client: str, on: date, by: str, why: str) -> Tried:  # noqa: ARG001 (as above)
    """Kept for the run, as above."""
    return days.try_to_book(desk(), client, on, by, why)


@task(name="call the window off", persist_result=False)
def call_off(window: str, form: CallOffForm) -> str:
    """Those after it stay where they are."""
    record = window_named(desk().windows, window, desk().today())
    change = window_changes.skip if form.how is CallOff.SKIP else window_changes.cancel
    return in_a_line(desk(), change(desk(), record, form.by, form.why))


def moved(form: RescheduleForm) -> str:
    """How the window stands in the end."""
    window = known(WINDOW, form.window)
    return _said(_on_a_day(form.to, lambda turn, day: reschedule(turn, window, day, form.by, form.why)))


def booked(form: ExtraWindowForm) -> str:
    """How the new window stands; run again, it is the one that is there."""
    client = known(AGREEMENT, form.client)
    return _said(_on_a_day(form.on, lambda turn, day: book_extra(turn, client, day, form.by, form.why)))


def called_off(form: CallOffForm) -> str:
    """How the window stands after it."""
    return _said(call_off(known(WINDOW, form.window), form))


def _on_a_day(wanted: date, change: Callable[[int, date], Tried]) -> str:
    """Tried until a day will do or nobody wants one; where nobody can be asked, the first problem is raised."""
    for turn in count(1):
        tried = change(turn, wanted)
        if tried.said:
            return tried.said
        if not can_wait():
            raise NoFreeWindow(tried.problem)
        form = another_day({in_words(desk(), day): day for day in tried.days})
        word = filled_in(form, f"{text(tried.question, _PROBLEM)}.", f"another-day-{turn}", patience())
        if word.is_stopped:
            return "left as it is"
        wanted = word.chosen or wanted
    raise AssertionError("count has no end")


def _said(sentence: str) -> str:
    get_run_logger().info(sentence)
    return sentence
