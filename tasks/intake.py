"""Tasks of the intro call."""

from prefect import task

from clientdesk.forms.intake import OnboardingForm
from clientdesk.steps import intake
from clientdesk.steps.intake import IntakeBrief
from clientdesk.wiring import desk


@task(name="register client", task_run_name="register {form.company}", persist_result=False)
def register_client(form: OnboardingForm) -> IntakeBrief:
    """Keep the call and judge the fit. A client who is known is updated, so a second run makes no twin."""
    with desk().progress.step("Intro call") as say:
        brief = intake.hold_intro_call(desk(), form.intro_call(desk().agency.proposals.locale))
        say(brief.fit.verdict.value.replace("_", " "))
    return brief
