"""What is looked after at fixed times, nobody sitting there; each step says in a sentence what it came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from clientdesk.ports.mail import Message, MessageState, Reports
from clientdesk.steps.bouncing import record_bounces
from clientdesk.steps.desk import Desk
from clientdesk.steps.expiring import expire, remind
from clientdesk.steps.outbox import send_due
from clientdesk.steps.replying import record_replies


@dataclass(frozen=True, slots=True)
class Done:
    """`sentence` for the run's page. `uncertain` are ids of mails whose fate a person has to find out, since now."""

    sentence: str
    uncertain: tuple[str, ...] = ()


def end_offers(desk: Desk) -> Done:
    """End what has run out."""
    numbers = [record.number for record in expire(desk)]
    return Done(f"Ended: {', '.join(numbers)}." if numbers else "No offer has run out.")


def remind_clients(desk: Desk) -> Done:
    """Draft reminders; a person approves them."""
    done = remind(desk)
    drafted = f"Drafted for {_people(done.drafted)}; approve in the outbox." if done.drafted else "Nobody to remind."
    passed = "; ".join(f"{number}: {why}" for number, why in done.passed_over)
    return Done(f"{drafted} Passed over: {passed}." if passed else drafted)


def send_mail(desk: Desk) -> Done:
    """Hand over what is approved or due again. Two at once never hand over the same mail."""
    if not desk.mailer.is_configured:
        return Done("No mail server is set: what is approved lies in the outbox folder.")
    mails = send_due(desk)
    states = Counter(mail.state for mail in mails)
    counted = ", ".join(f"{count} {state.value}" for state, count in sorted(states.items()))
    uncertain = tuple(mail.id for mail in mails if mail.state is MessageState.UNCERTAIN)
    return Done(f"{counted}." if counted else "No mail was due.", uncertain)


def read_bounces(desk: Desk, reports: Reports | None) -> Done:
    """Mark what came back. `reports` None: no mailbox is configured. One that can't be read raises `NoReports`."""
    if reports is None:
        return Done("No mailbox is configured: bounces are not seen.")
    found = record_bounces(desk, reports.notices())
    if not found.bounced:
        return Done(f"Nothing came back. {len(found.delayed)} delayed, {len(found.unmatched)} not ours.")
    return Done(f"Came back: {_people(found.bounced)}. {len(found.delayed)} delayed, {len(found.unmatched)} not ours.")


def read_answers(desk: Desk, reports: Reports | None) -> Done:
    """Record what calendars answered to invitations; a no is told to the team, and moves nothing."""
    if reports is None:
        return Done("No mailbox is configured: answers to invitations are not seen.")
    found = record_replies(desk, reports.replies())
    said = ", ".join(f"{each.attendee} {each.answer.value}" for each in found.recorded)
    return Done(f"{said or 'No new answer'}; {len(found.unmatched)} of others.")


def sweep_clones(desk: Desk) -> Done:
    """Remove clones that killed processes left on this machine."""
    count = desk.checkouts.sweep()
    return Done(f"{count} left behind, removed." if count else "Nothing was left behind.")


def _people(mails: Sequence[Message]) -> str:
    return ", ".join(mail.key.recipient for mail in mails)
