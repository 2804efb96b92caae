"""Runs of deployments, seen as a person sees them: started from a form, waited for, answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from cluster.waiting import until

_PATIENCE = 300.0  # a quiet machine takes a tenth; one that is shared may take all of it
OVER = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


class Asked(Protocol):
    """Whatever has a Prefect server: a cluster, or a team with its one machine."""

    def asked(self, method: str, path: str, body: object = None) -> Any: ...


@dataclass(frozen=True)
class Run:
    """One run of a deployment."""

    cluster: Asked
    id: str

    @property
    def record(self) -> dict[str, Any]:
        return dict(self.cluster.asked("GET", f"/flow_runs/{self.id}"))

    @property
    def state(self) -> dict[str, Any]:
        return dict(self.record["state"])

    @property
    def machine(self) -> str:
        """The worker that began it last."""
        return str(self.record["labels"].get("prefect.worker.name", ""))

    def states(self) -> list[str]:
        """The names of all its states, in their order."""
        return [each["name"] for each in self.history()]

    def history(self) -> list[dict[str, Any]]:
        """All its states, in their order."""
        listed = self.cluster.asked("GET", f"/flow_run_states/?flow_run_id={self.id}")
        return sorted(listed, key=lambda each: str(each["timestamp"]))

    def waits_until(self, is_so: Callable[[dict[str, Any]], bool], seconds: float, what: str) -> dict[str, Any]:
        """Its state as soon as it is so. A server that does not answer for a while is asked again."""

        def seen() -> dict[str, Any]:
            try:
                state = self.state
            except OSError:
                return {}
            return state if is_so(state) else {}

        try:
            return until(seen, seconds, what)
        except TimeoutError as error:
            raise TimeoutError(f"{error}: {self.states()}, {self.state['message']}") from error

    def has_begun(self, seconds: float = _PATIENCE) -> None:
        self.waits_until(lambda state: state["type"] == "RUNNING", seconds, "the run to begin")

    def is_waiting(self, seconds: float = _PATIENCE) -> str:
        """The key of the form that it waits with."""
        state = self.waits_until(
            lambda state: state["type"] == "PAUSED" or state["type"] in OVER, seconds, "a form to fill in"
        )
        assert state["type"] == "PAUSED", state
        return str(state["state_details"]["pause_key"])

    def is_over(self, seconds: float = _PATIENCE) -> str:
        return str(self.waits_until(lambda state: state["type"] in OVER, seconds, "the run to end")["type"])

    def answer(self, **said: object) -> None:
        """Fill in the form that it waits with."""
        done = self.cluster.asked("POST", f"/flow_runs/{self.id}/resume", {"run_input": said})
        assert done["status"] == "ACCEPT", done

    def unfinished_parts(self) -> list[str]:
        """Task runs and runs inside it that seem to go on."""
        going = {"state": {"type": {"any_": ["RUNNING", "PENDING", "SCHEDULED"]}}}
        inside = {"flow_runs": {"parent_flow_run_id": {"any_": [self.id]}}}
        flows = self.cluster.asked("POST", "/flow_runs/filter", inside)
        ids = [self.id, *(each["id"] for each in flows)]
        tasks = self.cluster.asked(
            "POST", "/task_runs/filter", {"flow_runs": {"id": {"any_": ids}}, "task_runs": going}
        )
        return [each["name"] for each in (*flows, *tasks) if each["state"]["type"] not in OVER]


def start(cluster: Asked, deployment: str, parameters: dict[str, object], at: datetime | None = None) -> Run:
    """As from the deployment's form; now, or scheduled."""
    known = cluster.asked("GET", f"/deployments/name/{deployment}/{deployment}")["id"]
    when = {"scheduled_time": at.astimezone(UTC).isoformat()} if at else {}
    state = {"type": "SCHEDULED", "state_details": when}
    run = cluster.asked("POST", f"/deployments/{known}/create_flow_run", {"parameters": parameters, "state": state})
    return Run(cluster, str(run["id"]))


def intake(company: str, email: str, repositories: Sequence[str]) -> dict[str, object]:
    """The intro call's form, filled in."""
    return {
        "intake": {
            "company": company,
            "contacts": [{"name": "Nora Feld", "email": email}],
            "repositories": [{"address": each} for each in repositories],
        }
    }
