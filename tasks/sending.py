"""Tasks of the outbox."""

from prefect import task

from clientdesk.ports.mail import Message, MessageState
from clientdesk.steps import outbox
from clientdesk.wiring import desk
from tasks.housekeeping import tell_uncertain
from tasks.once import ONCE


@task(name="deliver mail", persist_result=True, cache_policy=ONCE)
def deliver_mail(message: str) -> str:
    """Hand the mail over, once; returns how that ended. Without a mail server it stays in the outbox folder."""
    with desk().progress.step("E-mail") as say:
        mail = hand_over(message)
        say(outbox.in_a_word(desk(), mail))
    return mail.state.value


def hand_over(message: str) -> Message:
    """Within a task; where nobody knows whether it went out, that is an event."""
    mail = outbox.deliver_mail(desk(), message)
    if mail.state is MessageState.UNCERTAIN:
        tell_uncertain(mail.id)
    return mail
