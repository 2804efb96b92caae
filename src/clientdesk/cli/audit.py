"""`clientdesk audit`: one repository audited, nothing kept, no Prefect."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clientdesk.cli.addresses import repository_of
from clientdesk.cli.files import write
from clientdesk.cli.yardsticks import earlier_of, profile_of

if TYPE_CHECKING:
    from clientdesk.audit.changes import EarlierAudit
    from clientdesk.audit.profile import Profile
    from clientdesk.audit.report import AuditReport
    from clientdesk.domain.intake import RepositoryAddress

FOUND = 3
_FORMATS = ("text", "json", "html", "pdf", "sarif", "cyclonedx")
_SEVERITIES = ("critical", "high", "medium", "low", "info")
_FILE = click.Path(dir_okay=False, path_type=Path)


def _list_checks(context: click.Context, _parameter: click.Parameter, is_asked: bool) -> None:
    if not is_asked:
        return
    from clientdesk.audit.registry import CHECKS

    for check in CHECKS:
        click.echo(f"{check.id:<14} {check.looks_for}")
    context.exit()


@click.command(short_help="Audit one repository; nothing is kept.")
@click.argument("repository")
@click.option("--ref", default="", metavar="NAME", help="Branch, tag or commit. Default: the default branch.")
@click.option("--credential", default="", metavar="NAME", help="What opens a private one: its name in agency.toml.")
@click.option("--format", "kind", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("-o", "--output", type=_FILE, help="Write to this file.")
@click.option("--only", default="", metavar="CHECK,…", help="Run these checks only.")
@click.option("--baseline", type=_FILE, metavar="EARLIER.json",
              help="Say what is new, remains and is gone since this audit (what --format json wrote).")  # fmt: skip
@click.option("--profile", type=_FILE, metavar="FILE.toml",
              help="Set aside what this file accepts or ignores; the client's own is not obeyed.")  # fmt: skip
@click.option("--fail-on", type=click.Choice(_SEVERITIES), metavar="SEVERITY",
              help="End with status 3 if a finding of this severity or worse counts: "
              f"{', '.join(_SEVERITIES)}.")  # fmt: skip
@click.option("--checks", is_flag=True, is_eager=True, expose_value=False, callback=_list_checks,
              help="List the checks and exit.")  # fmt: skip
def audit(
    repository: str,
    ref: str,
    credential: str,
    kind: str,
    output: Path | None,
    only: str,
    baseline: Path | None,
    profile: Path | None,
    fail_on: str | None,
) -> int:
    """Audit REPOSITORY: an https:// or git@ address, or a folder of yours.

    Nothing of the code is executed, and nothing is kept but what you ask for. The format cyclonedx is no audit, but the
    bill of materials: every package that is depended on.

    \b
    A profile sets findings aside; they are shown as such, and scored apart:
      [[ignore]]
      paths = ["legacy/**"]
      reason = "switched off in June"
      [[accept]]
      fingerprint = "0123456789abcdef"
      reason = "runs on the build machine only"
      by = "Ada"
      until = 2026-12-31

    \b
    Examples:
      clientdesk audit .
      clientdesk audit https://example.com/shop.git --ref v2.1 --format pdf -o shop.pdf
      clientdesk audit ../shop --only security,dependencies --format json
      clientdesk audit ../shop --format cyclonedx -o shop.cdx.json
      clientdesk audit ../shop --baseline march.json --profile shop.toml --fail-on high
    """
    if kind == "pdf" and output is None and sys.stdout.isatty():
        raise click.UsageError("a PDF would garble the terminal: add --output audit.pdf")
    if output is not None and not output.absolute().parent.is_dir():
        raise click.UsageError(f"{output.parent} is no folder: make it first, or choose another --output")
    meant = repository_of(repository, ref, credential)
    if kind == "cyclonedx":
        if only or baseline or profile or fail_on:
            raise click.UsageError(
                "--format cyclonedx runs no check: leave out --only, --baseline, --profile, --fail-on"
            )
        _deliver(_packages(meant), output)
        return 0
    report, content = _audited(meant, kind, only, profile_of(profile), earlier_of(baseline))
    _deliver(content, output)
    return _status(report, fail_on) if fail_on else 0


def _deliver(content: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        _write(output, content)


def _packages(repository: RepositoryAddress) -> bytes:
    from clientdesk.cli.progress import TerminalProgress
    from clientdesk.steps.packages import listed_packages
    from clientdesk.wiring import make_desk, the_settings

    with TerminalProgress().shown() as progress:
        return listed_packages(make_desk(the_settings(), progress=progress, folders_allowed=True), repository)


def _status(report: AuditReport, fail_on: str) -> int:
    """What was not examined is said: a check that could not run must not pass for one that found nothing."""
    from clientdesk.audit.report import at_least
    from clientdesk.audit.result import Outcome, Severity

    failed = [result.check for result in report.results if result.outcome is Outcome.COULD_NOT_RUN]
    if failed:
        click.echo(
            f"clientdesk: --fail-on does not know about {', '.join(failed)}: could not run, or in part only", err=True
        )
    count = len(at_least(report, Severity(fail_on)))
    if count:
        click.echo(f"clientdesk: {count} of severity {fail_on} or worse: status {FOUND}", err=True)
    return FOUND if count else 0


# An audit keeps most of what it makes: walking it again and again for garbage took a sixth of its time.
_RARELY = (200_000, 20, 100)


def _audited(
    repository: RepositoryAddress, kind: str, only: str, profile: Profile | None, earlier: EarlierAudit | None
) -> tuple[AuditReport, bytes]:
    gc.set_threshold(*_RARELY)
    # Loaded here, so that --help and mistakes answer at once.
    from clientdesk.cli.progress import TerminalProgress
    from clientdesk.steps import auditing, printing
    from clientdesk.wiring import make_desk, the_settings

    checks = auditing.check_ids([name.strip() for name in only.split(",") if name.strip()])
    with TerminalProgress().shown() as progress:
        desk = make_desk(the_settings(), progress=progress, folders_allowed=True)
        report = auditing.judged_by(desk, auditing.audit(desk, repository, checks), profile, earlier)
        with progress.step(f"Write {kind}"):
            return report, printing.audit_as(desk, report, kind)


def _write(output: Path, content: bytes) -> None:
    write(output, content)
    click.echo(f"written: {output}", err=True)
