"""The post: mails that are due go out, mails that came back are marked."""

from prefect import State, flow

from tasks.housekeeping import read_answers, read_reports, said, send_due


@flow(name="send-mail", flow_run_name="send-mail", persist_result=False)
def send_mail() -> State[None]:
    """Hand over what is approved, and what a server put off before. No mail goes out twice."""
    return said(send_due())


@flow(name="read-bounces", flow_run_name="read-bounces", persist_result=False)
def read_bounces() -> State[None]:
    """Read the delivery reports of the last 30 days and mark the mails that came back."""
    return said(read_reports())


@flow(name="read-answers", persist_result=False)
def read_invitation_answers() -> State[None]:
    """Read what clients' calendars answered to invitations in the last 30 days; a no is told to the team."""
    return said(read_answers())
