"""The `clientdesk` command: its sub-commands, and what a person reads when something is refused."""

from __future__ import annotations

import gc
import importlib
import logging
import os
import sys
from typing import NoReturn

import click

from clientdesk.domain.refusal import Refusal

WRONG_INPUT = 2
INTERRUPTED = 130

_COMMANDS = {
    "actuals": "clientdesk.cli.actuals:actuals",
    "advisories": "clientdesk.cli.advisories:advisories",
    "audit": "clientdesk.cli.audit:audit",
    "calendar": "clientdesk.cli.calendar:calendar",
    "doctor": "clientdesk.cli.doctor:doctor",
    "estimate": "clientdesk.cli.estimate:estimate",
    "onboard": "clientdesk.cli.onboard:onboard",
    "up": "clientdesk.cli.up:up",
    "watch": "clientdesk.cli.watch:watch",
    "outbox": "clientdesk.cli.outbox:outbox",
    "portfolio": "clientdesk.cli.portfolio:portfolio",
    "proposal": "clientdesk.cli.proposal:proposal",
    "secrets": "clientdesk.cli.secrets:secrets",
    "sprint": "clientdesk.cli.sprint:sprint",
    "window": "clientdesk.cli.window:window",
}


class Commands(click.Group):
    """Loads a sub-command only when it is run or described, so that `--help` and mistakes answer at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        command = getattr(importlib.import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{_COMMANDS[cmd_name]} is no command")
        return command


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="clientdesk")
def cli() -> None:
    """Run a support-and-maintenance agency: audit a client's code, propose, send, book.

    \b
    Example:
      clientdesk onboard ../their-code --company "Example Ltd" --contact "Ada" --email ada@example.com
    """


def main() -> NoReturn:
    """The command's entry point. Wrong input: status 2 and one line. No traceback reaches a user."""
    try:
        status = cli.main(standalone_mode=False)
    except click.ClickException as error:
        _say(error.format_message() + _where_to_look(error))
        status = WRONG_INPUT
    except Refusal as error:
        _say(str(error))
        status = WRONG_INPUT
    except (click.Abort, KeyboardInterrupt):
        _say("stopped; what was done is kept, and a second run goes on from there")
        status = INTERRUPTED
    except Exception as error:  # the last line of defence: a defect is named
        logging.getLogger("clientdesk").debug("defect", exc_info=True)
        _say(f"this is a defect in clientdesk ({type(error).__name__}: {error}); CLIENTDESK_DEBUG=1 shows where")
        if os.environ.get("CLIENTDESK_DEBUG"):
            raise
        status = 1
    gc.freeze()  # the process is about to give all back: looking through it for garbage took a tenth of an audit's time
    sys.exit(status if isinstance(status, int) else 0)


def _say(text: str) -> None:
    """One line, or one for each thing that is wrong."""
    for line in text.splitlines():
        click.echo(f"clientdesk: {line.rstrip()}", err=True)


def _where_to_look(error: click.ClickException) -> str:
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f" (see: {error.ctx.command_path} --help)"
    return ""
