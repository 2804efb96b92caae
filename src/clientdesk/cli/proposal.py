"""`clientdesk proposal`: the life of a proposal, from its review to the client's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from clientdesk.cli.acceptance import accept
from clientdesk.cli.person import person
from clientdesk.cli.revision import revise

if TYPE_CHECKING:
    from clientdesk.ports.records import ProposalRecord

_by = click.option("--by", default="", metavar="NAME", help="Who decides.  [default: your login]")
_why = click.option("--why", required=True, metavar="TEXT", help="The reason; it is kept.")


@click.group()
def proposal() -> None:
    """List, show, revise, approve and send proposals, and keep what the client answered.

    PROPOSAL is a number (P-2026-0042), an id, or an id's beginning as `list` prints it.

    \b
    Example:
      clientdesk proposal accept P-2026-0042 --by "Nora Feld" --how mail --words "We accept P-2026-0042"
    """


@proposal.command("list")
@click.option("--state", "states", multiple=True, metavar="STATE", help="Only these; may be repeated.")
def list_all(states: tuple[str, ...]) -> None:
    """List proposals, newest first.

    \b
    Example:
      clientdesk proposal list --state sent --state in_review
    """
    from clientdesk.cli.proposal_view import listed
    from clientdesk.domain.proposal import ProposalState

    for state in states:
        if state not in list(ProposalState):
            raise click.UsageError(f"--state: {state!r} is none of {', '.join(ProposalState)}")
    lines = listed(tuple(ProposalState(state) for state in states))
    click.echo("\n".join(lines) if lines else "no proposal: `clientdesk onboard` drafts one")


@proposal.command()
@click.argument("proposal")
def show(proposal: str) -> None:
    """Show all that is known of a proposal: price, lines, window, what was overruled, its moves, mails and answer.

    \b
    Example:
      clientdesk proposal show P-2026-0042
    """
    from clientdesk.cli.proposal_view import shown

    click.echo("\n".join(shown(_named(proposal))))


@proposal.command()
@click.argument("proposal")
@_by
@click.option("--why", default="", metavar="TEXT", help="Remarks.")
def approve(proposal: str, by: str, why: str) -> None:
    """Approve the sending of a proposal in review; nothing goes out yet.

    \b
    Example:
      clientdesk proposal approve 3f9a1c2e --by "Max Lead"
    """
    from clientdesk.domain.proposal import ProposalState
    from clientdesk.wiring import desk

    now = desk().clock.now()
    record = desk().store.move(_named(proposal).id, ProposalState.APPROVED, person(by), now, why)
    _say(record, "`clientdesk proposal send` sends it")


@proposal.command()
@click.argument("proposal")
@_by
def send(proposal: str, by: str) -> None:
    """Number an approved proposal, print it, and hand its mail over; run again, nothing goes out twice.

    \b
    Example:
      clientdesk proposal send 3f9a1c2e
    """
    from clientdesk.steps import outbox, publishing
    from clientdesk.wiring import desk

    record, message = publishing.send_proposal(desk(), _named(proposal).id, person(by))
    mail = outbox.deliver_mail(desk(), message)
    _say(record, f"e-mail: {outbox.in_a_word(desk(), mail)}")
    click.echo(f"PDF: {desk().documents.place(record.pdf)}")


@proposal.command()
@click.argument("proposal")
@click.option("--by", required=True, metavar="NAME", help="Who at the client said no.")
@_why
def decline(proposal: str, by: str, why: str) -> None:
    """Keep the client's no and its reason, give the window back, and draft the thanks for the outbox.

    \b
    Example:
      clientdesk proposal decline P-2026-0042 --by "Nora Feld" --why "The budget is closed until July."
    """
    from clientdesk.steps import answering
    from clientdesk.wiring import desk

    record = answering.decline(desk(), _named(proposal), by, why)
    _say(record, "its window is free again")
    _say_draft(record, "declined")


@proposal.command()
@click.argument("proposal")
@_by
@_why
def withdraw(proposal: str, by: str, why: str) -> None:
    """Take an offer back: its window is free again, and a mail that has not gone out stays here.

    \b
    Example:
      clientdesk proposal withdraw P-2026-0042 --why "We can't staff it this quarter."
    """
    from clientdesk.steps import answering
    from clientdesk.wiring import desk

    _say(answering.withdraw(desk(), _named(proposal), person(by), why), "tell the client, if they have it")


@proposal.command()
def expire() -> None:
    """End the offers whose last day is over (24:00 local time). Run again, it changes nothing more.

    \b
    Example:
      clientdesk proposal expire
    """
    from clientdesk.steps import expiring
    from clientdesk.wiring import desk

    ended = expiring.expire(desk())
    for record in ended:
        _say(record, f"it was valid until {record.valid_until}")
    if not ended:
        click.echo("no offer has run out")


@proposal.command()
def remind() -> None:
    """Draft a reminder for each offer near its last day, once each; approve them in the outbox.

    \b
    Example:
      clientdesk proposal remind
    """
    from clientdesk.steps import expiring
    from clientdesk.steps.looking_up import short
    from clientdesk.wiring import desk

    done = expiring.remind(desk())
    for mail in done.drafted:
        click.echo(f"drafted: {mail.subject} to {mail.key.recipient} (clientdesk outbox show {short(mail.id)})")
    for number, reason in done.passed_over:
        click.echo(f"passed over: {number}, {reason}")
    if not done.drafted and not done.passed_over:
        click.echo("no offer is near its last day")


def _named(text: str) -> ProposalRecord:
    from clientdesk.steps.looking_up import proposal_named
    from clientdesk.wiring import desk

    return proposal_named(desk().store, text)


def _say(record: ProposalRecord, more: str) -> None:
    from clientdesk.documents.client_text import printable
    from clientdesk.steps.looking_up import short

    click.echo(f"{record.number or short(record.id)}: {record.state.value.replace('_', ' ')}; {printable(more, 400)}")


def _say_draft(record: ProposalRecord, purpose: str) -> None:
    from clientdesk.steps import answering
    from clientdesk.steps.looking_up import short
    from clientdesk.wiring import desk

    mail = answering.answer_mail(desk(), record, purpose)
    if mail is not None:
        click.echo(f"drafted: {mail.subject} (clientdesk outbox show {short(mail.id)}, then approve it)")


proposal.add_command(accept)
proposal.add_command(revise)
