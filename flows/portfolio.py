"""The round through the portfolio: every client's repositories audited anew, and what has moved since."""

from typing import Annotated

from prefect import State, flow
from prefect.task_runners import ThreadPoolTaskRunner

from clientdesk.forms.titles import titled
from tasks.portfolio import audit_by_worker, ended, mail_summary, round_through, sum_up


@flow(
    name="audit-portfolio",
    flow_run_name="audit-portfolio",
    persist_result=False,
    # So many wait for their end at once; how many are audited at once is the limit of the deployment light-audit.
    task_runner=ThreadPoolTaskRunner(max_workers=8),  # type: ignore[arg-type] # prefect types its own runner too narrowly
)
def audit_portfolio(clients: Annotated[list[str], titled("Clients")] = []) -> State[None]:  # noqa: B006 (never changed; the form shows an empty list)
    """Audit the repositories of all clients anew, each in a run of its own, and mail the team what has moved.

    One that fails stops none of the others.

    Args:
        clients: Names (or ids) of the clients to audit. Empty: all who have not turned us down.
    """
    through = round_through(clients)
    running = [audit_by_worker.submit(target) for target in through.targets]
    tried = [audit.result() for audit in running]
    summary = sum_up(tried, through)
    mail_summary(tried, summary)
    return ended(summary)
