"""What a run's pages show: brief, audits, estimate, proposal. The same key adds to its history."""

from collections.abc import Sequence
from time import monotonic
from typing import cast
from uuid import UUID

from prefect import task
from prefect.artifacts import create_markdown_artifact, create_progress_artifact, update_progress_artifact
from prefect.futures import PrefectFuture, as_completed

from clientdesk.audit.result import CheckResult
from clientdesk.documents.markdown import text
from clientdesk.steps import showing
from clientdesk.steps.intake import IntakeBrief
from clientdesk.steps.showing import key_of, repository_key_of
from clientdesk.wiring import desk
from tasks.once import ONCE

_TELL_SECONDS = 1.0  # people look no oftener, and each time is a write of the server's


@task(name="show brief", persist_result=True, cache_policy=ONCE)
def show_brief(brief: IntakeBrief) -> None:
    """Who called, and whether we are right for them."""
    create_markdown_artifact(
        showing.brief_of(desk(), brief), key=key_of(desk(), "intake", brief.client), description="Intake brief"
    )


def shown_as_it_goes(client: str, address: str, running: Sequence[PrefectFuture[CheckResult]]) -> list[CheckResult]:
    """The results of the checks as begun, when all are there; until then the run's page shows how many are."""
    key = repository_key_of(desk(), "progress", client, address)
    shown = cast(UUID, create_progress_artifact(0.0, key, _how_far(address, 0, len(running))))
    told = monotonic()
    for done, _ in enumerate(as_completed(list(running)), start=1):
        if done == len(running) or monotonic() - told >= _TELL_SECONDS:
            update_progress_artifact(shown, 100 * done / len(running), _how_far(address, done, len(running)))
            told = monotonic()
    return [check.result() for check in running]


def _how_far(address: str, done: int, checks: int) -> str:
    return f"Audit of {text(address)}: {done} of {checks} checks done"


@task(name="show audit", persist_result=False)
def show_audit(client: str, audit: str) -> None:
    """One repository's summary, on the page of the run that audited it."""
    create_markdown_artifact(
        showing.audits_of(desk(), [audit]),
        key=repository_key_of(desk(), "audit", client, desk().store.audit(audit).repository),
        description="Audit, as measured",
    )


@task(name="show audits", persist_result=True, cache_policy=ONCE)
def show_audits(client: str, audits: list[str], after: str) -> None:
    """The summary and every finding. `after` tells what has changed since they were shown, so that they are again."""
    title = f"Audit, {after}"
    create_markdown_artifact(
        showing.audits_pictured(desk(), audits), key=key_of(desk(), "audit", client), description=title
    )
    create_markdown_artifact(
        showing.findings_of(desk(), audits), key=key_of(desk(), "findings", client), description=f"Findings, {after}"
    )


@task(name="show proposal", persist_result=True, cache_policy=ONCE)
def show_proposal(client: str, proposal: str, after: str) -> None:
    """The estimate and what is offered. `after` as for the audits."""
    create_markdown_artifact(
        showing.estimate_shown(desk(), proposal),
        key=key_of(desk(), "estimate", client),
        description=f"Estimate, {after}",
    )
    create_markdown_artifact(
        showing.proposal_shown(desk(), proposal),
        key=key_of(desk(), "proposal", client),
        description=f"Proposal, {after}",
    )
