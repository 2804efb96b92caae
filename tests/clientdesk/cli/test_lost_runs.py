"""A silent run is lost, unless it is the listener who hears nothing."""

from datetime import timedelta

from fakes.lost import BEGAN, a_run
from fakes.team_server import a_team

from clientdesk.cli.lost_runs import Watch, judged_at

LOST_AFTER = timedelta(seconds=120)
TICK = timedelta(seconds=15)


def at(*seconds):
    return [BEGAN + timedelta(seconds=each) for each in sorted(seconds, reverse=True)]


def looked(watch, server, times, *, heard=()):
    """What was done in so many looks, while the runs in `heard` give signs of life."""
    done = []
    for _ in range(times):
        for run in heard:
            server.hears("prefect.flow-run.heartbeat", f"prefect.flow-run.{run}")
        done += watch.look()
        server.now += TICK
    return done


def test_silent_run_is_taken_up_and_one_that_is_heard_is_not(tmp_path):
    with a_team(tmp_path) as (home, server):
        server.runs = [a_run("silent"), a_run("heard")]

        looked(Watch(home, LOST_AFTER), server, 10, heard=["heard"])

    assert server.states == {"silent": "SCHEDULED"}


def test_run_that_was_never_begun_by_its_machine_is_taken_up_later(tmp_path):
    with a_team(tmp_path) as (home, server):
        server.runs = [a_run("pending", "PENDING")]
        watch = Watch(home, LOST_AFTER)

        looked(watch, server, 20)
        assert server.states == {}
        looked(watch, server, 6)

    assert server.states == {"pending": "SCHEDULED"}


def test_nobody_is_judged_while_the_server_loses_events(tmp_path):
    with a_team(tmp_path) as (home, server):
        server.runs = [a_run("fine")]
        watch = Watch(home, LOST_AFTER)
        looked(watch, server, 10, heard=["fine"])
        server.loses_events = True

        looked(watch, server, 40)

    assert server.states == {}


def test_after_an_outage_runs_have_time_to_be_heard_again(tmp_path):
    with a_team(tmp_path) as (home, server):
        server.runs = [a_run("fine")]
        watch = Watch(home, LOST_AFTER)
        looked(watch, server, 10, heard=["fine"])
        server.now += timedelta(minutes=10)

        looked(watch, server, 2)
        looked(watch, server, 10, heard=["fine"])

    assert server.states == {}


def test_new_watch_judges_nobody_before_it_has_listened_long_enough(tmp_path):
    with a_team(tmp_path) as (home, server):
        server.runs = [a_run("silent")]
        server.now += timedelta(days=1)

        looked(Watch(home, LOST_AFTER), server, 8)

    assert server.states == {}


def test_time_is_the_newest_beat_of_a_line_without_a_gap():
    assert judged_at(at(0, 30, 60, 90, 120), LOST_AFTER) == BEGAN + timedelta(seconds=120)
    assert judged_at(at(0, 30, 60, 90), LOST_AFTER) is None
    assert judged_at(at(0, 30, 60, 130, 150), LOST_AFTER) is None
    assert judged_at([], LOST_AFTER) is None
