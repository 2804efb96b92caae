"""Onboarding: from the intro call to a proposal in the client's hands and a window held for them."""

from collections.abc import Sequence
from itertools import count
from typing import Annotated

from prefect import flow

from clientdesk.forms.intake import OnboardingForm, RepositoryForm
from clientdesk.forms.titles import form
from clientdesk.steps.onboarding import Onboarding, onboarding_of
from flows.intro_call import hold_intro_call
from flows.light_audit import audit_repository
from flows.proposal import propose_to
from tasks.deciding import engineer_decides
from tasks.showing import show_audits


@flow(name="onboarding", flow_run_name="onboarding/{intake.company}", persist_result=True)
def onboard_client(intake: Annotated[OnboardingForm, form("Intro call")]) -> Onboarding:
    """Take a client from the first call to a priced proposal with a first maintenance window.

    Two people decide on the way: an engineer signs the audit off, the account lead approves the sending. Run from the
    server's pages it then waits for the client's answer.

    Args:
        intake: What was said in the intro call.
    """
    brief = hold_intro_call(intake)
    audits, are_right = _signed_off(brief.client, intake.repositories)
    return onboarding_of(brief, audits, propose_to(brief.client, audits) if are_right else None)


def _signed_off(client: str, repositories: Sequence[RepositoryForm]) -> tuple[list[str], bool]:
    """The audits of all repositories, made again as often as the engineer says so, and whether they are right."""
    for attempt in count(1):
        audits = [audit_repository(client, repository) for repository in repositories]
        show_audits(client, audits, "as measured")
        word = engineer_decides(audits, attempt)
        if not word.wants_redo:
            break
    if word.is_yes:
        show_audits(client, audits, "signed off")
    return audits, word.is_yes
