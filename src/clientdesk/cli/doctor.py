"""`clientdesk doctor`: what is installed, reachable and configured, and how to mend what is not."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from clientdesk.domain.refusal import Refusal

if TYPE_CHECKING:
    from clientdesk.adapters.probes import Probe

_MARKS = {"good": ("✔", "green"), "limited": ("!", "yellow"), "broken": ("✘", "red")}


@click.command(short_help="What is missing on this machine, and how to mend it.")
def doctor() -> None:
    """Look at this machine and say what is missing and how to mend it.

    Ends with status 1 only for what prevents the main job.

    \b
    Example:
      clientdesk doctor
    """
    health = [_shown(probe) for probe in _diagnosis()]
    broken, limited = health.count("broken"), health.count("limited")
    click.echo(f"\n{broken} broken, {limited} to look at." if broken or limited else "\nAll is well.")
    sys.exit(1 if broken else 0)


def _shown(probe: Probe) -> str:
    mark, colour = _MARKS[probe.health.value]
    click.echo(f" {click.style(mark, fg=colour)} {probe.name:<12} {probe.detail.splitlines()[0]}")
    for line in probe.mend.splitlines():
        click.echo(f"   {'':<12} {click.style('→', fg=colour)} {line.strip()}")
    return probe.health.value


def _diagnosis() -> Iterator[Probe]:
    """One thing after the other; nothing is changed."""
    from clientdesk.adapters import probes
    from clientdesk.adapters.agency_file import read_agency
    from clientdesk.adapters.pdf import PdfPrinter
    from clientdesk.settings import Tls
    from clientdesk.wiring import TEMPLATES, advisories_of, credentials_of, the_settings

    yield probes.python()
    yield probes.git()
    yield probes.pdf(PdfPrinter(TEMPLATES))
    yield probes.npm()
    try:
        settings = the_settings()
    except Refusal as error:
        yield probes.broken("Settings", "the environment can't be used", str(error))
        return
    yield probes.folder("Data", settings.home)
    yield probes.database(settings.database_url)
    mail = settings.mail_server
    yield probes.smtp(mail.host, mail.port, is_implicit=mail.tls is Tls.IMPLICIT) if mail else probes.no_mail_server()
    yield probes.prefect_api(os.environ.get("PREFECT_API_URL", ""))
    yield probes.advisories(advisories_of(settings))
    try:
        agency = read_agency(settings.agency)
    except Refusal as error:
        yield probes.broken("agency.toml", f"{settings.agency} can't be used", str(error))
        return
    yield probes.good("agency.toml", str(settings.agency))
    yield probes.rates(agency)
    yield probes.partners(agency)
    credentials = credentials_of(agency)
    for reference in agency.credentials.values():
        yield probes.credential(credentials, reference)
