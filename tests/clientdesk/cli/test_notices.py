"""Notices: one per run, whatever the client is called."""

import json

import jinja2
import pytest
from fakes.team_server import a_team

from clientdesk.cli.notices import automations, set_up_notices
from clientdesk.settings import read_settings


def settings(tmp_path, **environ):
    return read_settings({"CLIENTDESK_HOME": str(tmp_path), **environ}, tmp_path)


@pytest.mark.parametrize("automation", automations("b10c"), ids=lambda each: each["name"])
def test_words_are_json_and_call_nobody(automation):
    (action,) = automation["actions"]
    environment = jinja2.Environment()
    environment.filters["ui_url"] = lambda run: "http://desk/run"
    run = {"name": 'onboarding/<!channel> & "Co"', "state": {"name": "Failed"}}

    text = json.loads(environment.from_string(action["payload"]).render(flow_run=run))["text"]

    assert text.startswith('onboarding/&lt;!channel&gt; &amp; "Co"')
    assert text.endswith("http://desk/run")


@pytest.mark.parametrize("automation", automations("b10c"), ids=lambda each: each["name"])
def test_run_inside_another_is_no_notice_of_its_own(automation):
    assert automation["trigger"]["match_related"] == {"prefect.resource.role": "deployment"}
    assert automation["trigger"]["for_each"] == ["prefect.resource.id"]


def test_with_a_channel_they_are_made_anew_and_others_are_left_alone(tmp_path):
    with a_team(tmp_path) as (home, server):
        server.automations = {"1": "clientdesk: old", "2": "somebody's"}

        set_up_notices(home, settings(tmp_path, CLIENTDESK_NOTICE_SLACK_URL="https://hooks.example/x"))

    assert sorted(server.automations.values()) == [
        "clientdesk: a run failed",
        "clientdesk: a run waits for a person",
        "somebody's",
    ]


def test_without_a_channel_those_of_an_earlier_start_are_taken_away(tmp_path):
    with a_team(tmp_path) as (home, server):
        server.automations = {"1": "clientdesk: old"}

        set_up_notices(home, settings(tmp_path))

    assert server.automations == {}
