"""Tasks that put brief, audits, estimate and proposal on the run's pages; the same key again adds to its history."""

from prefect import task
from prefect.artifacts import create_markdown_artifact

from clientdesk.steps import showing
from clientdesk.steps.intake import IntakeBrief
from clientdesk.steps.showing import key_of
from clientdesk.wiring import desk
from tasks.once import ONCE


@task(name="show brief", persist_result=True, cache_policy=ONCE)
def show_brief(brief: IntakeBrief) -> None:
    """Who called, and whether we are right for them."""
    create_markdown_artifact(
        showing.brief_of(desk(), brief), key=key_of(desk(), "intake", brief.client), description="Intake brief"
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
