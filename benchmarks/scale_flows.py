"""Flows of the benchmark of scale: what the engine costs when the work itself costs nothing."""

from __future__ import annotations

import time

from prefect import flow, task


@flow(name="sleep-instead", flow_run_name="sleep-instead/{number}")
def sleep_instead(number: int, seconds: float) -> int:
    """A run like any other, but that it waits where an audit would compute."""
    time.sleep(seconds)
    return number


@task(name="nothing", persist_result=False)
def nothing(number: int) -> int:
    return number


@flow(name="nothings-in-turn")
def nothings_in_turn(count: int) -> None:
    """One task after the other."""
    for number in range(count):
        nothing(number)


@flow(name="nothings-at-once")
def nothings_at_once(count: int) -> None:
    """All submitted, as the checks of an audit are."""
    for future in [nothing.submit(number) for number in range(count)]:
        future.result()
