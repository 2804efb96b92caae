"""Tasks that look at the runs on behalf of the team: what failed, what waits, and who has to hear of it."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from prefect import State, task
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterEndTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.responses import SetStateStatus
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Scheduled
from prefect.utilities.urls import url_for

from clientdesk.domain.notices import Trouble, TroubleKind
from clientdesk.domain.waiting import Wait
from clientdesk.steps import telling
from clientdesk.steps.housekeeping import Done
from clientdesk.steps.outbox import deliver_mail
from clientdesk.wiring import channel_of, desk, the_settings
from tasks.endings import why
from tasks.portfolio import TAG
from tasks.sending import hand_over

_LOOK_BACK = timedelta(days=7)
_NEVER_RESUMED = "never resumed"
_OF_A_DEPLOYMENT = FlowRunFilterDeploymentId(is_null_=False)


@task(name="look at runs that failed", persist_result=False)
def failed_runs() -> tuple[Trouble, ...]:
    """Of the last week. Those that a round sums up are told of there."""
    wanted = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.FAILED, StateType.CRASHED])),
        deployment_id=_OF_A_DEPLOYMENT,
        end_time=FlowRunFilterEndTime(after_=desk().clock.now() - _LOOK_BACK),
    )
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(flow_run_filter=wanted, sort=FlowRunSort.END_TIME_DESC)
    return tuple(_trouble(run) for run in runs if TAG not in run.tags)


@task(name="look at runs that wait", persist_result=False)
def waiting_runs() -> tuple[Wait, ...]:
    """For a form that a person fills in."""
    suspended = FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.PAUSED]))
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(flow_run_filter=FlowRunFilter(state=suspended, deployment_id=_OF_A_DEPLOYMENT))
    return tuple(_wait(run) for run in runs)


@task(name="let go of what is settled", persist_result=False)
def let_go(waits: Sequence[Wait]) -> int:
    """Have runs begin again whose answer came by another way: they find it, and end; how many."""
    free = telling.settled(desk(), waits, _every())
    with get_client(sync_client=True) as client:
        return sum(_begins_again(client, wait) for wait in free)


@task(name="remind who decides", persist_result=False)
def remind_deciders(waits: Sequence[Wait]) -> int:
    """Each reminder is one mail, however often this runs; returns how many went out now."""
    mails = telling.remind_deciders(desk(), waits, _every())
    for mail in mails:
        hand_over(mail.id)
    return len(mails)


@task(name="tell the team", persist_result=False)
def tell_team(failed: Sequence[Trouble], waits: Sequence[Wait]) -> Done:
    """What nobody has heard of, in one message. Whoever is reminded by mail needs no second one."""
    channel = channel_of(the_settings())
    waiting = telling.wait_troubles(desk(), waits, _every()) if channel else ()
    troubles = (*failed, *telling.mail_troubles(desk()), *waiting)
    sentence, mail = telling.tell_team(desk(), troubles, channel)
    if mail is not None:
        deliver_mail(desk(), mail.id)  # no event of its own: a notice must not call for another
    return Done(sentence)


def and_also(done: Done, reminded: int, freed: int) -> Done:
    """The sentence with what else was done."""
    more = [f"{reminded} reminded." if reminded else "", f"{freed} let go on." if freed else ""]
    return Done(" ".join(filter(None, [done.sentence, *more])))


def _trouble(run: FlowRun) -> Trouble:
    message = run.state.message or "" if run.state else ""
    is_undecided = _NEVER_RESUMED in message
    kind = TroubleKind.UNDECIDED if is_undecided else TroubleKind.RUN_FAILED
    # The same words with other numbers in them are the same cause, whichever run met it.
    words = re.sub(r"[0-9a-f-]{8,}|\d+", "#", message)[:160]
    ended = run.end_time or desk().clock.now()
    cause = f"run:{run.id}" if is_undecided else f"run:{run.deployment_id}:{words}"
    return Trouble(kind, f"run:{run.id}:{_instant(ended)}", cause, run.name, why(message), ended, _link(run))


def _wait(run: FlowRun) -> Wait:
    state = run.state
    if state is None:
        raise LookupError(f"the run {run.id} has no state")  # it was found by its state
    details = state.state_details
    return Wait(str(run.id), run.name, details.pause_key or "", state.timestamp, details.pause_timeout, _link(run))


def _begins_again(client: SyncPrefectClient, wait: Wait) -> bool:
    state: State[None] = Scheduled(message="The answer came by another way")
    return client.set_flow_run_state(UUID(wait.run), state).status is SetStateStatus.ACCEPT


def _instant(at: datetime) -> str:
    """A run that was taken up again and failed again is another occurrence."""
    return f"{at:%Y%m%dT%H%M%S}"


def _link(run: FlowRun) -> str:
    return url_for("flow-run", obj_id=run.id) or ""


def _every() -> timedelta:
    return timedelta(days=the_settings().reminder_days)
