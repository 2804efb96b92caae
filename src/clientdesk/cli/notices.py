"""Automations of Prefect's server that have the team told at once: a run failed, a run waits, a mail is uncertain.

All they do is start the deployment `tell-team`, which knows what was told already and how the team is reached. So the
server holds no address of a channel, and a hundred failures of one cause are one notice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta

from clientdesk.cli.team_state import Server, asked
from clientdesk.settings import Settings

_FLOW = "tell-team"
_PREFIX = "clientdesk: "
_ENDED_BADLY = ("Failed", "Crashed", "TimedOut")
_NO_LONGER_WAITING = ("Resuming", "Scheduled", "Running", "Pending", "Cancelled", "Completed", *_ENDED_BADLY)
# What happens within the same minute is told together: the run begins at its end.
_TOGETHER = 60
# Of earlier versions, which kept the channel's address on the server.
_OLD_BLOCK = "clientdesk-notices"


def set_up_notices(home: Server, settings: Settings) -> None:
    """Make the automations that are missing, and take away those of another version or setting."""
    wanted = {_named(each): each for each in automations(_deployment(home), timedelta(days=settings.reminder_days))}
    there = [each for each in asked(home, "POST", "/automations/filter", {}) if each["name"].startswith(_PREFIX)]
    for automation in there:
        if _named(automation) not in wanted:
            asked(home, "DELETE", f"/automations/{automation['id']}")
    known = {_named(automation) for automation in there}
    for name, automation in wanted.items():
        if name not in known:
            asked(home, "POST", "/automations/", automation)
    _forget_old_block(home)


def automations(deployment: str, waits: timedelta) -> tuple[Mapping[str, object], ...]:
    """What the server is told; `deployment` is the id of `tell-team`. A run inside another does not count by itself."""
    runs = {
        "match": {"prefect.resource.id": "prefect.flow-run.*"},
        # A notice that fails must not call for another.
        "match_related": {"prefect.resource.role": "deployment", "prefect.resource.name": f"!{_FLOW}"},
    }
    return (
        _automation("a run failed", deployment, {**runs, "expect": _events(_ENDED_BADLY), **_AT_ONCE}),
        _automation(
            "a run waits for a person",
            deployment,
            {
                **runs,
                "after": _events(("Suspended",)),
                "expect": _events(_NO_LONGER_WAITING),
                "for_each": ["prefect.resource.id"],
                "posture": "Proactive",
                "threshold": 1,
                "within": waits.total_seconds(),
            },
        ),
        _automation(
            "a mail is uncertain",
            deployment,
            {
                "match": {"prefect.resource.id": "clientdesk.mail.*"},
                "expect": ["clientdesk.mail.uncertain"],
                **_AT_ONCE,
            },
        ),
    )


_AT_ONCE: Mapping[str, object] = {"for_each": [], "posture": "Reactive", "threshold": 1, "within": _TOGETHER}


def _automation(name: str, deployment: str, trigger: Mapping[str, object]) -> Mapping[str, object]:
    action = {
        "type": "run-deployment",
        "source": "selected",
        "deployment_id": deployment,
        "parameters": {},
        "schedule_after": _TOGETHER if trigger["posture"] == "Reactive" else 0,
    }
    told = {"enabled": True, "trigger": {"type": "event", **trigger}, "actions": [action]}
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:12]
    return {"name": _PREFIX + name, "description": f"Starts {_FLOW}. Made by clientdesk ({digest}).", **told}


def _named(automation: Mapping[str, object]) -> tuple[str, str]:
    """One that a person has changed or switched off stays so: what it does is told by its description."""
    return str(automation["name"]), str(automation.get("description", ""))


def _deployment(home: Server) -> str:
    return str(asked(home, "GET", f"/deployments/name/{_FLOW}/{_FLOW}")["id"])


def _events(states: tuple[str, ...]) -> list[str]:
    return [f"prefect.flow-run.{state}" for state in states]


def _forget_old_block(home: Server) -> None:
    try:
        known = asked(home, "GET", f"/block_types/slug/webhook/block_documents/name/{_OLD_BLOCK}")
    except LookupError:
        return
    asked(home, "DELETE", f"/block_documents/{known['id']}")
