"""`clientdesk audit`: one repository audited, nothing kept, no Prefect."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from clientdesk.cli.addresses import repository_of

_FORMATS = ("text", "json", "html", "pdf", "sarif")


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
@click.option("--format", "kind", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--only", default="", metavar="CHECK,…", help="Run these checks only.")
@click.option("--checks", is_flag=True, is_eager=True, expose_value=False, callback=_list_checks,
              help="List the checks and exit.")  # fmt: skip
def audit(repository: str, ref: str, kind: str, output: Path | None, only: str) -> None:
    """Audit REPOSITORY: an https:// or git@ address, or a folder of yours.

    Nothing of the code is executed, and nothing is kept but what you ask for.

    \b
    Examples:
      clientdesk audit .
      clientdesk audit https://example.com/shop.git --ref v2.1 --format pdf -o shop.pdf
      clientdesk audit ../shop --only security,dependencies --format json
    """
    if kind == "pdf" and output is None and sys.stdout.isatty():
        raise click.UsageError("a PDF would garble the terminal: add --output audit.pdf")
    if output is not None and not output.absolute().parent.is_dir():
        raise click.UsageError(f"{output.parent} is no folder: make it first, or choose another --output")
    content = _audited(repository, ref, kind, only)
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        _write(output, content)


def _audited(repository: str, ref: str, kind: str, only: str) -> bytes:
    # Loaded here, so that --help and mistakes answer at once.
    from clientdesk.cli.progress import TerminalProgress
    from clientdesk.steps import auditing, printing
    from clientdesk.wiring import make_desk, the_settings

    checks = auditing.check_ids([name.strip() for name in only.split(",") if name.strip()])
    with TerminalProgress().shown() as progress:
        desk = make_desk(the_settings(), progress=progress, folders_allowed=True)
        report = auditing.audit(desk, repository_of(repository, ref), checks)
        with progress.step(f"Write {kind}"):
            return printing.audit_as(desk, report, kind)


def _write(output: Path, content: bytes) -> None:
    from clientdesk.adapters.whole_file import write_whole

    try:
        write_whole(output.absolute(), content)
    except OSError as error:
        raise click.UsageError(f"{output} can't be written: {error.strerror}") from error
    click.echo(f"written: {output}", err=True)
