"""A deployment's run, carried out in this process as a worker would: begun, suspended, resumed with a form."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from prefect import Flow
from prefect.client.orchestration import get_client
from prefect.exceptions import Pause
from prefect.flow_engine import run_flow
from prefect.states import AwaitingRetry, Failed, State


def started(flow: Flow, name: str, **parameters: object) -> UUID:
    """A run of a deployment of the flow, scheduled."""
    with get_client(sync_client=True) as client:
        deployment = client.create_deployment(client.create_flow(flow), name, enforce_parameter_schema=False)
        return client.create_flow_run_from_deployment(deployment, parameters=parameters).id


def went_on(flow: Flow, run: UUID) -> State:
    """Carry it out, from its top, until it ends or waits; the state it is left in."""
    with get_client(sync_client=True) as client:
        flow_run = client.read_flow_run(run)
        with suppress(Pause):  # how the engine leaves a process whose run waits
            run_flow(flow, flow_run=flow_run, parameters=flow_run.parameters, return_type="state")
        return client.read_flow_run(run).state


def said(run: UUID, **answer: object) -> None:
    """Resume it with the form filled in; the server checks the form."""
    with get_client(sync_client=True) as client:
        result = client.resume_flow_run(run, run_input=answer)
        assert result.status.value == "ACCEPT", result


def ended_undecided(run: UUID) -> None:
    """What the server does once the time is over."""
    with get_client(sync_client=True) as client:
        client.set_flow_run_state(run, Failed(message="The flow was paused and never resumed."), force=True)


def tried_again(run: UUID, *, is_forced: bool) -> None:
    """*Retry* in the run's menu: the newer pages force it, past the rules that would forget what was asked."""
    with get_client(sync_client=True) as client:
        assert client.set_flow_run_state(run, AwaitingRetry(), force=is_forced).status.value == "ACCEPT"


def asked_in(run: UUID, what: str = "description") -> str:
    """The words (or the schema) of the form that the run waits for."""
    with get_client(sync_client=True) as client:
        keys = client.read_flow_run(run).state.state_details.run_input_keyset
        return client.read_flow_run_input(run, keys[what])
