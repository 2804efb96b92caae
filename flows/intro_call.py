"""The intro call: who the client is, whether the code can be reached, whether we are right for them."""

from typing import Annotated

from prefect import flow

from clientdesk.forms.intake import OnboardingForm
from clientdesk.forms.titles import form
from clientdesk.steps.intake import IntakeBrief
from tasks.intake import register_client
from tasks.showing import show_brief


@flow(name="intro-call", flow_run_name="intro-call/{intake.company}", persist_result=True)
def hold_intro_call(intake: Annotated[OnboardingForm, form("Intro call")]) -> IntakeBrief:
    """Record the intro call and judge the fit.

    Changes nothing at the client's: each repository is only looked at, for seconds.

    Args:
        intake: What was said in the call.
    """
    brief = register_client(intake)
    show_brief(brief)
    return brief
