"""A machine loses its power in mid-audit, another while a person decides: nothing is lost, nothing comes twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cluster.books import books
from cluster.runs import Run, intake, start
from cluster.waiting import until

pytestmark = [pytest.mark.services, pytest.mark.timeout(1200)]

COMPANY, EMAIL = "Powercut GmbH", "nora@powercut.example"


@dataclass
class Story:
    """What was seen on the way."""

    run: Run
    machines: list[str] = field(default_factory=list)
    clones_after_the_loss: list[Path] = field(default_factory=list)
    clones_after_the_return: list[Path] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    parts: dict[str, list[str]] = field(default_factory=dict)
    audits_before_the_sign_off: int = 0


@pytest.fixture(scope="module")
def story(installation, client) -> Story:
    """One run: begun here, taken up there, waiting; resumed here again, since there the power is gone as well."""
    run = start(installation, "onboarding", intake(COMPANY, EMAIL, [client.repository("large")]))
    told = Story(run)
    first = _is_auditing(installation, run)
    told.machines.append(first)
    installation.workers[first].lose()
    told.clones_after_the_loss = _clones(installation, first)
    assert run.is_waiting(500) == "engineer-1-1"
    told.machines.append(run.machine)
    told.states, told.parts = run.states(), _parts(run)
    with books(installation, COMPANY) as kept:
        told.audits_before_the_sign_off = len(kept.audits)
    installation.start_worker(first)
    until(lambda: installation.are_online(first), 180, "the machine to come back")
    installation.workers[told.machines[1]].lose()
    run.answer(by="Mara")
    assert run.is_waiting() == "account-lead-1"
    told.machines.append(run.machine)
    told.clones_after_the_return = _clones(installation, first)
    run.answer(by="Jonas")
    assert run.is_waiting().startswith("client-")
    installation.start_worker(told.machines[1])
    until(lambda: installation.are_online(told.machines[1]), 180, "the other machine to come back")
    return told


def _is_auditing(installation, run: Run) -> str:
    """The machine on which its checks are running: the first of them have ended, the report is not kept yet."""

    def seen() -> str:
        inside = installation.asked(
            "POST", "/flow_runs/filter", {"flow_runs": {"parent_flow_run_id": {"any_": [run.id]}}}
        )
        audits = [each["id"] for each in inside if each["name"].startswith("light-audit/")]
        if not audits:
            return ""
        ended = {"flow_runs": {"id": {"any_": audits}}, "task_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}}
        checks = [each for each in installation.asked("POST", "/task_runs/filter", ended) if "check" in each["name"]]
        return run.machine if checks else ""

    return until(seen, 300, "checks that have ended", every=0.1)


def _clones(installation, machine: str) -> list[Path]:
    root = installation.workers[machine].home / "clientdesk/cache/clones"
    return [path for path in root.glob("clone-*") if path.is_dir()]


def _parts(run: Run) -> dict[str, list[str]]:
    """The states of the runs inside it, by name, in their order."""
    inside = {"flow_runs": {"parent_flow_run_id": {"any_": [run.id]}}, "sort": "START_TIME_ASC"}
    found: dict[str, list[str]] = {}
    for each in run.cluster.asked("POST", "/flow_runs/filter", inside):
        found.setdefault(each["name"].partition("/")[0], []).append(each["state"]["type"])
    return found


def test_run_of_a_lost_machine_is_taken_up_by_another(story):
    first, second, _ = story.machines

    assert first != second
    assert story.states.count("AwaitingRetry") == 1
    assert story.states[-1] == "Suspended"


def test_waiting_run_is_resumed_by_another_machine_than_it_waited_on(story):
    _, second, third = story.machines

    assert third != second


def test_lost_attempt_is_shown_as_crashed_beside_the_one_that_was_finished(story):
    assert story.parts["light-audit"] == ["CRASHED", "COMPLETED"]


def test_what_was_done_before_the_loss_is_not_done_again(story):
    assert story.parts["intro-call"] == ["COMPLETED"]


def test_client_has_one_audit_one_report_one_number_and_one_mail(story, installation, client):
    with books(installation, COMPANY) as kept:
        numbers = [each.number for each in kept.proposals]
        audits, reports = kept.audits, kept.reports

    assert story.audits_before_the_sign_off == len(audits) == len(reports) == 1
    assert len(numbers) == 1
    assert numbers[0]
    assert len(client.mails_to(EMAIL)) == 1


def test_clone_of_the_lost_machine_is_gone_once_it_works_again(story):
    assert story.clones_after_the_loss
    assert not set(story.clones_after_the_loss) & set(story.clones_after_the_return)
