"""The server's automations: they start `tell-team` and nothing else, are made once, and leave others' alone."""

from copy import deepcopy
from datetime import timedelta

import pytest
from fakes.team_server import a_team
from prefect.server.events.schemas.automations import AutomationCreate

from clientdesk.cli.notices import automations, set_up_notices
from clientdesk.settings import read_settings

ALL = automations("0f7e3e9c-3f60-4b52-a8a8-c5b5a6e9a001", timedelta(days=1))
OURS = ["clientdesk: a mail is uncertain", "clientdesk: a run failed", "clientdesk: a run waits for a person"]


def settings(tmp_path, **environ):
    return read_settings({"CLIENTDESK_HOME": str(tmp_path), **environ}, tmp_path)


@pytest.mark.parametrize("automation", ALL, ids=lambda each: each["name"])
def test_server_takes_them_and_is_told_no_secret_and_no_parameter(automation):
    made = AutomationCreate.model_validate(deepcopy(automation))

    (action,) = made.actions
    assert action.type == "run-deployment"
    assert action.parameters == {}


def test_failing_notice_calls_for_no_other():
    for automation in ALL[:2]:
        assert automation["trigger"]["match_related"] == {
            "prefect.resource.role": "deployment",
            "prefect.resource.name": "!tell-team",
        }


def test_what_fails_within_a_minute_is_told_together():
    failed = ALL[0]

    assert failed["trigger"]["within"] == failed["actions"][0]["schedule_after"] == 60


def test_they_are_made_once_and_others_are_left_alone(tmp_path):
    with a_team(tmp_path) as (home, server):
        server.automations = {"1": ("clientdesk: old", ""), "2": ("somebody's", "")}
        set_up_notices(home, settings(tmp_path))
        first = dict(server.automations)

        set_up_notices(home, settings(tmp_path))

    assert server.automations == first
    assert sorted(name for name, _ in first.values()) == [*OURS, "somebody's"]


def test_another_setting_makes_the_one_that_it_touches_anew(tmp_path):
    with a_team(tmp_path) as (home, server):
        set_up_notices(home, settings(tmp_path))
        first = set(server.automations.values())

        set_up_notices(home, settings(tmp_path, CLIENTDESK_REMINDER_DAYS="2"))

    assert {name for name, _ in set(server.automations.values()) - first} == {"clientdesk: a run waits for a person"}
    assert len(server.automations) == 3


def test_address_that_an_earlier_version_kept_on_the_server_is_forgotten(tmp_path):
    with a_team(tmp_path) as (home, server):
        server.blocks["clientdesk-notices"] = {"id": "clientdesk-notices"}

        set_up_notices(home, settings(tmp_path))

    assert server.blocks == {}
