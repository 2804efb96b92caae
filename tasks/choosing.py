"""Which one is meant: looked up by what was typed, and chosen from a list where that is not clear."""

from itertools import count

from prefect import task

from clientdesk.documents.markdown import text as text_of
from clientdesk.forms.intake import RepositoryForm
from clientdesk.forms.picking import one_of
from clientdesk.steps import choosing, evidence
from clientdesk.steps.choosing import Found, Kind
from clientdesk.steps.looking_up import NotFound
from clientdesk.wiring import desk
from tasks.once import ONCE
from tasks.waiting import can_wait, filled_in, patience

CLIENT, WINDOW, AGREEMENT, SPRINT = Kind.CLIENT, Kind.WINDOW, Kind.AGREEMENT, Kind.SPRINT
_PROBLEM = 1_000


@task(name="find", task_run_name="find {kind.value} {text}", persist_result=True, cache_policy=ONCE)
def find(kind: Kind, text: str) -> Found:
    """Kept for the run: who is registered while it waits must not change who was meant."""
    return choosing.find(desk(), kind, text)


@task(name="find audits", persist_result=True, cache_policy=ONCE)
def audits_for(client: str, names: list[str]) -> list[str]:
    """Those named, or the latest of each repository; kept for the run, whatever is audited while it waits."""
    return evidence.audits_for(desk(), client, names)


def registered(client: str, repository: RepositoryForm) -> RepositoryForm:
    """By its name among the client's; another address is left as it is."""
    return RepositoryForm.of(choosing.repository_meant(desk(), client, repository.meant()))


def known(kind: Kind, text: str) -> str:
    """The id of what was named; where nobody can be asked, an unclear name raises `NotFound`."""
    if choosing.is_id(desk(), kind, text):
        return text
    for number in count(1):
        found = find(kind, text)
        if found.id:
            return found.id
        if not found.choices or not can_wait():
            raise NotFound(found.problem)
        form = one_of(kind.value.capitalize(), found.choices)
        text = filled_in(form, text_of(found.problem, _PROBLEM), f"which-{kind.value}-{number}", patience()).choice
    raise AssertionError("count has no end")
