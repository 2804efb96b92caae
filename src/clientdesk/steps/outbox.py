"""The outbox: mails looked at, approved, handed over, and settled by a person where nobody else can."""

from __future__ import annotations

from clientdesk.domain.proposal import IllegalMove, ProposalState
from clientdesk.domain.refusal import Refusal
from clientdesk.ports.mail import UNSENT, Message, MessageState
from clientdesk.steps.delivery import deliver, due, sweep
from clientdesk.steps.desk import Desk

_S = MessageState
_OFFERS = frozenset({"proposal-sent", "reminder"})
_HASH_LENGTH = 64
_SHORTEST_HASH = 8


class NotApproved(Refusal):
    """A mail can't be approved as it is, or by nobody."""


def deliver_mail(desk: Desk, message: str) -> Message:
    """Write the mail's file, then hand it over, once; without a mail server it stays in the folder."""
    now = desk.clock.now()
    desk.outbox.file(desk.store.message(message), now)
    return deliver(desk.store, desk.mailer, message, now)


def preview(desk: Desk, mail: Message, by: str) -> tuple[Message, str]:
    """The mail as somebody has now seen it, and the place of its file; only a draft changes by that.

    What nobody has approved does not lie in the outbox folder, from where people send by hand.
    """
    now = desk.clock.now()
    if mail.state not in {_S.DRAFT, _S.PREVIEWED}:
        return mail, desk.outbox.file(mail, now)
    place = desk.documents.put(f"previews/{mail.id}.eml", mail.source)
    if mail.state is _S.DRAFT:
        mail = desk.store.settle(mail.id, _S.PREVIEWED, f"seen by {by}", now)
    return mail, place


def approve(desk: Desk, mail: Message, sha256: str, by: str) -> Message:
    """Let it go out, as the very bytes whose hash (or its beginning) is given; "" takes the hash as it is."""
    if not by.strip():
        raise NotApproved("say who approves the mail")
    if sha256 and not _is_hash_of(mail, sha256):
        raise NotApproved(f"this mail's hash is {mail.sha256[:16]}…, not {sha256[:16]}: look at it again")
    if mail.state not in {_S.DRAFT, _S.PREVIEWED}:
        raise IllegalMove(f"this mail is {mail.state.value}: only a draft waits for approval")
    return desk.store.settle(mail.id, _S.APPROVED, f"approved by {by}, SHA-256 {mail.sha256}", desk.clock.now())


def reject(desk: Desk, mail: Message, by: str, why: str) -> Message:
    """Keep a mail from going out."""
    if mail.state not in UNSENT:
        raise IllegalMove(f"this mail is {mail.state.value}: only one that has not gone out can be rejected")
    return desk.store.settle(mail.id, _S.REJECTED, f"rejected by {by}: {why}", desk.clock.now())


def send_due(desk: Desk) -> tuple[Message, ...]:
    """Hand over what is due, after naming what a dead sender left behind; each mail as it stands now."""
    now = desk.clock.now()
    swept = sweep(desk.store, now)
    return (*swept, *(deliver_mail(desk, message) for message in due(desk.store, now)))


def resolve(desk: Desk, mail: Message, *, was_sent: bool, by: str, why: str) -> Message:
    """What a person found out about a mail whose fate is uncertain, or about one given up: sent, or to be tried again.

    Only whoever looked can say so, so it is kept in their words. Where there is no mail server, an approved one may
    have been sent by hand.
    """
    now, words = desk.clock.now(), f"{by}: {why}"
    if not by.strip() or not why.strip():
        raise NotApproved("say who found out what became of the mail, and how")
    if mail.state is _S.APPROVED and was_sent and not desk.mailer.is_configured and desk.store.claim(mail.id, now):
        return desk.store.settle(mail.id, _S.SENT, f"sent by hand, says {words}", now)
    if mail.state is _S.UNCERTAIN and was_sent:
        return desk.store.settle(mail.id, _S.SENT, f"it arrived, says {words}", now)
    if mail.state in {_S.UNCERTAIN, _S.REJECTED}:
        if was_sent:
            raise IllegalMove("a rejected mail was not sent: resolve it as not sent, to try it again")
        _must_be_on_offer(desk, mail)
        return desk.store.settle(mail.id, _S.RETRYABLE, f"it did not arrive, says {words}", now, retry_at=now)
    if mail.state is _S.SENDING:
        raise IllegalMove(
            "a sender has this mail in hand: if it died, `clientdesk outbox send` says so after 30 minutes"
        )
    raise IllegalMove(f"this mail is {mail.state.value}: only an uncertain or rejected one is resolved")


def in_a_word(desk: Desk, mail: Message) -> str:
    """How it stands with the mail, for the progress display."""
    if mail.state is MessageState.APPROVED and not desk.mailer.is_configured:
        return "in the outbox; no mail server is set"
    return f"{mail.state.value}: {mail.detail}" if mail.detail else mail.state.value


def _must_be_on_offer(desk: Desk, mail: Message) -> None:
    """What was held back because the client can't take it any more does not go out after all."""
    kind, _, proposal = mail.key.document.partition(":")
    if kind == "proposal" and mail.key.purpose in _OFFERS:
        state = desk.store.proposal(proposal).state
        if state is not ProposalState.SENT:
            raise IllegalMove(f"the proposal this mail is about is {state.value}: send a revision instead")


def _is_hash_of(mail: Message, text: str) -> bool:
    given = text.strip().lower().rstrip("…")
    return _SHORTEST_HASH <= len(given) <= _HASH_LENGTH and mail.sha256.startswith(given)
