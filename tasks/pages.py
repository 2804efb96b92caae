"""Where a run is looked at: the page of the run that a person started."""

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import FlowRun
from prefect.context import FlowRunContext
from prefect.utilities.urls import url_for


def started_page() -> str:
    """Of the outermost run around this call: it asks for decisions, not the one inside it. "" outside of a run.

    `prefect.runtime` tells it too, through a client of its own: with the server away for a moment that one gives up at
    once, where the run's own asks again.
    """
    here = FlowRunContext.get()
    if here is None or here.flow_run is None:
        return ""
    with get_client(sync_client=True) as client:
        run = _outermost(client, here.flow_run)
    return url_for("flow-run", obj_id=run.id) or ""


def _outermost(client: SyncPrefectClient, run: FlowRun) -> FlowRun:
    while run.parent_task_run_id is not None:
        around = client.read_task_run(run.parent_task_run_id).flow_run_id
        if around is None:
            break
        run = client.read_flow_run(around)
    return run
