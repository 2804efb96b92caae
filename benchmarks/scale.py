"""What Prefect costs, and how audits scale over workers: overhead, throughput, memory, growth of the database.

    python benchmarks/scale.py [--audits 50] [--repo REPO] [--runs 3] [--databases PostgreSQL SQLite]

On each database that many small audits are run, shared out so that 1, 2 and 4 workers are busy for about as long, one
run a worker; then runs that sleep instead. Needs what tests/cluster needs: PostgreSQL, Redis, and `make dev`.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

import psutil  # noqa: E402  (found through the paths above, as all below)
import scale_overhead  # noqa: E402
from cluster.waiting import until  # noqa: E402
from fakes.samples import call  # noqa: E402
from scale_stands import WORKERS, Stand, ask, cpu_seconds, many_machines, one_machine, online  # noqa: E402

from clientdesk.adapters.store import SqlStore  # noqa: E402
from clientdesk.adapters.store_schema import migrate  # noqa: E402
from clientdesk.cli.team_home import POOL  # noqa: E402

STEPS = (1, 2, 4)
SLEEP_SECONDS = 10.0
STANDS: dict[str, Callable[[Path], AbstractContextManager[Stand]]] = {
    "PostgreSQL": many_machines,
    "SQLite": one_machine,
}
COLUMNS = {"workers": 8, "runs": 6, "seconds": 9, "a minute": 10, "efficiency": 12, "CPU s a run": 13, "failed": 8}
OVER = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


@dataclass(frozen=True)
class Step:
    """So many runs by so many workers."""

    workers: int
    runs: int
    seconds: float
    cpu_seconds: float
    failed: int

    @property
    def a_minute(self) -> float:
        return self.runs / self.seconds * 60


def main() -> None:
    """Measure and print, part by part."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was stood up is taken down
    sys.stdout.reconfigure(line_buffering=True)
    began = time.perf_counter()
    print(f"{psutil.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before\n")
    if options.runs:
        scale_overhead.measure(options.repo, options.runs)
    for name in options.databases:
        with tempfile.TemporaryDirectory(prefix="scale-") as folder, STANDS[name](Path(folder)) as stand:
            _throughput(stand, options.audits, options.sleeps)
    print(f"\nAll of it took {(time.perf_counter() - began) / 60:.1f} minutes.")


def _throughput(stand: Stand, audits: int, sleeps: int) -> None:
    audit, client = _deployment(stand, "light-audit"), _client(stand)
    parameters = {"client": client, "repository": {"address": stand.client.repository("small")}}
    _without_limit(stand, audit)
    sleep = _deployed_sleep(stand)
    _more_workers(stand, STEPS[0])
    _run(stand, audit, [parameters])  # the first of all makes caches and tables
    size, made = stand.database_bytes(), 0
    print(f"\n{stand.name:<22}{''.join(f'{title:>{width}}' for title, width in COLUMNS.items())}")
    singly: dict[str, float] = {}
    for workers in STEPS:
        _more_workers(stand, workers)
        naps = [{"number": each, "seconds": SLEEP_SECONDS} for each in range(_share(sleeps, workers))]
        works = (("audits, small", audit, [parameters] * _share(audits, workers)), ("sleep instead", sleep, naps))
        for title, deployment, all_parameters in works:
            step = _timed(workers, stand, deployment, all_parameters)
            made += step.runs
            _print(title, step, singly.setdefault(title, step.a_minute))
    _print_cost(stand, (stand.database_bytes() - size) / made)


def _share(runs: int, workers: int) -> int:
    """Of all runs, so that each number of workers is busy for about as long."""
    return max(1, round(runs * workers / sum(STEPS)))


def _more_workers(stand: Stand, count: int) -> None:
    for name in sorted(set(WORKERS[:count]) - online(stand)):
        stand.start_worker(name)
    until(lambda: online(stand) >= set(WORKERS[:count]), 180, "the workers")


