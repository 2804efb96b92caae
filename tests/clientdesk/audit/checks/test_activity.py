from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from fakes.repository import RepositoryFromText

from clientdesk.audit.checks.activity import CHECK
from clientdesk.audit.repository import Author, Commit
from clientdesk.audit.result import Outcome

MONDAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def commits(*names, days_apart=3):
    return [Commit(f"{n}", NOON - timedelta(days=n * days_apart), Author(name, name)) for n, name in enumerate(names)]


def look(history, **more):
    return CHECK.look(RepositoryFromText({}, commits=history, **more), MONDAY)


def test_shared_work_is_clean_and_praised():
    result = look(commits(*["ada", "bo", "cy"] * 10))

    assert (result.outcome, result.strengths) == (
        Outcome.CLEAN,
        ("The work is shared: 3 people changed the code in the last twelve months.",),
    )
    assert result.reason == "Last commit 0 days ago; in twelve months 30 commits by 3 people, bots left out."


def test_bots_are_no_people():
    result = look(commits(*["ada", "dependabot[bot]"] * 5))

    assert (result.metrics["activity.commits"], result.metrics["activity.commits_12_months"]) == (10, 5)


def test_age_is_information_only():
    old = [Commit("a", NOON - timedelta(days=800), Author("ada", "ada"))]

    assert [(f.rule, f.severity) for f in look(old).findings] == [("activity.dormant", "info")]


def test_a_shallow_history_is_a_gap():
    result = look(commits("ada"), complete=False)

    assert (result.outcome, result.metrics["activity.first_commit"]) == (Outcome.COULD_NOT_RUN, "not measured")


def test_a_history_cut_off_beyond_the_last_year_is_enough():
    assert look(commits(*["ada", "bo"] * 9, days_apart=30), complete=False).outcome is Outcome.CLEAN


def test_releases_of_the_last_year_are_counted():
    tags = [("v2", NOON - timedelta(days=30)), ("v1", NOON - timedelta(days=500))]

    metrics = look(commits("ada"), tags=tags).metrics

    assert (metrics["activity.tags"], metrics["activity.tags_12_months"]) == (2, 1)


def test_no_history_could_not_run():
    assert look(()).outcome is Outcome.COULD_NOT_RUN
