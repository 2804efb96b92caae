"""`clientdesk outbox`: the mails, looked at, approved, sent, and settled by a person where nobody else can."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clientdesk.cli.person import person

if TYPE_CHECKING:
    from clientdesk.ports.mail import Message

_by = click.option("--by", default="", metavar="NAME", help="Who decides.  [default: your login]")


@click.group()
def outbox() -> None:
    """List, look at, approve and send mails; say what became of one whose fate is uncertain; read bounces.

    MAIL is an id, or an id's beginning as `list` prints it.

    \b
    Example:
      clientdesk outbox show 3f9a1c2e
    """


@outbox.command("list")
@click.option("--state", "states", multiple=True, metavar="STATE", help="Only these; may be repeated.")
def list_all(states: tuple[str, ...]) -> None:
    """List mails, oldest first.

    \b
    Example:
      clientdesk outbox list --state uncertain
    """
    from clientdesk.documents.proposal_text import table
    from clientdesk.ports.mail import MessageState
    from clientdesk.steps.looking_up import short
    from clientdesk.steps.outbox import in_a_word
    from clientdesk.wiring import desk

    for state in states:
        if state not in list(MessageState):
            raise click.UsageError(f"--state: {state!r} is none of {', '.join(MessageState)}")
    mails = desk().store.messages(*(MessageState(state) for state in states))
    ids = [mail.id for mail in mails]
    rows = [
        (short(each.id, ids), each.key.purpose, each.key.recipient, each.subject, in_a_word(desk(), each))
        for each in mails
    ]
    click.echo("\n".join(table(rows)) if rows else "no mail")


@outbox.command()
@click.argument("mail")
@_by
def show(mail: str, by: str) -> None:
    """Show a mail as it will go out, and its history; a draft is then previewed.

    \b
    Example:
      clientdesk outbox show 3f9a1c2e
    """
    from clientdesk.cli.mail_view import shown
    from clientdesk.steps import outbox as steps
    from clientdesk.wiring import desk

    seen, place = steps.preview(desk(), _named(mail), person(by))
    click.echo("\n".join(shown(seen, place)))


@outbox.command()
@click.argument("mail")
@click.option("--sha256", default="", metavar="HASH", help="Approve only if the mail is this one, or begins so.")
@_by
def approve(mail: str, sha256: str, by: str) -> None:
    """Let a draft go out as it is: the approval is of its hash. `outbox send` hands it over.

    \b
    Example:
      clientdesk outbox approve 3f9a1c2e --by "Max Lead"
    """
    from clientdesk.steps import outbox as steps
    from clientdesk.wiring import desk

    _say(steps.approve(desk(), _named(mail), sha256, person(by)))


@outbox.command()
@click.argument("mail")
@click.option("--why", required=True, metavar="TEXT", help="The reason; it is kept.")
@_by
def reject(mail: str, why: str, by: str) -> None:
    """Keep a mail from going out.

    \b
    Example:
      clientdesk outbox reject 3f9a1c2e --why "They called; no need to write."
    """
    from clientdesk.steps import outbox as steps
    from clientdesk.wiring import desk

    _say(steps.reject(desk(), _named(mail), person(by), why))


@outbox.command()
@click.argument("mails", metavar="[MAIL]...", nargs=-1)
def send(mails: tuple[str, ...]) -> None:
    """Hand over what is due, or the approved mails named; what may have gone out is never sent again by itself.

    \b
    Examples:
      clientdesk outbox send
      clientdesk outbox send 3f9a1c2e
    """
    from clientdesk.steps import outbox as steps
    from clientdesk.wiring import desk

    named = [_named(mail) for mail in mails]
    done = [steps.deliver_mail(desk(), mail.id) for mail in named] if named else steps.send_due(desk())
    for mail in done:
        _say(mail)
    if not done:
        click.echo("no mail is due")


@outbox.command()
@click.argument("mail")
@click.option("--sent", "fate", flag_value="sent", help="It arrived.")
@click.option("--not-sent", "fate", flag_value="not sent", help="It did not, and is to be tried again.")
@click.option("--why", required=True, metavar="TEXT", help="How you know; it is kept.")
@_by
def resolve(mail: str, fate: str | None, why: str, by: str) -> None:
    """Say what became of an uncertain mail: it arrived, or it did not and is to be tried again.

    Without a mail server, --sent says that an approved mail was sent by hand.

    \b
    Example:
      clientdesk outbox resolve 3f9a1c2e --sent --why "Nora confirmed it on the phone."
    """
    from clientdesk.steps import outbox as steps
    from clientdesk.wiring import desk

    if fate is None:
        raise click.UsageError("say what you found out: --sent or --not-sent")
    _say(steps.resolve(desk(), _named(mail), was_sent=fate == "sent", by=person(by), why=why))


@outbox.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--days", type=click.IntRange(1, 366), default=30, show_default=True, help="How far back, in a mailbox.")
def bounces(folder: Path | None, days: int) -> None:
    """Read delivery reports and mark the mails that came back: from a FOLDER of .eml files, or the mailbox configured.

    The mailbox (CLIENTDESK_IMAP_HOST, _USER, _PASSWORD) is read over TLS and left as it is.

    \b
    Examples:
      clientdesk outbox bounces ~/Mail/bounces
      clientdesk outbox bounces --days 7
    """
    from clientdesk.documents.client_text import printable
    from clientdesk.steps.bouncing import record_bounces
    from clientdesk.wiring import desk, reports_of, the_settings

    since = desk().today() - timedelta(days=days)
    notices = reports_of(the_settings(), folder, since).notices()
    found = record_bounces(desk(), notices)
    for mail in found.bounced:
        _say(mail)
    for mail in found.delayed:
        click.echo(f"delayed: {printable(mail.subject)} to {mail.key.recipient}; the server is still trying")
    for notice in found.unmatched:
        click.echo(f"not ours: {printable(notice.place)}, {notice.recipient or 'no recipient'}")
    click.echo(f"{len(notices)} read: {len(found.bounced)} bounced now, {len(found.known)} settled before")


def _named(text: str) -> Message:
    from clientdesk.steps.looking_up import mail_named
    from clientdesk.wiring import desk

    return mail_named(desk().store, text)


def _say(mail: Message) -> None:
    from clientdesk.documents.client_text import printable
    from clientdesk.steps.looking_up import short
    from clientdesk.steps.outbox import in_a_word
    from clientdesk.wiring import desk

    words = printable(in_a_word(desk(), mail), 300)
    click.echo(f"{short(mail.id)} {printable(mail.subject, 80)} to {mail.key.recipient}: {words}")
