"""Tasks of what is looked after at fixed times. The next run is the next try, so none is tried again in itself."""

from datetime import timedelta

from prefect import State, get_run_logger, task
from prefect.events import emit_event
from prefect.states import Completed

from clientdesk.ports.mail import Reports
from clientdesk.steps import housekeeping
from clientdesk.steps.housekeeping import Done
from clientdesk.wiring import desk, reports_of, the_settings

UNCERTAIN = "clientdesk.mail.uncertain"
_REPORT_DAYS = 30  # a mail server gives up after five; more would be read again and again for nothing


@task(name="end offers", persist_result=False)
def end_offers() -> Done:
    """After 24:00 local time of their last day."""
    return housekeeping.end_offers(desk())


@task(name="remind clients", persist_result=False)
def remind_clients() -> Done:
    """Drafts alone: a person approves each."""
    return housekeeping.remind_clients(desk())


@task(name="send what is due", persist_result=False)
def send_due() -> Done:
    """Each mail is claimed before it is handed over, so two runs at once send none twice."""
    return housekeeping.send_mail(desk())


@task(name="read delivery reports", persist_result=False)
def read_reports() -> Done:
    """From the mailbox that is configured; it is left as it is."""
    return housekeeping.read_bounces(desk(), _mailbox())


@task(name="read answers to invitations", persist_result=False)
def read_answers() -> Done:
    """From the same mailbox."""
    return housekeeping.read_answers(desk(), _mailbox())


@task(name="sweep clones", persist_result=False)
def sweep_clones() -> Done:
    """Of the machine that this run is on."""
    return housekeeping.sweep_clones(desk())


def said(done: Done) -> State[None]:
    """The sentence, as the run's last word and in its log; each uncertain mail is an event."""
    get_run_logger().info(done.sentence)
    for mail in done.uncertain:
        tell_uncertain(mail)
    return Completed(message=done.sentence)


def tell_uncertain(mail: str) -> None:
    """For whoever listens: an automation tells the team."""
    emit_event(UNCERTAIN, resource={"prefect.resource.id": f"clientdesk.mail.{mail}"})


def _mailbox() -> Reports | None:
    settings = the_settings()
    return reports_of(settings, None, desk().today() - timedelta(days=_REPORT_DAYS)) if settings.reports else None
