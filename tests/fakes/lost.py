"""Runs as Prefect's server lists them, for those who look after lost ones."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

BEGAN = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday


def a_run(
    name: str,
    state: str = "RUNNING",
    *,
    pid: str | None = None,
    worker: str = "",
    deployment: str | None = "audit",
    parent: str = "",
    task: str | None = None,
) -> dict[str, Any]:
    """`worker` has its process `pid`, `parent` is the run around it, `task` the task run there that stands for it."""
    return {
        "id": name,
        "name": name,
        "infrastructure_pid": pid,
        "labels": {"prefect.worker.name": worker},
        "deployment_id": deployment,
        "parent": parent,
        "parent_task_run_id": task,
        "state": {"id": f"{name}-{state}", "type": state, "timestamp": BEGAN.isoformat()},
    }


def a_task(name: str, run: str) -> dict[str, Any]:
    """A task run that seems to go on."""
    return {"id": name, "flow_run_id": run}
