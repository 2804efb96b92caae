"""Clones of clients' code that a killed process left behind."""

from prefect import State, flow

from tasks.housekeeping import said
from tasks.housekeeping import sweep_clones as sweep


@flow(name="sweep-clones", flow_run_name="sweep-clones", persist_result=False)
def sweep_clones() -> State[None]:
    """Remove what lies there without an owner, on the machine whose worker takes this run."""
    return said(sweep())
