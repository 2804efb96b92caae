"""The light audit: one repository cloned, every check run on it, the report kept, the clone removed."""

from typing import Annotated

from prefect import flow
from prefect.task_runners import ThreadPoolTaskRunner

from clientdesk.forms.intake import RepositoryForm
from clientdesk.forms.titles import form, titled
from tasks.auditing import announce_audit, check_ids, check_repository, cloned, keep_audit
from tasks.choosing import CLIENT, known, registered
from tasks.showing import show_audit, shown_as_it_goes


@flow(
    name="light-audit",
    flow_run_name="light-audit/{repository.address}",
    persist_result=True,
    task_runner=ThreadPoolTaskRunner(max_workers=8),  # type: ignore[arg-type] # prefect types its own runner too narrowly
)
def audit_repository(
    client: Annotated[str, titled("Client")],
    repository: Annotated[RepositoryForm, form("Repository")],
    announce: Annotated[bool, titled("Tell the team")] = True,
) -> str:
    """Audit one repository of a client; returns the audit's id.

    One check that fails loses nothing of the others: the report shows it as "could not run", with the reason.

    Args:
        client: The client's name, its beginning, or id. Where that is not clear, the run asks.
        repository: Its address; of one that is registered with the client its name will do ("shop").
        announce: Mail the team that it is done.
    """
    client = known(CLIENT, client)
    with cloned(registered(client, repository)) as checkout:
        running = [check_repository.submit(check, checkout) for check in check_ids()]
        results = shown_as_it_goes(client, checkout.address, running)
        audit = keep_audit(client, checkout, results)
    show_audit(client, audit)
    if announce:
        announce_audit(audit)
    return audit
