"""Tasks of the light audit."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import NAMESPACE_OID, uuid5

from prefect import State, task
from prefect.context import FlowRunContext

from clientdesk.audit.result import CheckResult
from clientdesk.forms.intake import RepositoryForm
from clientdesk.ports.checkouts import CheckoutRef, Unreachable
from clientdesk.ports.records import StoreUnavailable
from clientdesk.steps import announcing, auditing
from clientdesk.steps.outbox import in_a_word
from clientdesk.wiring import desk
from tasks.pages import started_page
from tasks.sending import hand_over

check_ids = auditing.check_ids


def _may_heal(_task: object, _run: object, state: State[CheckoutRef]) -> bool:
    return isinstance(state.result(raise_on_failure=False), (Unreachable, StoreUnavailable))


@task(
    name="clone",
    task_run_name="clone {repository.address}",
    persist_result=False,
    retries=2,
    retry_delay_seconds=[2, 10],
    retry_condition_fn=_may_heal,
)
def clone(repository: RepositoryForm) -> CheckoutRef:
    """Get the code. Tried again only where that may help: not for a wrong address."""
    with desk().progress.step(f"Clone {repository.address}"):
        return desk().checkouts.fetch(repository.meant())


@contextmanager
def cloned(repository: RepositoryForm) -> Iterator[CheckoutRef]:
    """The clone for as long as it is looked at; it is removed however the audit ends."""
    checkout = clone(repository)
    try:
        yield checkout
    finally:
        desk().checkouts.discard(checkout)


@task(name="check", task_run_name="check {check}", persist_result=False)
def check_repository(check: str, checkout: CheckoutRef) -> CheckResult:
    """Run one check. It never raises for what the check met: that is an outcome of its own."""
    return auditing.check_repository(desk(), check, checkout)


@task(name="keep audit", persist_result=False)
def keep_audit(client: str, checkout: CheckoutRef, results: list[CheckResult]) -> str:
    """Put the report together and keep it; returns the audit's id. An attempt after a lost one finds what that kept."""
    return auditing.keep_audit(desk(), client, checkout, results, _of_this_call()).id


def _of_this_call() -> str:
    """An id of its own for each time that the flow is called, the same in all attempts; "" outside of a flow."""
    here = FlowRunContext.get()
    if here is None or here.flow_run is None:
        return ""
    # A run inside another is made anew by each attempt; the task run that stands for it there is not.
    return uuid5(NAMESPACE_OID, f"audit {here.flow_run.parent_task_run_id or here.flow_run.id}").hex


def announce_audit(audit: str) -> None:
    """Mail the team, once for each audit; whoever sits at the terminal sees it there."""
    if desk().decisions is None:
        mail_announcement(audit)


@task(name="announce audit", task_run_name="announce {audit}", persist_result=False)
def mail_announcement(audit: str) -> None:
    """Put it into the outbox and hand it over; a server that is away is tried again by the outbox, not here."""
    with desk().progress.step("Tell the team") as say:
        mail = announcing.announce_audit(desk(), audit, started_page())
        say(in_a_word(desk(), hand_over(mail.id)))
