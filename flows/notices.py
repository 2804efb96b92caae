"""What the team has to hear of, told once; and who keeps a run waiting, reminded."""

from prefect import State, flow

from tasks.housekeeping import said
from tasks.notices import and_also, failed_runs, let_go, remind_deciders, waiting_runs
from tasks.notices import tell_team as tell


@flow(name="tell-team", flow_run_name="tell-team", persist_result=False)
def tell_team() -> State[None]:
    """Look at all runs and mails, remind who has to decide, and tell the team what went wrong: once for each cause."""
    waits = waiting_runs()
    freed = let_go(waits)
    reminded = remind_deciders(waits)
    return said(and_also(tell(failed_runs(), waits), reminded, freed))
