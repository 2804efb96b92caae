"""The two decisions of onboarding, asked on the terminal or answered beforehand by `--yes`."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import click

from clientdesk.documents.client_text import printable
from clientdesk.ports.people import Decision


class Pausable(Protocol):
    """A display that makes room for a question."""

    def paused(self) -> AbstractContextManager[None]: ...


class TerminalDecisions:
    """Asks whoever sits at the terminal, and keeps their name and words."""

    are_read = True

    def __init__(self, display: Pausable) -> None:
        self._display = display

    def sign_off(self, facts: Sequence[str], documents: Sequence[str]) -> Decision:
        return self._ask("The audit", facts, documents, "Engineer: is the audit right?")

    def approve(self, facts: Sequence[str], documents: Sequence[str]) -> Decision:
        return self._ask("The proposal", facts, documents, "Account lead: shall it go out?")

    def _ask(self, title: str, facts: Sequence[str], documents: Sequence[str], question: str) -> Decision:
        with self._display.paused():
            click.secho(f"\n{title}", bold=True, err=True)
            for line in (*facts, *documents):
                click.echo(f"  {printable(line)}", err=True)
            is_yes = click.confirm(question, default=False, err=True)
            words = click.prompt("Remarks (Enter for none)", default="", show_default=False, err=True)
        return Decision(is_yes, getpass.getuser(), words)


class AgreedBeforehand:
    """`--yes`: both decisions are a yes by the person who gave the command, and the records say so."""

    are_read = False

    def sign_off(self, facts: Sequence[str], documents: Sequence[str]) -> Decision:  # noqa: ARG002 - the port's signature
        return Decision(True, getpass.getuser(), "agreed beforehand with --yes")

    approve = sign_off
