"""The sprint sheet: written once, printed, and mailed to the client and the team."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from clientdesk.documents.sprint_facts import SprintFacts
from clientdesk.documents.sprint_sheet import sheet_view, started_letter
from clientdesk.ports.mail import MessageState
from clientdesk.ports.sprints import Moment, SprintRecord
from clientdesk.steps.desk import Desk
from clientdesk.steps.sprint_audits import audited
from clientdesk.steps.sprint_papers import mailed, printed
from clientdesk.steps.sprint_plan import secrets_due
from clientdesk.steps.sprint_start import late_of

_LETTER = "sprint-started"


def publish_sheet(desk: Desk, window: str) -> tuple[str, ...]:
    """Write the sheet (PDF and page) and put both mails into the outbox; returns the mails' ids.

    The client's mail goes out without a further look: the window was agreed on, and nobody should wait for it at nine
    in the morning. Run again, the sheet that stands is the one that is mailed, and no mail is made twice.
    """
    sprint = desk.sprints.sprint(window)
    facts = cache(lambda: facts_of(desk, sprint, Moment.START))
    name = sprint.sheet or _printed(desk, sprint, facts())
    mails = mailed(desk, sprint, _LETTER, lambda place: _letter(desk, facts(), place), name, MessageState.APPROVED)
    desk.sprints.keep_sheet(window, name)
    return tuple(mail.id for mail in mails)


def facts_of(desk: Desk, sprint: SprintRecord, moment: Moment) -> SprintFacts:
    """What is known of the sprint at its start or its end."""
    call, record = desk.store.latest_call(sprint.client), desk.windows.window(sprint.window)
    following = desk.windows.next_after(sprint.window)
    return SprintFacts(
        company=call.company,
        contact=call.contacts[0].name,
        locale=call.locale,
        window=record.window,
        started_at=sprint.started_at,
        late=late_of(sprint),
        box_minutes=sprint.box_minutes,
        items=desk.sprints.items_in(sprint.window),
        repositories=audited(desk, sprint.window, moment),
        secrets=secrets_due(desk, sprint),
        next_window=following.window if following else None,
    )


def in_team_language(desk: Desk, facts: SprintFacts) -> SprintFacts:
    return replace(facts, locale=desk.agency.proposals.locale)


def _letter(desk: Desk, facts: SprintFacts, place: str) -> dict[str, object]:
    told = in_team_language(desk, facts) if place else facts
    return started_letter(told, desk.agency, place, to_team=bool(place))


def _printed(desk: Desk, sprint: SprintRecord, facts: SprintFacts) -> str:
    with desk.progress.step("Sprint sheet"):
        view = sheet_view(facts, desk.agency)
        return printed(desk, sprint, "sheet", "sprint-sheet", view, sprint.started_at)