def _timed(workers: int, stand: Stand, deployment: str, all_parameters: list[dict[str, object]]) -> Step:
    cpu, began = cpu_seconds(stand), time.perf_counter()
    states = _run(stand, deployment, all_parameters)
    seconds, failed = time.perf_counter() - began, sum(state != "COMPLETED" for state in states)
    return Step(workers, len(all_parameters), seconds, cpu_seconds(stand) - cpu, failed)


def _run(stand: Stand, deployment: str, all_parameters: list[dict[str, object]]) -> list[str]:
    """Start them all at once; the types of their last states."""
    made = [_started(stand, deployment, each) for each in all_parameters]
    wanted = {"flow_runs": {"id": {"any_": [each["id"] for each in made]}}}

    def ended() -> list[str]:
        states = [str(each["state"]["type"]) for each in ask(stand, "POST", "/flow_runs/filter", wanted)]
        return states if set(states) <= OVER else []

    return until(ended, 900, "the runs to end", every=0.5)


def _started(stand: Stand, deployment: str, parameters: dict[str, object]) -> dict[str, object]:
    """Once, however often it has to be asked for."""
    run = {"parameters": parameters, "state": {"type": "SCHEDULED"}, "idempotency_key": str(uuid4())}
    return dict(ask(stand, "POST", f"/deployments/{deployment}/create_flow_run", run))


def _deployment(stand: Stand, name: str) -> str:
    return str(ask(stand, "GET", f"/deployments/name/{name}/{name}")["id"])


def _without_limit(stand: Stand, deployment: str) -> None:
    """Deployment and pool allow a few audits at once; here the workers are the limit."""
    ask(stand, "PATCH", f"/work_pools/{POOL}", {"concurrency_limit": None})
    ask(stand, "PATCH", f"/deployments/{deployment}", {"concurrency_limit": None})
    # What the schedules start in between would be measured with the rest.
    for each in ask(stand, "POST", "/deployments/filter", {}):
        ask(stand, "POST", f"/deployments/{each['id']}/pause_deployment")


def _client(stand: Stand) -> str:
    migrate(stand.records)
    store = SqlStore(stand.records)
    try:
        return store.register(call(), datetime.now(UTC)).id
    finally:
        store.close()


def _deployed_sleep(stand: Stand) -> str:
    flow = ask(stand, "POST", "/flows/", {"name": "sleep-instead"})["id"]
    step = {"prefect.deployments.steps.set_working_directory": {"directory": str(ROOT)}}
    deployment = {
        "name": "sleep-instead",
        "flow_id": flow,
        "entrypoint": "benchmarks/scale_flows.py:sleep_instead",
        "work_pool_name": "clientdesk",
        "pull_steps": [step],
        "enforce_parameter_schema": False,
    }
    return str(ask(stand, "POST", "/deployments/", deployment)["id"])


def _print(title: str, step: Step, singly: float) -> None:
    efficiency = step.a_minute / singly / step.workers
    print(
        f"  {title:<20}{step.workers:>8}{step.runs:>6}{step.seconds:>9.1f}{step.a_minute:>10.1f}{efficiency:>12.0%}"
        f"{step.cpu_seconds / step.runs:>13.1f}{step.failed:>8}"
    )


def _print_cost(stand: Stand, growth: float) -> None:
    print(f"\n{stand.name}: memory of the server, MB")
    for name, process in stand.server_processes().items():
        family = [process, *process.children(recursive=True)]
        print(f"{name:>12}{sum(each.memory_info().rss for each in family) / 1e6:>8.0f}")
    print(f"{stand.name}: Prefect's database grows by {growth / 1e3:.0f} kB a run")
    print("  what bounds it: ..._DB_VACUUM_ENABLED=events,flow_runs and ..._RETENTION_PERIOD in docs/scaling.md")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--audits", type=int, default=50)
    parser.add_argument("--sleeps", type=int, default=7)
    parser.add_argument("--repo", default=str(ROOT))
    parser.add_argument("--runs", type=int, default=3, help="of the onboarding; 0 leaves it out")
    parser.add_argument("--databases", nargs="+", choices=list(STANDS), default=list(STANDS))
    return parser.parse_args()


if __name__ == "__main__":
    main()
