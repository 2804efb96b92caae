"""Which one is meant: looked up by what was typed, and chosen from a list where that is not clear."""

from dataclasses import replace
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

CLIENT, WINDOW, AGREEMENT, SPRINT, ITEM = Kind.CLIENT, Kind.WINDOW, Kind.AGREEMENT, Kind.SPRINT, Kind.ITEM
_PROBLEM = 1_000


@task(name="find", task_run_name="find {kind.value} {text}", persist_result=True, cache_policy=ONCE)
def find(kind: Kind, text: str, client: str = "") -> Found:
    """Kept for the run: who is registered while it waits must not change who was meant."""
    return choosing.find(desk(), kind, text, client)


@task(name="find audits", persist_result=True, cache_policy=ONCE)
def latest_audits(client: str) -> list[str]:
    """Of each repository; kept for the run, whatever is audited while it waits."""
    return evidence.audits_for(desk(), client)


def audits_for(client: str, names: list[str]) -> list[str]:
    """Those named, each once, or the latest of each repository."""
    named = all_known(Kind.AUDIT, names, client)
    return list(dict.fromkeys(named)) or latest_audits(client)


def registered(client: str, repository: RepositoryForm) -> RepositoryForm:
    """By its name among the client's; another address is left as it is."""
    said = repository.meant()
    address = known(Kind.REPOSITORY, said.address, client)
    return RepositoryForm.of(choosing.repository_meant(desk(), client, replace(said, address=address)))


def all_known(kind: Kind, names: list[str], client: str = "") -> list[str]:
    """The ids of those named; an empty line names nothing."""
    wanted = [name for name in names if name.strip()]
    return [known(kind, name, client, str(place)) for place, name in enumerate(wanted, 1)]


def known(kind: Kind, text: str, client: str = "", place: str = "") -> str:
    """The id of what was named; where nobody can be asked, an unclear name raises `NotFound`.

    `client` is whose repository or audit it is, `place` tells several of one kind apart.
    """
    if choosing.is_id(desk(), kind, text):
        return text
    for number in count(1):
        found = find(kind, text, client)
        if found.id:
            return found.id
        if not found.choices or not can_wait():
            raise NotFound(found.problem)
        form, key = one_of(kind.value.capitalize(), found.choices), "-".join(filter(None, [kind.value, place]))
        said = filled_in(form, text_of(found.question, _PROBLEM), f"which-{key}-{number}", patience())
        text = said.choice
    raise AssertionError("count has no end")
