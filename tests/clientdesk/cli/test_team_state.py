"""What runs is said as it is."""

import pytest
from fakes.team_server import a_team

from clientdesk.cli import team_state
from clientdesk.cli.team_home import TeamHome
from clientdesk.cli.team_state import ServerBusy, asked, ensure_pool, is_healthy, state_of


def test_team_that_is_up_is_told_with_its_numbers(tmp_path):
    with a_team(tmp_path) as (home, _):
        state = state_of(home)

        assert is_healthy(home)
    assert (state.is_up, state.workers, state.waiting) == (True, 1, 3)
    assert state.deployments == ("intro-call", "onboarding")


def test_team_without_a_worker_is_not_up(tmp_path):
    with a_team(tmp_path) as (home, server):
        server.workers = ["OFFLINE"]

        assert not state_of(home).is_up


def test_no_server_is_said_and_not_raised(tmp_path):
    home = TeamHome(tmp_path, "127.0.0.1", 9)

    assert not is_healthy(home)
    assert "no server of ours answers" in state_of(home).problem


def test_server_of_somebody_else_is_not_ours(tmp_path):
    with a_team(tmp_path) as (home, _):
        home.login_file.write_text("clientdesk:another\n")

        assert "401" in state_of(home).problem


@pytest.mark.parametrize(("limit", "kept"), [(None, 2), (5, 5)])
def test_pool_is_made_once_with_a_limit_that_a_person_may_change(tmp_path, limit, kept):
    with a_team(tmp_path) as (home, server):
        ensure_pool(home)
        assert server.pool["concurrency_limit"] == 2
        server.pool["concurrency_limit"] = limit
        ensure_pool(home)

    assert server.pool["concurrency_limit"] == kept


def test_server_that_is_busy_for_a_moment_is_asked_again(tmp_path, monkeypatch):
    monkeypatch.setattr(team_state, "_PAUSES", (0.0,) * 5)
    with a_team(tmp_path) as (home, server):
        server.busy_for = 5

        assert asked(home, "GET", "/health") is True


def test_server_that_stays_busy_is_not_asked_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(team_state, "_PAUSES", (0.0,) * 5)
    with a_team(tmp_path) as (home, server):
        server.busy_for = 6

        with pytest.raises(ServerBusy, match="503"):
            asked(home, "GET", "/health")
