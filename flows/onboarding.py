"""Onboarding: from the intro call to a proposal in the client's hands and a window held for them."""

from prefect import flow

from clientdesk.forms import OnboardingForm
from clientdesk.steps.onboarding import Onboarding, onboarding_of
from flows.intro_call import hold_intro_call
from flows.light_audit import audit_repository
from flows.proposal import propose
from tasks.auditing import ask_engineer


@flow(name="onboarding", flow_run_name="onboarding/{intake.company}")
def onboard_client(intake: OnboardingForm) -> Onboarding:
    """Take a client from the first call to a priced proposal with a first maintenance window.

    Two people decide on the way: an engineer signs the audit off, the account lead approves the sending.

    Args:
        intake: What was said in the intro call.
    """
    brief = hold_intro_call(intake)
    audits = [audit_repository(brief.client, repository) for repository in intake.repositories]
    if not ask_engineer(audits).is_yes:
        return onboarding_of(brief, audits, None)
    return onboarding_of(brief, audits, propose(brief.client, audits))
