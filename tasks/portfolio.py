"""Tasks of the round through the portfolio: each repository is a run of its own, wherever a worker is free."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import cast

from prefect import State, get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import FlowRun
from prefect.deployments import run_deployment
from prefect.exceptions import MissingResult
from prefect.runtime import flow_run
from prefect.states import Completed

from clientdesk.documents.portfolio import Portfolio, in_a_sentence, portfolio_markdown
from clientdesk.steps import portfolio
from clientdesk.steps.portfolio import Round, Target, Tried
from clientdesk.wiring import desk
from tasks.choosing import CLIENT, all_known
from tasks.endings import why
from tasks.sending import hand_over

AUDIT = "light-audit/light-audit"
# The summary tells of its end: such a run that fails is no notice of its own.
TAG = "portfolio"
_SECONDS = 12 * 3600.0
_POLL_SECONDS = 5.0


def round_through(clients: Sequence[str]) -> Round:
    """Whose repositories are audited, and who is left out. A name that is not clear is asked for."""
    return portfolio.round_through(desk(), all_known(CLIENT, list(clients)))


@task(
    name="audit by a worker",
    task_run_name="audit {target.repository.address}",
    persist_result=False,
    retries=5,
    retry_delay_seconds=20,
)
def audit_by_worker(target: Target) -> Tried:
    """Have it audited, and wait. Tried again where the server was away: by its key that is the same run."""
    run = run_deployment(
        AUDIT,
        parameters={"client": target.client, "repository": asdict(target.repository), "announce": False},
        timeout=_SECONDS,
        poll_interval=_POLL_SECONDS,
        tags=[TAG],
        idempotency_key=f"{flow_run.id} {target.client} {target.repository.address} {target.repository.ref}",
        as_subflow=False,
    )
    return _ended(target, cast(FlowRun, run))


@task(name="sum up", persist_result=False)
def sum_up(tried: Sequence[Tried], done: Round) -> Portfolio:
    """Each repository beside its last audit before; the table is kept under one key, so that its history shows."""
    summary = portfolio.portfolio_of(desk(), tried, done.left_out)
    create_markdown_artifact(portfolio_markdown(summary), key="portfolio", description=in_a_sentence(summary))
    return summary


@task(name="tell the team", persist_result=False)
def mail_summary(tried: Sequence[Tried], summary: Portfolio) -> None:
    """Once for the same audits."""
    if tried:
        hand_over(portfolio.announce_portfolio(desk(), tried, summary).id)


def ended(summary: Portfolio) -> State[None]:
    """The round's last word. One that failed is in the table and the mail: the round itself has done its work."""
    get_run_logger().info(in_a_sentence(summary))
    return Completed(message=in_a_sentence(summary))


def _ended(target: Target, run: FlowRun) -> Tried:
    state = run.state
    if state is None or not state.is_final():
        return Tried(target, problem=f"no end within {_SECONDS / 3600:.0f} hours: is a worker free?")
    if not state.is_completed():
        return Tried(target, problem=why(state.message or "") or f"{state.name}")
    try:
        return Tried(target, audit=str(state.result()))
    except (MissingResult, OSError, ValueError):
        words = "audited, but this machine can't read the run's result: give all workers one result storage"
        return Tried(target, problem=words)
