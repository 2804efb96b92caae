"""The `clientdesk` command in this process, on a desk of fakes."""

from __future__ import annotations

from click.testing import CliRunner, Result

from clientdesk.cli.main import cli
from clientdesk.steps.desk import Desk
from clientdesk.wiring import using


def run(desk: Desk, *arguments: str) -> Result:
    """What it printed and how it ended; a refusal is the result's exception."""
    with using(desk):
        return CliRunner().invoke(cli, arguments)


def said(desk: Desk, *arguments: str) -> str:
    """What it printed, where it ended well."""
    result = run(desk, *arguments)
    if result.exception is not None:
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def refused(desk: Desk, *arguments: str) -> str:
    """The words of the refusal, however it came about."""
    result = run(desk, *arguments)
    assert result.exit_code != 0, result.output
    return result.output if isinstance(result.exception, SystemExit) else str(result.exception)
