"""What runs is said as it is."""

import os

import pytest
from fakes.team_server import a_team

from clientdesk.cli import team_state
from clientdesk.cli.held import held, name_holder
from clientdesk.cli.team_home import TeamHome
from clientdesk.cli.team_state import ServerBusy, asked, ensure_pool, gone, is_healthy, state_of, worker_was_heard


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


def test_worker_of_this_machine_counts_only_while_it_lives(tmp_path):
    with a_team(tmp_path) as (home, server):
        server.worker = home.worker

        assert state_of(home).workers == 0
        with held(home.held("worker")) as file:
            name_holder(file, os.getpid())
            assert state_of(home).workers == 1


def test_what_does_not_live_here_is_named(tmp_path):
    home = TeamHome(tmp_path, "127.0.0.1", 9)
    with held(home.held("up")) as file:
        name_holder(file, os.getpid())

        assert gone(home) == ("Prefect's server", "the worker on this machine")


def test_server_tells_when_it_heard_of_the_worker(tmp_path):
    with a_team(tmp_path) as (home, server):
        assert worker_was_heard(home) == ""
        server.worker = home.worker
        assert worker_was_heard(home) == server.now.isoformat()


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
