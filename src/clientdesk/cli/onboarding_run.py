"""One onboarding run in this process: shown live, told in a few lines at its end."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path

import click

from clientdesk.audit.changes import EarlierAudit
from clientdesk.audit.profile import Profile
from clientdesk.cli.engine import run_onboarding
from clientdesk.cli.local_server import local_server
from clientdesk.cli.progress import TerminalProgress
from clientdesk.cli.questions import AgreedBeforehand, TerminalDecisions
from clientdesk.documents.client_text import printable
from clientdesk.forms.intake import OnboardingForm
from clientdesk.steps.desk import Desk
from clientdesk.steps.onboarding import Onboarding
from clientdesk.steps.summary import places_of, summary_of
from clientdesk.wiring import make_desk, prepare_records, the_settings, using


def run_and_tell(
    form: OnboardingForm,
    judged_by: tuple[Profile | None, EarlierAudit | None],
    *,
    out: Path | None,
    timings: Path | None,
    is_agreed: bool,
) -> None:
    """Run the flow with questions and progress on this terminal; copy the results; print the summary."""
    progress = TerminalProgress()
    decisions = AgreedBeforehand() if is_agreed else TerminalDecisions(progress)
    settings = the_settings()
    with local_server(settings.home / "prefect") as server, progress.shown():
        with progress.step("Start"):
            prepare_records(settings)
            desk = make_desk(settings, progress=progress, decisions=decisions, folders_allowed=True)
            desk = replace(desk, profile=judged_by[0], baseline=judged_by[1])
        with using(desk):
            done = run_onboarding(form, server)
    _tell(desk, done, out)
    if timings:
        measured = {"began_at": progress.began_at, "steps": [asdict(step) for step in progress.ended]}
        timings.write_text(json.dumps(measured, indent=2), encoding="utf-8")


def _tell(desk: Desk, done: Onboarding, out: Path | None) -> None:
    click.echo()
    for title, text in summary_of(desk, done):
        click.echo(f"{click.style(f'{title:<13}', bold=True)} {printable(text)}")
    for title, place in places_of(desk, done):
        click.echo(f"{click.style(f'{title:<13}', bold=True)} {_copied(Path(place), out) if out else place}")


def _copied(place: Path, out: Path) -> Path:
    return Path(shutil.copy(place, out / place.name))
