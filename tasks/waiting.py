"""A run that waits for a person: its process ends, and it begins again at its top once the form is filled in."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from typing import TypeVar

from prefect import suspend_flow_run
from prefect.input.actions import read_flow_run_input
from prefect.input.run_input import RunInput, keyset_from_base_key
from prefect.runtime import deployment
from pydantic import BaseModel

from clientdesk.domain.waiting import AGAIN
from clientdesk.forms.prefilled import prefilled
from clientdesk.steps.hearing import Heard
from clientdesk.wiring import the_settings

Form = TypeVar("Form", bound=BaseModel)


def can_wait() -> bool:
    """Only a deployment's run can be taken up again by a worker."""
    return deployment.id is not None


def patience() -> timedelta:
    """How long a run waits for a person of the team."""
    return timedelta(days=the_settings().decision_days)


def answered(
    form: type[Form],
    question: str,
    facts: Callable[[str], str],
    hear: Callable[[str, Form, str], Heard],
    subject: str,
    within: timedelta,
) -> Heard:
    """Wait until the form is filled in so that it can be taken up; what can't is asked again with all that was said.

    `question` is unique in the run. `facts` gives the Markdown that is decided on, `hear` gets turn, answer, subject.
    """
    problem, values = "", dict[str, object]()
    for number in count(1):
        turn = f"{question}-{number}"
        said = filled_in(prefilled(form, values), _shown(facts(subject), problem), turn, within)
        heard = hear(turn, said, subject)
        if heard.is_final:
            return heard
        problem, subject = heard.problem, heard.proposal or subject
        values = _again(said) if problem else {}
    raise AssertionError("count has no end")


def filled_in(form: type[Form], description: str, key: str, within: timedelta) -> Form:
    """Wait until the form is filled in. `key` is unique in the run; `description` is Markdown."""
    # `RunInput` has no public way to make a form with a description from a model that knows nothing of Prefect.
    waiting = RunInput.subclass_from_base_model_type(form)
    waiting._description = description  # noqa: SLF001 (where Prefect looks for it)
    for name in _names(key):
        said = _said(name)
        if said is not None:
            return form.model_validate(waiting(**said).model_dump())
        if not _was_asked(name):
            # It comes back only where the run has asked under this name before, and no answer was kept. Then what it
            # gives are the form's defaults, which nobody has said.
            suspend_flow_run(wait_for_input=waiting, timeout=int(within.total_seconds()), key=name)
    raise AssertionError("names have no end")


def _names(key: str) -> Iterator[str]:
    """A form that nobody filled in before the run ended is asked again under another name when the run is retried."""
    yield key
    for number in count(1):
        yield f"{key}-{AGAIN}-{number}"


def _said(name: str) -> dict[str, object] | None:
    """The answer that this run was given, None for none: a run that is retried asks only what is open."""
    said = read_flow_run_input(keyset_from_base_key(f"suspended-{name}")["response"])
    return said if isinstance(said, dict) else None


def _was_asked(name: str) -> bool:
    return read_flow_run_input(keyset_from_base_key(f"suspended-{name}")["schema"]) is not None


def _shown(facts: str, problem: str) -> str:
    # No block quote: the pages put quotation marks around one, as if somebody had said it.
    return f"**Please correct:** {problem}\n\n---\n\n{facts}" if problem else facts


def _again(said: BaseModel) -> dict[str, object]:
    """Everything that was filled in, so that nothing is lost."""
    return {name: getattr(said, name) for name in type(said).model_fields}
