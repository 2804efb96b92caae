"""Tasks of a sprint's kick-off and closing. Each can run again: what was done stands, and the rest is done."""

from collections.abc import Sequence
from typing import Any

from prefect import State, get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.states import Completed, Failed

from clientdesk.documents.markdown import listing, text
from clientdesk.forms.intake import RepositoryForm
from clientdesk.ports.sprints import Moment
from clientdesk.steps import sprint_audits, sprint_end, sprint_outcome, sprint_plan, sprint_sheet, sprint_showing
from clientdesk.steps import sprint_start as starting
from clientdesk.steps.showing import key_of
from clientdesk.steps.sprint_start import DueSprints
from clientdesk.wiring import desk

START, END = Moment.START, Moment.END


@task(name="begin due sprints", persist_result=False)
def begin_due_sprints() -> DueSprints:
    """Begin all whose time has come, before the first is audited; items of windows that were called off roll on."""
    starting.roll_over_passed(desk())
    return starting.begin_due(desk())


@task(name="begin sprint", persist_result=False)
def begin_sprint(window: str) -> str:
    """Returns the client's id. Raises a `Refusal` before the window's time."""
    return starting.begin(desk(), window).client


@task(name="sprints to close", persist_result=False)
def sprints_to_close() -> tuple[str, ...]:
    """Those whose box is over for an hour, and those whose closing was broken off."""
    return sprint_end.due_to_close(desk())


def client_of(window: str) -> str:
    """Raises a `Refusal` where its sprint has not begun."""
    return sprint_end.must_have_begun(desk(), window).client


def to_audit(window: str, moment: Moment) -> list[RepositoryForm]:
    """The client's repositories on which there is no word yet."""
    return [RepositoryForm.of(each) for each in sprint_audits.to_audit(desk(), window, moment)]


def keep_audited(window: str, moment: Moment, repository: RepositoryForm, audit: State[Any]) -> None:
    """How the audit's run ended. What is wrong on our side is raised: the next run makes the audit then."""
    if audit.is_completed():
        keep_look(window, moment, repository, str(audit.result()), "")
    else:
        error = audit.result(raise_on_failure=False)
        keep_look(window, moment, repository, "", sprint_audits.problem_of(_as_error(error)))


@task(name="keep look", task_run_name="look at {repository.address}", persist_result=False)
def keep_look(window: str, moment: Moment, repository: RepositoryForm, audit: str, problem: str) -> None:
    """The audit with what it is compared with, or the problem that kept it away."""
    sprint_audits.keep_look(desk(), window, moment, repository.meant(), audit, problem)


@task(name="plan sprint", persist_result=False)
def plan_sprint(window: str) -> None:
    """Choose what the box takes, once."""
    sprint_plan.plan(desk(), window)


@task(name="publish sprint sheet", persist_result=False)
def publish_sheet(window: str) -> tuple[str, ...]:
    """Returns the mails' ids."""
    return sprint_sheet.publish_sheet(desk(), window)


@task(name="close sprint", persist_result=False)
def close_sprint(window: str) -> None:
    """What is unfinished rolls to the next window, once."""
    sprint_end.close(desk(), window)


@task(name="publish outcome", persist_result=False)
def publish_outcome(window: str) -> tuple[str, ...]:
    """Returns the ids of the mails that go out now; the client's waits for the account lead."""
    return sprint_outcome.publish_outcome(desk(), window)


def shown(window: str) -> State[None]:
    """The items as a table among the artifacts, and the sentence as the run's last word."""
    sentence = sprint_showing.in_a_sentence(desk(), window)
    client = desk().sprints.sprint(window).client
    rows = listing(sprint_showing.item_table(desk(), window))
    create_markdown_artifact(rows, key=key_of(desk(), "sprint", client), description=text(sentence))
    get_run_logger().info(sentence)
    return Completed(message=sentence)


def all_ended(what: str, runs: Sequence[State[Any]], refused: Sequence[tuple[str, str]] = ()) -> State[None]:
    """One that failed stopped none of the others, and fails the round at its end, so that somebody looks."""
    failed = [run for run in runs if not run.is_completed()]
    words = f"{len(runs) - len(failed)} {what}" if runs else f"no sprint was to be {what}"
    if failed or refused:
        problems = "; ".join([*(str(run.message) for run in failed), *(why for _, why in refused)])
        return Failed(message=f"{words}, {len(failed) + len(refused)} failed: {problems}")
    return Completed(message=f"{words}.")


def _as_error(result: object) -> BaseException:
    return result if isinstance(result, BaseException) else RuntimeError("the audit's run ended without a result")
