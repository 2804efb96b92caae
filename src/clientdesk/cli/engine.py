"""Runs the onboarding flow in this process, and leaves a truthful state behind however it ends."""

from __future__ import annotations

import signal
from types import FrameType
from uuid import uuid4

from clientdesk.adapters.analysers.stopping import stop_tools
from clientdesk.cli.local_server import LocalServer
from clientdesk.forms.intake import OnboardingForm
from clientdesk.steps.onboarding import Onboarding

_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run_onboarding(form: OnboardingForm, server: LocalServer) -> Onboarding:
    """Run the flow. Ctrl-C, SIGTERM and a closed terminal end its runs as Cancelled and raise `KeyboardInterrupt`."""
    from prefect import tags
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    from flows.onboarding import onboard_client

    server.wait()
    for stop in _STOPS:
        signal.signal(stop, _stop)
    server.tag = f"command-{uuid4().hex[:12]}"
    # The heartbeat's thread costs every flow and subflow a second at its end; a run that is watched needs none.
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}), tags(server.tag):
        try:
            return onboard_client(form)
        except KeyboardInterrupt:
            for stop in _STOPS:
                signal.signal(stop, signal.SIG_IGN)  # a second one must not spoil the tidying up
            _mark_cancelled(server.tag)
            raise


def _stop(number: int, frame: FrameType | None) -> None:
    """The flow waits for its checks before it ends, so what they wait for is ended here."""
    stop_tools()
    signal.default_int_handler(number, frame)


def _mark_cancelled(tag: str) -> None:
    """Prefect calls an interrupted run Crashed; a person stopped these."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterTags
    from prefect.states import Cancelled

    with get_client(sync_client=True) as client:
        for run in client.read_flow_runs(flow_run_filter=FlowRunFilter(tags=FlowRunFilterTags(all_=[tag]))):
            if run.state and not run.state.is_completed():
                client.set_flow_run_state(run.id, Cancelled(message="Stopped from the terminal"), force=True)
