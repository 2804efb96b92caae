"""A run whose process is gone is brought to a state that is true: taken up again, or given up after the third time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from clientdesk.cli.run_process import end_process, is_alive, is_here
from clientdesk.cli.team_state import Server, asked

GOING = ("RUNNING", "PENDING", "CANCELLING")
_OVER = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
_LOST, _STOPPED = "Its machine was lost", "Its process was stopped"
_MOST_TIMES = 3


def take_up_again(home: Server) -> int:
    """Schedule the runs anew whose process on this machine is gone; returns how many. Their stored results are kept.

    One that was being cancelled is cancelled. Runs on other machines are left alone.
    """
    left = [run for run in _going_here(home) if not is_alive(run)]
    for run in left:
        settled(home, run, _STOPPED)
    return len(left)


def end_orphans(home: Server) -> int:
    """End the processes of runs whose worker was killed: no other worker knows of them. The runs are to be taken up."""
    return sum(end_process(run) for run in _going_here(home))


def _going_here(home: Server) -> list[Mapping[str, Any]]:
    wanted = {"flow_runs": {"state": {"type": {"any_": list(GOING)}}, "deployment_id": {"is_null_": False}}}
    return [run for run in asked(home, "POST", "/flow_runs/filter", wanted) if is_here(run)]


def settled(home: Server, run: Mapping[str, Any], why: str = _LOST) -> str:
    """Bring it to a true state and say to which; "" where that is not ours, or somebody was quicker."""
    now = asked(home, "GET", f"/flow_runs/{run['id']}")
    if now["state"]["id"] != run["state"]["id"]:
        return ""
    if now["deployment_id"] is None:
        return _left_behind(home, now)
    if now["state"]["type"] == "CANCELLING":
        return _ended(home, now, "CANCELLED", f"{why} while it was being cancelled")
    return _taken_up(home, now, why)


def close_tasks(home: Server, before: datetime) -> str:
    """End the tasks of runs that were over `before`: their end was lost on its way to the server, in an outage."""
    over = {"state": {"type": {"any_": list(_OVER)}}, "end_time": {"before_": before.isoformat()}}
    open_ones = {"flow_runs": over, "task_runs": {"state": {"type": {"any_": list(GOING)}}}}
    tasks = asked(home, "POST", "/task_runs/filter", open_ones)
    for task in tasks:
        run = asked(home, "GET", f"/flow_runs/{task['flow_run_id']}")["state"]
        # A run that has completed has waited for all of its tasks.
        state = {"type": run["type"], "message": "Its own end was never heard of; this is how its run ended"}
        asked(home, "POST", f"/task_runs/{task['id']}/set_state", {"state": state, "force": True})
    return f"{len(tasks)} tasks of runs that are over: ended like these" if tasks else ""


def _taken_up(home: Server, run: Mapping[str, Any], why: str) -> str:
    """Scheduled anew, with its stored results kept. Being stopped on purpose is no reason to give up."""
    before = _times(home, run)
    if before >= _MOST_TIMES and why == _LOST:
        return _ended(home, run, "CRASHED", f"{_LOST} {before + 1} times: given up")
    _crash_parts(home, run)
    words = f"{why}; taken up again" + (f" ({before + 1} of {_MOST_TIMES})" if why == _LOST else "")
    at = {"scheduled_time": datetime.now(UTC).isoformat()}
    state = {"type": "SCHEDULED", "name": "AwaitingRetry", "message": words, "state_details": at}
    asked(home, "POST", f"/flow_runs/{run['id']}/set_state", {"state": state, "force": True})
    return f"{run['name']}: {words}"


def _left_behind(home: Server, run: Mapping[str, Any]) -> str:
    """A run inside another one is over when that one is; one that a terminal started is that terminal's."""
    inside = run["parent_task_run_id"]
    if inside is None:
        return ""
    parent = asked(home, "GET", f"/task_runs/{inside}")["flow_run_id"]
    if asked(home, "GET", f"/flow_runs/{parent}")["state"]["type"] not in _OVER:
        return ""
    return _ended(home, run, "CRASHED", "The run around it is over")


def _ended(home: Server, run: Mapping[str, Any], kind: str, words: str) -> str:
    _crash_parts(home, run)
    state = {"type": kind, "message": words}
    asked(home, "POST", f"/flow_runs/{run['id']}/set_state", {"state": state, "force": True})
    return f"{run['name']}: {words}"


def _crash_parts(home: Server, run: Mapping[str, Any]) -> None:
    """What it was in the middle of: a new attempt makes its parts anew, and these would seem to run for ever."""
    state = {"state": {"type": "CRASHED", "message": "The machine of its run was lost"}, "force": True}
    going = {"state": {"type": {"any_": list(GOING)}}}
    inside = {"flow_runs": {**going, "parent_flow_run_id": {"any_": [run["id"]]}}}
    for part in asked(home, "POST", "/flow_runs/filter", inside):
        _crash_parts(home, part)
        asked(home, "POST", f"/flow_runs/{part['id']}/set_state", state)
    tasks = {"flow_runs": {"id": {"any_": [run["id"]]}}, "task_runs": going}
    for task in asked(home, "POST", "/task_runs/filter", tasks):
        asked(home, "POST", f"/task_runs/{task['id']}/set_state", state)


def _times(home: Server, run: Mapping[str, Any]) -> int:
    states = asked(home, "GET", f"/flow_run_states/?flow_run_id={run['id']}")
    return sum(str(state["message"] or "").startswith(_LOST) for state in states)
