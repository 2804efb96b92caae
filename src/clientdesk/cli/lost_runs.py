"""Runs whose machine is gone are noticed by their silence.

Prefect leaves such a run as Running for ever: docs/decisions/0010-lost-runs.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

from clientdesk.cli.taking_up import GOING, close_tasks, settled
from clientdesk.cli.team_state import Server, asked

_BEAT, _OWN_BEAT = "prefect.flow-run.heartbeat", "clientdesk.watch"
_PAGE = 50
_TO_BEGIN = 3  # times as long: until its process runs, a run can give no sign, and a busy machine is slow with it
_LONGEST = timedelta(days=1)  # how far back signs of life are looked for, whatever the machines' clocks say


class Watch:
    """Looks for runs that have not been heard of for `lost_after`.

    Signs of life travel through the server's event pipeline. So the watch sends its own the same way, and takes its
    time from them: while none arrive, nobody is judged, and neither until the pipeline has been well for as long. Only
    moments at which the server received something are compared, so no other machine's clock matters.
    """

    def __init__(self, home: Server, lost_after: timedelta) -> None:
        self._home, self._lost_after = home, lost_after
        self._name = f"{_OWN_BEAT}.{uuid4()}"

    def look(self) -> list[str]:
        """Take up what is lost, and end what a lost run has left behind; says what was done, a line each."""
        asked(self._home, "POST", "/events", [_event(self._name)])
        now = judged_at(self._received(_OWN_BEAT, self._name), self._lost_after)
        if now is None:
            return []
        told = [settled(self._home, run) for run in self._going() if self._is_silent(run, now)]
        return [line for line in (*told, close_tasks(self._home, now - self._lost_after)) if line]

    def _going(self) -> list[Mapping[str, Any]]:
        wanted = {"flow_runs": {"state": {"type": {"any_": list(GOING)}}}}
        return list(asked(self._home, "POST", "/flow_runs/filter", wanted))

    def _is_silent(self, run: Mapping[str, Any], now: datetime) -> bool:
        since = now - _moment(run["state"]["timestamp"])
        if since <= self._lost_after or (run["state"]["type"] == "PENDING" and since <= self._lost_after * _TO_BEGIN):
            return False
        return all(now - beat > self._lost_after for beat in self._received(_BEAT, f"prefect.flow-run.{run['id']}"))

    def _received(self, event: str, resource: str) -> list[datetime]:
        """When the server got the newest of them, newest first."""
        here = datetime.now(UTC)
        span = {"since": (here - _LONGEST).isoformat(), "until": (here + _LONGEST).isoformat()}
        wanted = {"occurred": span, "event": {"name": [event]}, "resource": {"id": [resource]}}
        page = asked(self._home, "POST", "/events/filter", {"filter": wanted, "limit": _PAGE})
        return sorted((_moment(each["received"]) for each in page["events"]), reverse=True)


def judged_at(beats: Sequence[datetime], lost_after: timedelta) -> datetime | None:
    """The server's time of the newest own beat; None unless they have come without a gap for `lost_after`."""
    if not beats:
        return None
    unbroken = beats[0]
    for later, earlier in pairwise(beats):
        if later - earlier > lost_after / 2:
            break
        unbroken = earlier
    return beats[0] if beats[0] - unbroken >= lost_after else None


def _event(name: str) -> Mapping[str, object]:
    return {
        "id": str(uuid4()),
        "event": _OWN_BEAT,
        "occurred": datetime.now(UTC).isoformat(),
        "resource": {"prefect.resource.id": name},
    }


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
