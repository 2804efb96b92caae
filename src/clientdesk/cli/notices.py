"""Notices to the team's channel, sent by Prefect's server itself: a run failed, a run waits for a person too long."""

from __future__ import annotations

from collections.abc import Mapping

from clientdesk.cli.team_state import Server, asked
from clientdesk.settings import Settings

_BLOCK = "clientdesk-notices"
_ENDED_BADLY = ("Failed", "Crashed", "TimedOut")
_NO_LONGER_WAITING = ("Resuming", "Scheduled", "Running", "Pending", "Cancelled", "Completed", *_ENDED_BADLY)
_DAY_SECONDS = 86_400
# A client's name must not call everybody in the channel, nor be a link.
_NAME = "flow_run.name|replace('&', '&amp;')|replace('<', '&lt;')|replace('>', '&gt;')"


def set_up_notices(home: Server, settings: Settings) -> None:
    """Make the automations for the channel that is configured, or take away those of an earlier start."""
    for automation in asked(home, "POST", "/automations/filter", {}):
        if automation["name"].startswith("clientdesk: "):
            asked(home, "DELETE", f"/automations/{automation['id']}")
    if settings.notice_slack_url:
        block = _block(home, settings.notice_slack_url)
        for automation in automations(block):
            asked(home, "POST", "/automations/", automation)


def automations(block: str) -> tuple[Mapping[str, object], ...]:
    """What the server is told; `block` is the id of the webhook. A run inside another does not count by itself."""
    return (
        _automation(
            "clientdesk: a run failed",
            {"expect": _events(_ENDED_BADLY), "posture": "Reactive", "threshold": 1, "within": 0},
            block,
            "ended as ' ~ flow_run.state.name ~ '",
        ),
        _automation(
            "clientdesk: a run waits for a person",
            {
                "after": _events(("Suspended",)),
                "expect": _events(_NO_LONGER_WAITING),
                "posture": "Proactive",
                "threshold": 1,
                "within": _DAY_SECONDS,
            },
            block,
            "has been waiting for a person for a day",
        ),
    )


def _automation(name: str, trigger: Mapping[str, object], block: str, what: str) -> Mapping[str, object]:
    return {
        "name": name,
        "description": "Made by clientdesk, and made anew at each start of clientdesk up or watch.",
        "enabled": True,
        "trigger": {
            "type": "event",
            "match": {"prefect.resource.id": "prefect.flow-run.*"},
            "match_related": {"prefect.resource.role": "deployment"},
            "for_each": ["prefect.resource.id"],
            **trigger,
        },
        "actions": [
            {
                "type": "call-webhook",
                "block_document_id": block,
                "payload": '{"text": {{ (' + _NAME + " ~ ' " + what + ": ' ~ flow_run|ui_url)|tojson }}}",
            }
        ],
    }


def _events(states: tuple[str, ...]) -> list[str]:
    return [f"prefect.flow-run.{state}" for state in states]


def _block(home: Server, url: str) -> str:
    """The webhook's id. Its address is a secret, and kept by the server as one."""
    asked(home, "POST", "/block_types/install_system_block_types")
    kind = asked(home, "GET", "/block_types/slug/webhook")["id"]
    data = {"method": "POST", "url": url}
    try:
        known = asked(home, "GET", f"/block_types/slug/webhook/block_documents/name/{_BLOCK}")
    except LookupError:
        schemas = asked(home, "POST", "/block_schemas/filter", {"block_schemas": {"block_type_id": {"any_": [kind]}}})
        document = {"name": _BLOCK, "data": data, "block_type_id": kind, "block_schema_id": schemas[0]["id"]}
        return str(asked(home, "POST", "/block_documents/", document)["id"])
    asked(home, "PATCH", f"/block_documents/{known['id']}", {"data": data, "merge_existing_data": False})
    return str(known["id"])
