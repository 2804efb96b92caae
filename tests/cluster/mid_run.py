"""Runs of a team's `clientdesk up` that are in the middle of their work, and what must have come of them in the end."""

from __future__ import annotations

import time

from cluster.books import books
from cluster.client import write_large
from cluster.runs import Run, intake, start
from cluster.waiting import until
from fakes.team import Team


def in_mid_audit(team: Team, company: str) -> Run:
    """An onboarding whose audit has begun, of code that no other has: what analysers found before is not looked for."""
    repository = company.split(maxsplit=1)[0].lower().replace("_", "-")
    write_large(team.folder / "repositories" / repository, first=1000 * len(list(team.folder.glob("repositories/*"))))
    address = f"{team.repository.rpartition('/')[0]}/{repository}"
    run = start(team, "onboarding", intake(company, f"nora@{repository}.example", [address]))
    audits = {"flow_runs": {"parent_flow_run_id": {"any_": [run.id]}, "state": {"type": {"any_": ["RUNNING"]}}}}

    def is_auditing() -> bool:
        return any(each["name"].startswith("light-audit/") for each in team.asked("POST", "/flow_runs/filter", audits))

    until(is_auditing, 120, "the audit to begin", every=0.1)
    time.sleep(2)
    return run


def has_one_audit(team: Team, company: str) -> bool:
    with books(team, company) as kept:
        return len(kept.audits) == len(kept.reports) == 1
