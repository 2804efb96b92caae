"""Targets of the proposal beside what is measured at the end; what was not measured says why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes.desk import SHOP, shop
from fakes.sprint_runs import closed, gone, started

from clientdesk.audit.report import Judgement, SignOff
from clientdesk.audit.result import Severity, could_not_run, judged, told_once
from clientdesk.documents.sprint_facts import AuditedRepository, Doubt, SeenOtherwise
from clientdesk.ports.sprints import Moment
from clientdesk.steps import auditing
from clientdesk.steps.auditing import kept_audit
from clientdesk.steps.publishing import kept_proposal
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


UNREAD = ("1 file could not be read.",)
LEAK = told_once("secrets", "secrets.aws", Severity.HIGH, "A key", "E", "C", "F", path="a.py", effort="secrets.rotate")


@pytest.fixture
def said(monkeypatch):
    """Lets the check for secrets say at the start, and then at the end, what is put in here."""

    def says(result):
        answer = replace(auditing._BY_ID["secrets"], look=lambda *_: result)
        monkeypatch.setitem(auditing._BY_ID, "secrets", answer)

    return says


def through(said, then, now):
    """A sprint that the check of secrets says `then` of before, and `now` at its end."""
    said(then)
    desk, window = started()
    said(now)
    closed(desk, window.id)
    return measured(desk, window)


CLEAN, LEAKS = judged("secrets", (), "none"), judged("secrets", (LEAK,), "one")
PARTLY, FAILED = judged("secrets", (), "none", gaps=UNREAD), could_not_run("secrets", "It ran out of memory.")


@pytest.mark.parametrize("now", [PARTLY, FAILED])
def test_finding_that_was_not_looked_for_whole_is_no_target_reached(said, now):
    found = through(said, LEAKS, now)

    assert (found["planned"].measured, found["planned"].why_not) == (None, "seen_less")
    assert found["urgent"].measured < found["urgent"].baseline
    assert found["urgent"].doubts == (Doubt(SeenOtherwise.LESS, ("secrets",)),)


def test_finding_gone_where_more_is_left_out_than_before_is_not_counted_as_mended(said):
    other = replace(LEAK, snippet="another key")

    found = through(said, LEAKS, judged("secrets", (other,), "one", gaps=UNREAD))

    assert (found["planned"].measured, found["planned"].why_not) == (None, "seen_less")


@pytest.mark.parametrize("then", [PARTLY, FAILED])
def test_finding_that_was_not_looked_for_before_is_said_to_be_perhaps_an_old_one(said, then):
    urgent = through(said, then, LEAKS)["urgent"]

    assert urgent.measured > urgent.baseline
    assert urgent.doubts == (Doubt(SeenOtherwise.MORE, ("secrets",)),)


def test_what_was_left_out_both_times_casts_no_doubt(said):
    found = through(said, PARTLY, PARTLY)

    assert found["urgent"].doubts == ()
    assert found["planned"].measured == found["planned"].baseline


@pytest.mark.parametrize(
    ("now", "fewer", "doubts"),
    [
        (FAILED, 0, ()),
        (PARTLY, 0, (Doubt(SeenOtherwise.IN_PART, ("secrets",)),)),
        (CLEAN, 1, ()),
    ],
)
def test_check_without_a_result_has_one_only_when_it_ran_whole(said, now, fewer, doubts):
    target = through(said, FAILED, now)["not_run"]

    assert (target.baseline - target.measured, target.doubts) == (fewer, doubts)


def test_severity_that_the_engineer_set_weighs_the_same_at_the_end(said):
    said(LEAKS)
    desk, window = started()
    (audit,) = kept_proposal(desk, desk.store.proposal(desk.sprints.sprint(window.id).proposal)).audits
    leak = next(each.id for each in kept_audit(desk, audit).findings if each.finding.check == "secrets")
    judgement = Judgement(leak, Severity.HIGH, Severity.LOW, "a key of the tests")
    desk.store.sign_off(audit, SignOff("Ada Engineer", desk.clock.now(), "", (judgement,)))
    closed(desk, window.id)

    urgent = measured(desk, window)["urgent"]
    assert urgent.measured == urgent.baseline


def test_repository_that_came_later_changes_no_target():
    desk, window = started()
    closed(desk, window.id)
    sprint, seen = desk.sprints.sprint(window.id), audited(desk, window.id, Moment.END)
    later = AuditedRepository("https://git.example.com/harbour/new.git", None, problem="it asks for a login")

    assert targets_of(desk, sprint, (*seen, later)) == targets_of(desk, sprint, seen)
