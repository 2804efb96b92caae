"""Targets of the proposal beside what is measured at the end; what was not measured says why."""

from __future__ import annotations

from dataclasses import replace

from fakes.desk import SHOP, shop
from fakes.sprint_runs import closed, gone, started

from clientdesk.ports.sprints import Moment
from clientdesk.steps.sprint_audits import audited
from clientdesk.steps.sprint_targets import targets_of


def measured(desk, window):
    sprint = desk.sprints.sprint(window.id)
    return {each.what: each for each in targets_of(desk, sprint, audited(desk, window.id, Moment.END))}


def test_findings_of_the_plan_are_counted_again():
    desk, window = started()
    closed(desk, window.id)

    planned = measured(desk, window)["planned"]

    assert planned.baseline > 0
    assert (planned.measured, planned.target, planned.why_not) == (planned.baseline, 0, "")


def test_what_was_mended_no_longer_counts():
    desk, window = started()
    desk.checkouts._sources[SHOP] = shop(
        commit="b" * 40,
        **{".github/workflows/ci.yml": "on: [push, pull_request]\njobs:\n  test:\n    steps:\n      - run: pytest\n"},
    )
    closed(desk, window.id)

    planned = measured(desk, window)["planned"]

    assert planned.measured < planned.baseline


def test_nothing_is_measured_where_a_repository_could_not_be_audited():
    desk, window = started()
    desk.checkouts._sources[SHOP] = gone()
    closed(desk, window.id)

    found = measured(desk, window)
    assert found.pop("speed").why_not == "speed"
    assert {each.why_not for each in found.values()} == {"not_audited"}


def test_sprint_without_a_proposal_has_no_targets():
    desk, window = started()
    sprint = replace(desk.sprints.sprint(window.id), proposal="")

    assert targets_of(desk, sprint, ()) == ()
