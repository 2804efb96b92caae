"""Tasks of the intro call."""

from prefect import State, task

from clientdesk.forms.intake import OnboardingForm
from clientdesk.ports.records import StoreUnavailable
from clientdesk.steps import intake
from clientdesk.steps.intake import IntakeBrief
from clientdesk.wiring import desk


def _store_is_away(_task: object, _run: object, state: State[IntakeBrief]) -> bool:
    """It is the run's first look at the records: their server may be in the middle of a restart."""
    return isinstance(state.result(raise_on_failure=False), StoreUnavailable)


@task(
    name="register client",
    task_run_name="register {form.company}",
    persist_result=False,
    retries=3,
    retry_delay_seconds=[2, 5, 15],
    retry_condition_fn=_store_is_away,
)
def register_client(form: OnboardingForm) -> IntakeBrief:
    """Keep the call and judge the fit. A client who is known is updated, so a second run makes no twin."""
    with desk().progress.step("Intro call") as say:
        brief = intake.hold_intro_call(desk(), form.intro_call(desk().agency.proposals.locale))
        say(brief.fit.verdict.value.replace("_", " "))
    return brief
